//! A new bundle has new names: the binary that carries it is built anew.

fn main() {
    println!("cargo::rerun-if-changed=../dist");
}
