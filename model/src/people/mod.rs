//! Who works where, and as what.

mod events;
mod invitation;
mod member;
mod recipients;
mod role;

pub use events::*;
pub use invitation::*;
pub use member::*;
pub use recipients::*;
pub use role::*;
