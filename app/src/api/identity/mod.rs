mod api_key;
mod email_change;
mod second_factor;
mod session;

pub use api_key::*;
pub use email_change::*;
pub use second_factor::*;
#[cfg(feature = "ssr")]
pub(crate) use session::edge;
pub use session::*;
