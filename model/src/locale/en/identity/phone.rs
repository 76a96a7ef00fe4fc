use crate::{PhoneText, SMS_CODE_MINUTES, SMS_RESEND_SECONDS, SmsCodeText, locale::en::English};
use std::borrow::Cow;

impl English for PhoneText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "My mobile number",
            Self::Purpose => "For codes that confirm it's you. Your organisations don't see it.",
            Self::Verified => "{0}, verified {1}.",
            Self::Country => "Country",
            Self::NoCountry => "Choose a country",
            Self::Number => "Mobile number",
            Self::NumberHint => "As you'd dial it, or with + and the country code.",
            Self::Password => "Your password",
            Self::Add => "Add number",
            Self::Change => "Change number",
            Self::Sent => "We're sending a code to {0}. It expires {1}.",
            Self::SmsCode => "Code from the text message",
            Self::Verify => "Verify number",
            Self::Changed => "Mobile number verified.",
            Self::SendAgain => "Send a new code",
            Self::SentAgain => "A new code is on its way. Earlier ones no longer work.",
            Self::Remove => "Remove number",
            Self::RemoveHint => "You'll no longer get codes by text message.",
            Self::Gone => "Mobile number removed.",
            Self::SecondStep => "Use text messages for two-factor authentication",
            Self::SecondStepHint => {
                "Sign in with a code from a text message as well as your password. An authenticator app is safer, \
                 because a mobile number can be stolen."
            }
            Self::TurnOn => "Use text messages",
            Self::TurnedOn => "Codes by text message are on.",
            Self::TurnOff => "Stop using text messages",
            Self::TurnOffHint => "Codes from text messages will no longer sign you in. Your number stays.",
            Self::NoGateway => "Text messages aren't set up here, so you can't add a number.",
            Self::GatewayDown => "Text messages can't be sent at the moment. Try again later.",
            Self::TurnedOff => "Codes by text message are off.",
        }
        .into()
    }
}

impl English for SmsCodeText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Send { to } => format!("Send a code to {to}").into(),
            Self::Sent { to } => format!(
                "A code is on its way to {to}. It works for {SMS_CODE_MINUTES} minutes. You can ask for another one \
                 after {SMS_RESEND_SECONDS} seconds."
            )
            .into(),
            Self::Down => "Text messages can't be sent at the moment. Sign in another way.".into(),
        }
    }
}
