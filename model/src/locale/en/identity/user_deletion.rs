use crate::{
    UserContents, UserDeletionText,
    locale::en::{English, count},
};
use std::borrow::Cow;

impl English for UserDeletionText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title | Self::Delete => "Delete account",
            Self::Hint => "Erases your details for good. This can't be undone.",
            Self::Question => "Delete your account?",
            Self::Erased(contents) => return erased(*contents).into(),
            Self::Stays => {
                "The data access logs keep a record of what you did, as “Former member”: an id, the IP address, what \
                 was done and when. Contacts, campaigns and roles belong to the organisations and stay with them."
            }
            Self::Irreversible => "This happens immediately, and nobody can undo it.",
            Self::TypeToConfirm => "Type {0} to confirm.",
            Self::Email => "Your e-mail address",
            Self::Password => "Your password",
            Self::OwnerFirst => {
                "You own these organisations. Before you can delete your account, transfer ownership or delete the \
                 organisation:"
            }
            Self::OwnedOrganisation => "{0}",
            Self::OwnedUntil { ends } => {
                return format!(
                    "{{0}} is being deleted. You can delete your account after {}, or restore the organisation and \
                     transfer it.",
                    ends.exact
                )
                .into();
            }
            Self::DeletedTitle => "Your account has been deleted",
            Self::DeletedHint => "Your details are erased, and you're signed out everywhere.",
            Self::NewAccount => "Sign up again",
        }
        .into()
    }
}

/// "This erases …, and ends your membership of 2 organisations. Your API key stops working. …"
fn erased(UserContents { organisations, api_keys, invitations }: UserContents) -> String {
    let mut text =
        "This erases your name, e-mail address, mobile number, password, passkeys, two-factor authentication and \
                    sessions"
            .to_owned();
    if organisations > 0 {
        text += ", and ends your membership of ";
        text += &count(organisations, "organisation", "organisations");
    }
    text += ".";
    match api_keys {
        0 => {}
        1 => text += " The API key you created stops working and is deleted.",
        several => {
            text += " The ";
            text += &count(several, "API key", "API keys");
            text += " you created stop working and are deleted.";
        }
    }
    match invitations {
        0 => {}
        1 => text += " The pending invitation you sent stops working.",
        several => {
            text += " The ";
            text += &count(several, "pending invitation", "pending invitations");
            text += " you sent stop working.";
        }
    }
    text
}
