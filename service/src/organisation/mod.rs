//! Organisations and their accounts: details, policy, ownership, deletion, billing.

pub mod account;
pub mod billing;
pub(crate) mod contents;
pub mod deletion;
mod details;
pub mod overview;
pub mod ownership;
pub mod policy;
pub(crate) mod succession;

pub use details::*;
