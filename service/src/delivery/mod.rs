//! What a platform reports, and what goes out: the outbox, the letters and the text messages.

pub(crate) mod http_client;
pub(crate) mod mail;
pub mod outbox;
pub mod platform_event;
pub mod sms;
pub mod sms_guard;
