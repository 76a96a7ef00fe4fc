mod api_key;
mod data_export;
mod email_change;
mod own_session;
mod passkey;
mod password;
mod phone;
mod profile;
mod proof;
mod region;
mod second_factor;
mod session;
mod user_deletion;

pub use api_key::*;
pub use data_export::*;
pub use email_change::*;
pub use own_session::*;
pub use passkey::*;
pub use password::*;
pub use phone::*;
pub use profile::*;
pub use proof::*;
pub use region::*;
pub use second_factor::*;
#[cfg(feature = "ssr")]
pub(crate) use session::edge;
pub use session::*;
pub use user_deletion::*;
