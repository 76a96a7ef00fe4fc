//! Who acts.

mod api_key;
mod data_export;
mod dialling_code;
mod email_change;
mod events;
mod passkey;
mod password;
mod phone;
mod profile;
mod region;
mod second_factor;
mod sensitive_action;
mod session;
mod user;
mod user_deletion;

pub use api_key::*;
pub use data_export::*;
pub use dialling_code::*;
pub use email_change::*;
pub use events::*;
pub use passkey::*;
pub use password::*;
pub use phone::*;
pub use profile::*;
pub use region::*;
pub use second_factor::*;
pub use sensitive_action::*;
pub use session::*;
pub use texts::*;
pub use user::*;
pub use user_deletion::*;

/// What the pages of this area say.
mod texts {
    mod api_keys;
    mod data_export;
    mod email_change;
    mod passkeys;
    mod password;
    mod phone;
    mod profile;
    mod proof;
    mod region;
    mod second_factor;
    mod sessions;
    mod settings;
    mod sign_in;
    mod sign_up;
    mod user_deletion;

    pub use api_keys::*;
    pub use data_export::*;
    pub use email_change::*;
    pub use passkeys::*;
    pub use password::*;
    pub use phone::*;
    pub use profile::*;
    pub use proof::*;
    pub use region::*;
    pub use second_factor::*;
    pub use sessions::*;
    pub use settings::*;
    pub use sign_in::*;
    pub use sign_up::*;
    pub use user_deletion::*;
}
