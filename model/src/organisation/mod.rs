//! Organisations and their accounts.

mod account;
mod address;
mod billing;
mod country;
mod deletion;
mod details;
mod events;
mod overview;
mod ownership;
mod policy;
mod vat;

pub use account::*;
pub use address::*;
pub use billing::*;
pub use country::*;
pub use deletion::*;
pub use details::*;
pub use events::*;
pub use overview::*;
pub use ownership::*;
pub use policy::*;
pub use texts::*;

/// What the pages of this area say.
mod texts {
    mod accounts;
    mod billing;
    mod deletion;
    mod details;
    mod overview;
    mod ownership;
    mod policy;

    pub use accounts::*;
    pub use billing::*;
    pub use deletion::*;
    pub use details::*;
    pub use overview::*;
    pub use ownership::*;
    pub use policy::*;
}
