mod letter;
mod sms;

pub use letter::*;
pub use sms::*;
