//! Who acts: users and how they sign in, sessions, second factors, e-mail addresses, API keys.

pub mod api_key;
pub mod device;
pub mod email_change;
pub(crate) mod email_claim;
pub(crate) mod password;
pub(crate) mod password_attempt;
pub(crate) mod password_queue;
pub mod second_factor;
pub mod session;
pub(crate) mod sign_in_limit;
pub mod sign_up;
pub mod user;
pub(crate) mod verified_email;
