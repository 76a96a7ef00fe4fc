//! Who works where, and as what.

mod invitation;
mod member;
mod recipients;
mod role;

pub use invitation::*;
pub use member::*;
pub use recipients::*;
pub use role::*;
