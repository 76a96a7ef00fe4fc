mod outbox;
mod sms;
mod sms_guard;
