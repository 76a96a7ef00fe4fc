//! The WASM entry: takes over the pages that the server has rendered.

fn main() {
    app::start();
}
