use crate::{
    AffectedPeople, BulkText, MemberAct, Role, RoleName,
    locale::en::{English, count, number},
};
use std::borrow::Cow;

/// What the button says that does it.
impl English for MemberAct {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Suspend => "Suspend",
            Self::Restore => "Restore",
            Self::Remove => "Remove",
            Self::SetRole(Role::Named(_)) => "Change role",
            Self::SetRole(role) => return format!("Make {}", role.en()).into(),
        }
        .into()
    }
}

impl English for BulkText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::SelectPerson { name } => return format!("Select {name}").into(),
            Self::SelectPage => "Select all on this page",
            Self::MoreFor { name } => return format!("More actions for {name}").into(),
            Self::Open => "Open",
            Self::ModifyPermissions => "Modify permissions",
            Self::Make(role) => return format!("Make {}", role.en()).into(),
            Self::Bar => "Selected members",
            Self::Selected(total) => return format!("{} selected", total.en()).into(),
            Self::SelectAll(total) => return format!("Select all {}", total.en()).into(),
            Self::ChangeRole => "Change role",
            Self::Clear => "Clear selection",
            Self::Working => "Working…",
            Self::NothingToChange => "Nothing to change",
            Self::Question { act, role, who } => return question(*act, role.as_ref(), &people(who)).into(),
            Self::Done { act, role, who } => return result(*act, role.as_ref(), &people(who)).into(),
            Self::Undone => "Undone.",
            Self::UndonePartly { people, of } => {
                return format!("Undone for {} of {}.", number(*people), count(*of, "person", "people")).into();
            }
            Self::Consequence(MemberAct::Suspend) => {
                "They lose access immediately, and so do the API keys they created, until you restore them."
            }
            Self::Consequence(MemberAct::Restore) => "They get back the access they had before.",
            Self::Consequence(MemberAct::Remove) => {
                "They lose access immediately, and so do the API keys they created."
            }
            Self::Consequence(MemberAct::SetRole(_)) => "Their permissions change immediately.",
            Self::Unchanged { act, people } => return unchanged(*act, *people).into(),
            Self::PermissionsFor { gained, lost } => return format!("{{0}}: {}", difference(*gained, *lost)).into(),
            Self::DoneFor => "{0}: done",
            Self::UnchangedFor => "{0}: no change",
            Self::RefusedFor => "{0}: {1}",
        }
        .into()
    }
}

fn people(who: &AffectedPeople) -> String {
    match who {
        AffectedPeople::One(name) => name.clone(),
        AffectedPeople::Several(people) => count(*people, "person", "people"),
    }
}

fn question(act: MemberAct, role: Option<&RoleName>, people: &str) -> String {
    match (act, role) {
        (MemberAct::Suspend | MemberAct::Restore | MemberAct::Remove, _) => format!("{} {people}?", act.en()),
        (MemberAct::SetRole(_), Some(role)) => format!("Change the role of {people} to {}?", role.en()),
        (MemberAct::SetRole(_), None) => format!("Change the role of {people}?"),
    }
}

fn result(act: MemberAct, role: Option<&RoleName>, people: &str) -> String {
    match (act, role) {
        (MemberAct::Suspend, _) => format!("{people} suspended."),
        (MemberAct::Restore, _) => format!("{people} restored."),
        (MemberAct::Remove, _) => format!("{people} removed."),
        (MemberAct::SetRole(_), Some(role)) => format!("Role changed to {} for {people}.", role.en()),
        (MemberAct::SetRole(_), None) => format!("Role changed for {people}."),
    }
}

/// "12 new permissions, 2 removed".
fn difference(gained: u64, lost: u64) -> String {
    let gained_text = count(gained, "new permission", "new permissions");
    match (gained, lost) {
        (0, 0) => "the same permissions".to_owned(),
        (0, lost) => format!("{} removed", count(lost, "permission", "permissions")),
        (_, 0) => gained_text,
        (_, lost) => format!("{gained_text}, {} removed", number(lost)),
    }
}

fn unchanged(act: MemberAct, people: u64) -> String {
    match act {
        MemberAct::Suspend => format!("{} already suspended.", count(people, "person is", "people are")),
        MemberAct::Restore => format!("{} not suspended.", count(people, "person is", "people are")),
        MemberAct::Remove => format!("{} already removed.", count(people, "person is", "people are")),
        MemberAct::SetRole(_) => format!("{} this role.", count(people, "person already has", "people already have")),
    }
}
