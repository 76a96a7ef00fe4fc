pub mod access;
pub mod access_log;
pub mod accounts;
pub mod contacts;
mod home;
pub mod invitations;
pub mod members;
mod not_found;
pub mod organisation;
pub mod overview;
mod ownership;
mod plain;
pub mod roles;
pub mod sign_in;
pub mod sign_up;

pub use home::Home;
pub use not_found::NotFound;
pub use plain::{Plain, Stopped, Welcome};
