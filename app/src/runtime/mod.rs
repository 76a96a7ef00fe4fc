//! What stands in the place of the framework's own primitives, and why: see README.md beside this file.

#[cfg(feature = "hydrate")]
pub mod browser;
mod fetched;
mod form;
mod here;
pub mod live;
mod page_user;
#[cfg(feature = "ssr")]
mod prefetch;
mod protocol;
mod read;
pub mod remote;
#[cfg(feature = "ssr")]
mod render_cache;
mod toasts;

pub use fetched::{Fetched, Progress};
pub use form::*;
pub use here::Here;
pub use live::Live;
pub use page_user::*;
#[cfg(feature = "ssr")]
pub use prefetch::*;
pub use protocol::Form;
#[cfg(feature = "ssr")]
pub use protocol::decode;
pub use read::{Needs, Read};
#[cfg(feature = "ssr")]
pub use render_cache::*;
pub use toasts::*;

use leptos::server_fn::ServerFn;
use model::Problem;
use serde::Serialize;

/// What a server function answers.
pub type Answer<T> = Result<T, Problem>;

/// Who asks: the context that the HTTP edge made for this request.
#[cfg(feature = "ssr")]
pub(crate) fn context() -> Answer<service::Context> {
    use leptos::prelude::use_context;
    let parts = use_context::<http::request::Parts>();
    parts.and_then(|parts| parts.extensions.get::<service::Context>().cloned()).ok_or(Problem::SignedOut)
}

/// A call in words, the same on the server and in the browser: the address of its function and the arguments.
#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub(crate) fn name_of<C: ServerFn + Serialize>(call: &C) -> Answer<String> {
    let arguments = serde_qs::to_string(call).map_err(|_| Problem::Malformed)?;
    Ok(format!("{}?{arguments}", C::PATH))
}
