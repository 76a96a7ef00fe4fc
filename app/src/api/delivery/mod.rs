mod platform_event;

pub use platform_event::*;
