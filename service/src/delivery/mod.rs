//! What goes out: the outbox and the letters.

pub(crate) mod mail;
pub mod outbox;
