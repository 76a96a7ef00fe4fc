use crate::{EmailChangeText, EmailUndoText, locale::en::English};
use std::borrow::Cow;

impl English for EmailChangeText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "My e-mail address",
            Self::SignedInAs => "You sign in as {0}.",
            Self::ConfirmOwn => "Confirm your e-mail address",
            Self::Unconfirmed => {
                "Open the link in the message we sent to {0}. Until then you can't accept invitations or take over \
                 ownership of an organisation."
            }
            Self::SendAgain => "Send again",
            Self::SentAgain => "A new message is on its way. Earlier links no longer work.",
            Self::Sent => {
                "A message is on its way to {0}. Open its link to sign in with that address. The link expires {1}."
            }
            Self::NewEmail => "New e-mail address",
            Self::Password => "Your password",
            Self::Change => "Change e-mail",
            Self::ConfirmNew => "Confirm your new e-mail address",
            Self::WillSignInAs => "You'll sign in as {0}, with the same password.",
            Self::LoginPassword => "The password you sign in with",
            Self::Confirm => "Confirm",
            Self::NotAsked => "Didn't ask for this? Close this page and nothing will change.",
            Self::LinkFailedHint => "It has been used or replaced, or has expired. Request a new one.",
        }
        .into()
    }
}

impl English for EmailUndoText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Undo the change of your e-mail address",
            Self::Purpose => {
                "You'll sign in as {0} again. All browsers will be signed out, and you'll choose a new password next. \
                 The link expires {1}."
            }
            Self::Undo => "Undo the change",
            Self::NotAsked => "Made the change yourself? Close this page and nothing will happen.",
            Self::LinkFailedHint => {
                "It has been used or has expired. A change of address can be undone for 7 days. If you can't sign in, \
                 tell an admin of your organisation."
            }
        }
        .into()
    }
}
