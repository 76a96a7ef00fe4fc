//! Server functions: each decodes, makes one call of `service`, and encodes. No branch, no query,
//! no rule.

/// What a call of a page asks of its reader. A page does not make one that would be refused: it says so instead, and
/// the log accuses nobody who only looked.
macro_rules! reads {
    ($($call:ident: $needs:ident $(($($permission:ident),+))?;)+) => {$(
        impl crate::runtime::Read for $call {
            const NEEDS: crate::runtime::Needs =
                crate::runtime::Needs::$needs $((&[$(model::Permission::$permission),+]))?;
        }
    )+};
}

mod audit;
mod delivery;
mod identity;
mod messaging;
mod organisation;
mod people;

pub use audit::*;
pub use delivery::*;
pub use identity::*;
pub use messaging::*;
pub use organisation::*;
pub use people::*;

#[cfg(feature = "ssr")]
use crate::runtime::{Answer, context};

/// The mark of an answer that is told where it was asked for: a form that was posted without the page's code
/// comes back with it, where others lead on.
#[cfg(feature = "ssr")]
pub const ANSWER_ON_PAGE: http::HeaderName = http::HeaderName::from_static("x-answer-on-page");

#[cfg(feature = "ssr")]
fn answer_on_page() {
    if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
        response.insert_header(ANSWER_ON_PAGE, http::HeaderValue::from_static("yes"));
    }
}

/// Calls an operation with the context of this request.
#[cfg(feature = "ssr")]
pub(crate) async fn call<T>(operation: impl AsyncFnOnce(&service::Context) -> service::Result<T>) -> Answer<T> {
    let ctx = context()?;
    operation(&ctx).await.map_err(|error| error.into_problem(ctx.request().id))
}
