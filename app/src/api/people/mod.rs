mod invitation;
mod member;
mod role;

pub use invitation::*;
pub use member::*;
pub use role::*;
