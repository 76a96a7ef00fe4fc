//! What the permissions protect.

mod campaign;
mod contact;
mod events;
mod segment;

pub use campaign::*;
pub use contact::*;
pub use events::*;
pub use segment::*;
