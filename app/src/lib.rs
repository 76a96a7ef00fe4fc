//! The pages: shell, router, components and server functions.

pub mod api;
mod components;
mod console;
mod pages;
mod parts;
#[cfg(feature = "ssr")]
mod request;
mod router;
pub mod runtime;
#[cfg(feature = "ssr")]
mod shell;

#[cfg(feature = "ssr")]
pub use request::{LocalOutbox, cookie, device_cookie, session_key};
pub use router::App;
#[cfg(feature = "ssr")]
pub use runtime::{Prefetch, RenderCache};
#[cfg(feature = "ssr")]
pub use shell::{Assets, Bundle, PartFile, shell};

/// Takes over the page that the server has rendered, once the part of the program that it needs is here.
/// Without that the page stays what it is: plain HTML that works.
#[cfg(feature = "hydrate")]
pub fn start() {
    wasm_bindgen_futures::spawn_local(async {
        runtime::browser::take_address();
        if router::pages_by_part::load(&runtime::browser::path()).await {
            let body = leptos::prelude::document().body();
            if let Some(body) = body {
                let page = leptos::mount::hydrate_from(body, App);
                runtime::live::signed_in::keep_unmount(move || drop(page), components::another_user);
            }
            runtime::browser::mark_hydrated();
            runtime::live::tabs::start();
        }
    });
}
