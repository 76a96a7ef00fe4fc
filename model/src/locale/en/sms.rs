use super::English;
use crate::SmsText;
use std::borrow::Cow;

impl English for SmsText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Code { code, host } => {
                format!("{code} is your Tenantry code. Never share it.\n\n@{host} #{code}").into()
            }
        }
    }
}
