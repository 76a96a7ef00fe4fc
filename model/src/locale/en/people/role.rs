use super::with_ending;
use crate::{
    RoleText,
    locale::en::{English, count, number},
};
use std::borrow::Cow;

impl English for RoleText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Label => "Role",
            Self::Hint => "Changes save automatically and reach everyone with this role immediately.",
            Self::BuiltInHint => "Built-in roles can't be changed. Clone one to make your own.",
            Self::Holders { people, within } => return holders(*people, *within).into(),
            Self::MoreHolders(people) => return format!("and {} more", number(*people)).into(),
            Self::NamesHidden => "You don't have permission to see their names.",
            Self::AppliedTo { people: 0 } => "No one has this role yet.",
            Self::AppliedTo { people } => {
                return format!("Applied to {}.", count(*people, "person", "people")).into();
            }
            Self::Name => "Name",
            Self::Rename => "Rename",
            Self::Renamed => "Role renamed.",
            Self::Clone => "Clone",
            Self::Compare => "Compare",
            Self::Delete => "Delete",
            Self::DeleteQuestion { name } => return format!("Delete the role {name}?").into(),
            Self::DeleteConsequence(ending) => {
                let change =
                    "Everyone who has this role, or is invited with it, gets the role below instead, immediately.";
                return with_ending(change, *ending).into();
            }
            Self::Instead => "Replacement role",
            Self::DeleteRole => "Delete role",
        }
        .into()
    }
}

fn holders(people: u64, within: bool) -> String {
    let place = if within { " in this account and its sub-accounts" } else { "" };
    match people {
        0 => format!("No one{place} has this role"),
        1 => format!("1 person{place} has this role"),
        people => format!("{} people{place} have this role", number(people)),
    }
}
