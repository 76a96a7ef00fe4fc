use crate::{ConfirmSignUpText, SignUpText, locale::en::English};
use std::borrow::Cow;

impl English for SignUpText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Create your organisation",
            Self::Purpose => "You'll be its owner. You can invite others in the next step.",
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Organisation => "Organisation",
            Self::Email => "Work e-mail",
            Self::Create => "Create organisation",
            Self::AlreadyMember => "Already a member? {0}",
            Self::SentTitle => "Check your e-mail",
            Self::Sent => {
                "A message is on its way to the address you gave. It arrives within minutes, or later if several were \
                 requested within the hour. Open its link in this browser to finish signing up. The link works for a \
                 day."
            }
            Self::NoMessage => "No message? Check your spam folder, or {0}.",
            Self::SignUpAgain => "sign up again",
        }
        .into()
    }
}

impl English for ConfirmSignUpText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Finish signing up",
            Self::Purpose => "This creates {0}. You'll sign in as {1}. The link expires {2}.",
            Self::Password => "The password you chose when you signed up",
            Self::Confirm => "Confirm and continue",
            Self::NotAsked => "Didn't sign up? Close this page and nothing will be created.",
            Self::Existing => "Already have a login?",
            Self::ExistingHint => {
                "There's already a login with {0}, but the address was never confirmed. If it's yours, you can keep it \
                 and its password. Otherwise, continue below and that login will lose this address."
            }
            Self::ExistingPassword => "Password of that login",
            Self::KeepLogin => "Keep my login",
            Self::Known => "You already have a login",
            Self::KnownHint => "This address is already confirmed. Sign in with it.",
            Self::LinkFailedHint => "It has been used or has expired. Sign in, or sign up again.",
            Self::SignUp => "Sign up",
        }
        .into()
    }
}
