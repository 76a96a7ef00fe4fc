use crate::{OwnPasswordText, PasswordResetText, locale::en::English};
use std::borrow::Cow;

impl English for OwnPasswordText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Password",
            Self::Purpose => "Changing it signs you out everywhere else.",
            Self::Current => "Current password",
            Self::Change => "Change password",
            Self::Changed => "Password changed. You've been signed out everywhere else.",
            Self::Forgotten => "Forgot your current password? {0}.",
            Self::ResetIt => "Reset it by e-mail",
        }
        .into()
    }
}

impl English for PasswordResetText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Forgot your password?",
            Self::Purpose => "Enter the e-mail address you sign in with. We'll send you a link to choose a new password.",
            Self::Email => "E-mail",
            Self::Send => "Send link",
            Self::Remembered => "Remembered it? {0}",
            Self::SentTitle => "Check your e-mail",
            Self::Sent => {
                "If there's a login with this address, a message with a link is on its way. It usually arrives within \
                 minutes but can take a while. The link works for 30 minutes after it's sent."
            }
            Self::NoMessage => {
                "No message? Check your spam folder and the spelling of the address, then {0}. Messages go to confirmed \
                 addresses only. If you never confirmed yours, {1} with it, or accept an invitation sent to it."
            }
            Self::AskAgain => "try again",
            Self::SignUp => "sign up again",
            Self::ChooseTitle => "Choose a new password",
            Self::Choose => "For the login {0}. All browsers will be signed out. The link expires {1}.",
            Self::Restored => {
                "You now sign in as {0} again. All browsers have been signed out and the old password no longer works, so \
                 choose a new one now. Then check your two-factor settings."
            }
            Self::Save => "Save password",
            Self::NotAsked => "Didn't ask for this? Close this page and your password will stay as it is.",
            Self::LinkFailedHint => "It has been used or has expired. Links work for 30 minutes. Request a new one.",
        }
        .into()
    }
}
