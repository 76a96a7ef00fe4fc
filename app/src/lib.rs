//! The pages: shell, router, components and server functions.

pub mod api;
pub mod components;
mod console;
mod pages;
mod parts;
mod router;
pub mod runtime;
#[cfg(feature = "ssr")]
mod shell;

/// What a malformed address leads to: nothing has this id.
pub const NO_ACCOUNT: model::AccountId = model::AccountId(uuid::Uuid::nil());
const NO_MEMBER: model::MemberId = model::MemberId(uuid::Uuid::nil());
const NO_CONTACT: model::ContactId = model::ContactId(uuid::Uuid::nil());
const NO_CAMPAIGN: model::CampaignId = model::CampaignId(uuid::Uuid::nil());
const NO_KEY: model::ApiKeyId = model::ApiKeyId(uuid::Uuid::nil());
const NO_ROLE: model::RoleId = model::RoleId(uuid::Uuid::nil());

pub use router::App;
#[cfg(feature = "ssr")]
pub use runtime::{Prefetch, RenderCache};
#[cfg(feature = "ssr")]
pub use shell::{Assets, Bundle, PartFile, shell};

/// Among a request's extensions: letters do not go out, but stand on a page of this machine.
#[cfg(feature = "ssr")]
#[derive(Clone, Copy, Debug)]
pub struct LocalOutbox;

/// What the browser's session holds.
pub mod session_key {
    /// Who is signed in.
    pub const USER: &str = "user";
    /// The version of what they signed in with.
    pub const CREDENTIALS_VERSION: &str = "credentials_version";
    /// Who has shown the password, and has to show a code as well, within some minutes.
    pub const PENDING_SECOND_FACTOR: &str = "login_but_code";
    /// The sign-up that this browser asked for last: its link asks for no password here.
    pub const SIGN_UP: &str = "sign_up";
    /// From where, and with what.
    pub const IP: &str = "ip";
    pub const USER_AGENT: &str = "user_agent";
}

/// The cookie by which a browser is recognised when one of its people signs in again. With `__Host-` it is sent only to
/// this very host, over https alone, and set by nobody else.
#[cfg(feature = "ssr")]
pub fn device_cookie(public_url: &str) -> &'static str {
    if public_url.starts_with("https://") { "__Host-tenantry_device" } else { "tenantry_device" }
}

/// Takes over the page that the server has rendered, once the part of the program that it needs is here.
/// Without that the page stays what it is: plain HTML that works.
#[cfg(feature = "hydrate")]
pub fn start() {
    wasm_bindgen_futures::spawn_local(async {
        runtime::browser::take_address();
        if parts::load(&runtime::browser::path()).await {
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
