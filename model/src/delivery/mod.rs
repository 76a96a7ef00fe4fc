//! What is reported, and what goes out.

mod events;
mod letter;
mod platform_event;
mod sms;

pub use events::*;
pub use letter::*;
pub use platform_event::*;
pub use sms::*;
pub use texts::*;

/// What the pages of this area say.
mod texts {
    mod platform_events;

    pub use platform_events::*;
}
