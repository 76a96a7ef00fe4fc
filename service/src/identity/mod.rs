//! Who acts: users and how they sign in, sessions, passwords, second factors, passkeys, e-mail addresses, mobile numbers,
//! API keys, and what is somebody's own to take along or to erase.

pub mod api_key;
pub mod data_export;
pub mod device;
pub mod email_change;
pub(crate) mod email_claim;
pub mod email_undo;
pub(crate) mod former_email;
pub mod passkey;
pub(crate) mod passkey_ceremony;
pub(crate) mod password;
pub(crate) mod password_attempt;
pub mod password_change;
pub(crate) mod password_choice;
pub(crate) mod password_queue;
pub mod password_reset;
pub mod phone;
pub mod profile;
pub mod proof;
pub mod region;
pub mod second_factor;
pub mod session;
pub(crate) mod sign_in_limit;
pub mod sign_up;
pub(crate) mod sms_code;
pub mod user;
pub(crate) mod user_agent;
pub(crate) mod user_browser;
pub mod user_deletion;
pub(crate) mod verified_email;
