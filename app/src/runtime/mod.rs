//! What stands in the place of the framework's own primitives, and why: see README.md beside this file.

#[cfg(feature = "hydrate")]
pub mod browser;
mod fetched;
mod form;
mod here;
mod lazy_hydration;
pub mod live;
mod locale;
mod page_user;
#[cfg(feature = "ssr")]
mod prefetch;
mod proof;
mod protocol;
mod query;
mod read;
pub mod remote;
#[cfg(feature = "ssr")]
mod render_cache;
mod route_param;
mod sign_in;
mod toasts;

pub use fetched::{Fetched, Progress};
pub use form::*;
pub use here::Here;
pub use lazy_hydration::*;
pub use live::Live;
pub use locale::*;
pub use page_user::*;
#[cfg(feature = "ssr")]
pub use prefetch::*;
pub use proof::ProofRequest;
pub use protocol::Form;
#[cfg(feature = "ssr")]
pub use protocol::decode;
pub use query::query_with;
pub use read::{Needs, Read};
#[cfg(feature = "ssr")]
pub use render_cache::*;
pub use route_param::*;
#[cfg(feature = "hydrate")]
pub use sign_in::ended_session_path;
pub use sign_in::{has_ended_session, sign_in_path, sign_in_target};
pub use toasts::*;

use leptos::server_fn::ServerFn;
use model::Problem;
use serde::Serialize;
use std::sync::Arc;

/// Leaves what is open, once nothing keeps the reader there.
pub type Leave = Arc<dyn Fn() + Send + Sync>;

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
