//! Who did what, and who could.

mod access_log;
mod event;
mod events;
mod explorer;

pub use access_log::*;
pub use event::*;
pub use events::*;
pub use explorer::*;
