use crate::{
    InviteText,
    locale::en::{English, count},
};
use std::borrow::Cow;

impl English for InviteText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Invite people",
            Self::Emails => "E-mail addresses",
            Self::EmailsHint => "Separate with commas, semicolons or new lines.",
            Self::File => "Drop a CSV file here, or choose one",
            Self::RoleIn => "Role in {0}",
            Self::RoleHint(None) => "Give the least access they need. You can change it at any time.",
            Self::RoleHint(Some(preselected)) => {
                return format!(
                    "Your policy preselects {}. Give the least access they need. You can change it at any time.",
                    preselected.en()
                )
                .into();
            }
            Self::OutOfReach => "It has permissions that you don't have.",
            Self::Account => "Account",
            Self::RoleThere => "Role in this account",
            Self::RemoveAccount => "Remove account",
            Self::AddAccount => "Add another account",
            Self::Permissions => "Custom permissions",
            Self::PermissionsHint => "Given wherever you chose Custom, as far as you still have them when they accept.",
            Self::Send => "Send invitations",
            Self::Sent(0) => "No new invitations sent.",
            Self::Sent(sent) => return format!("{} sent.", count(*sent, "invitation", "invitations")).into(),
            Self::Result => "{0}, {1}: {2}",
        }
        .into()
    }
}
