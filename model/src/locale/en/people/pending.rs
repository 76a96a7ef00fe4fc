use crate::{
    PendingText,
    locale::en::{English, count},
};
use std::borrow::Cow;

impl English for PendingText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::SearchHint => "E-mail",
            Self::ByOnePerson => "Showing invitations sent by one person.",
            Self::ByOneKey => "Showing invitations sent with one API key.",
            Self::NoMatch => "No invitations match.",
            Self::Empty => "No pending invitations.",
            Self::Details => "{0} · Invited by {1} · {2} · Expires {3}",
            Self::Sent => "Sent {0}",
            Self::Waiting => "Waiting to be sent",
            Self::Failed => "Couldn't be delivered",
            Self::CopyLink => "Copy link",
            Self::CopyLinkFor { email } => return format!("Copy link for {email}").into(),
            Self::CopyTitle { email } => return format!("New link for {email}").into(),
            Self::CopyConsequence { email } => {
                return format!(
                    "Links aren't stored in a form we can read, so this creates a new one. Earlier links, such as the \
                     one in their e-mail, stop working. Anyone who has the new link can use it: send it to {email} only."
                )
                .into();
            }
            Self::CreateLink => "Create link",
            Self::NewLink => "New link",
            Self::Copy => "Copy",
            Self::CustomRole { permissions: 0 } => "Custom, no permissions",
            Self::CustomRole { permissions } => {
                return format!("Custom, {}", count(*permissions as u64, "permission", "permissions")).into();
            }
            Self::RoleFor { email } => return format!("Role for {email}").into(),
            Self::RoleChanged => "Role changed.",
            Self::Resend => "Resend",
            Self::ResendTo { email } => return format!("Resend to {email}").into(),
            Self::Resent => "Invitation resent. Earlier links no longer work.",
            Self::Withdraw => "Withdraw",
            Self::WithdrawFrom { email } => return format!("Withdraw the invitation to {email}").into(),
            Self::WithdrawQuestion { email } => return format!("Withdraw the invitation to {email}?").into(),
            Self::WithdrawConsequence => "The link stops working immediately. You can invite them again later.",
            Self::Withdrawn => "Invitation withdrawn.",
        }
        .into()
    }
}
