use crate::{
    MemberStatus, MembersText,
    locale::en::{English, count},
};
use std::borrow::Cow;

impl English for MembersText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Members",
            Self::Purpose { people, place } => {
                let people = count(*people, "person", "people");
                return format!("{people} in {place} and its sub-accounts. Changes take effect immediately.").into();
            }
            Self::Invite => "Invite people",
            Self::ByStatus => "Members by status",
            Self::All => "All",
            Self::Pending => "Pending",
            Self::Inherited => "Inherited",
            Self::NoMatch => "No members match.",
            Self::More => "More",
            Self::Person => "Person",
            Self::Role => "Role",
            Self::Account => "Account",
            Self::Status => "Status",
            Self::Joined => "Joined",
            Self::SearchHint => "Name or e-mail",
            Self::TwoFactor => "Two-factor authentication",
            Self::TwoFactorColumn => "Two-factor",
            Self::TwoFactorOn => "On",
            Self::TwoFactorOff => "Off",
            Self::LastSeen => "Last seen",
        }
        .into()
    }
}

impl English for MemberStatus {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Active => "Active",
            Self::Suspended => "Suspended",
        }
        .into()
    }
}
