//! Who acts.

mod api_key;
mod email_change;
mod events;
mod password;
mod second_factor;
mod user;

pub use api_key::*;
pub use email_change::*;
pub use events::*;
pub use password::*;
pub use second_factor::*;
pub use user::*;
