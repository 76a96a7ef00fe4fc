use crate::{
    CompareRolesText, NewRoleText, RolesText,
    locale::en::{English, count},
};
use std::borrow::Cow;

impl English for RolesText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Roles",
            Self::Purpose => "Named sets of permissions. Changes reach everyone with the role immediately.",
            Self::Compare => "Compare",
            Self::New => "New role",
            Self::SearchHint => "Role name",
            Self::NoMatch => "No roles match.",
            Self::Role => "Role",
            Self::Permissions => "Permissions",
            Self::PermissionCount { held, all } => return format!("{held} of {all}").into(),
            Self::Members => "Members",
            Self::Invited => "Invited",
        }
        .into()
    }
}

impl English for NewRoleText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "New role",
            Self::Name => "Name",
            Self::NameHint => "For example Marketing manager.",
            Self::CopyFrom => "Copy permissions from",
            Self::CopyNothing => "None",
            Self::Create => "Create role",
        }
        .into()
    }
}

impl English for CompareRolesText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Compare roles",
            Self::First => "First role",
            Self::Second => "Second role",
            Self::Compare => "Compare",
            Self::Differences(0) => "Both have the same permissions.",
            Self::Differences(some) => {
                return format!("They differ in {}.", count(*some as u64, "permission", "permissions")).into();
            }
            Self::Permission => "Permission",
            Self::Yes => "Yes",
            Self::No => "No",
        }
        .into()
    }
}
