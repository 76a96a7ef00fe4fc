use crate::{REMEMBERED_DAYS, SignInCodeText, SignInText, locale::en::English};
use std::borrow::Cow;

impl English for SignInText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Sign in",
            Self::Email => "E-mail",
            Self::Password => "Password",
            Self::NewHere => "New here? {0}",
            Self::CreateOrganisation => "Create an organisation",
            Self::ForgotPassword => "Forgot your password?",
            Self::PasswordReset => "Your password was changed. Sign in with the new one.",
            Self::SignedOut => "You've been signed out. Sign in to continue where you left off.",
        }
        .into()
    }
}

impl English for SignInCodeText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Enter your code",
            Self::Hint => {
                "Use the code from your authenticator app or one of your recovery codes. Each recovery code works once."
            }
            Self::AppHint => "Use the code from your authenticator app.",
            Self::SmsHint => "Use the code from a text message to your phone.",
            Self::AppOrSmsHint => "Use the code from your authenticator app, or from a text message to your phone.",
            Self::PasskeyHint => {
                "Use one of your passkeys. If you can't, enter one of your recovery codes: each works once."
            }
            Self::Code => "Code",
            Self::UseRecoveryCode => "Use a recovery code",
            Self::RecoveryHint => "Each recovery code works once.",
            Self::RecoveryCode => "Recovery code",
            Self::Remember => {
                return format!("Don't ask again in this browser for {REMEMBERED_DAYS} days").into();
            }
            Self::StartOver => "Start over",
        }
        .into()
    }
}
