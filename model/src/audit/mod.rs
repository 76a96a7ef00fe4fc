//! Who did what, and who could.

mod access_log;
mod event;
mod events;
mod explorer;
mod job;

pub use access_log::*;
pub use event::*;
pub use events::*;
pub use explorer::*;
pub use job::*;
pub use texts::*;

/// What the pages of this area say.
mod texts {
    mod access_log;
    mod explorer;

    pub use access_log::*;
    pub use explorer::*;
}
