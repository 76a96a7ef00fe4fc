//! What the permissions protect.

mod campaign;
mod contact;
mod segment;

pub use campaign::*;
pub use contact::*;
pub use segment::*;
