mod account;
mod billing;
mod details;
mod overview;
mod ownership;
mod policy;

pub use account::*;
pub use billing::*;
pub use details::*;
pub use overview::*;
pub use ownership::*;
pub use policy::*;
