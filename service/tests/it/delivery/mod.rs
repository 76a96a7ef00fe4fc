mod outbox;
mod platform_event;
mod sms;
mod sms_guard;
