//! What the permissions protect: contacts and campaigns.

pub mod campaign;
pub mod contact;
