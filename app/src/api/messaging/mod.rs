mod campaign;
mod contact;

pub use campaign::*;
pub use contact::*;
