pub mod accounts;
pub mod billing;
pub mod create;
pub(super) mod deletion;
pub mod details;
pub mod overview;
pub(super) mod ownership;
pub mod policy;
