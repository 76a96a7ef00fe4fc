pub mod platform_events;
