use crate::{
    ExplainText, ExplorerText, PermissionNames, UNUSED_DAYS, WhatIfText, limit,
    locale::en::{English, count, number},
};
use std::borrow::Cow;

impl English for ExplorerText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Access explorer",
            Self::Purpose => "Who can do what here, why, and which permissions aren't used.",
            Self::WhoCan => "Who can",
            Self::Permission => "Permission",
            Self::Show => "Show",
            Self::PeopleWhoCan { people, place } => {
                return match people.rows() {
                    Some(people) => format!("{} can do this in {place}.", count(people, "person", "people")),
                    None if people.is_at_least(1) => {
                        format!("More than {} people can do this in {place}.", number(limit::TOTAL))
                    }
                    None => String::new(),
                }
                .into();
            }
            Self::Person => "Person",
            Self::GrantedBy => "Granted by",
            Self::Nobody => "Nobody can do this here.",
            Self::KeysWhoCan => "API keys that can",
            Self::KeyCount { keys: 0 } => "No API key can do this here.",
            Self::KeyCount { keys } => {
                return format!("{} can do this here.", count(*keys as u64, "API key", "API keys")).into();
            }
            Self::Key => "Key",
            Self::KeyCreatedBy { creator } => return format!("Created by {creator}:").into(),
            Self::KeyInherited { creator, account } => {
                let account = account.as_deref().unwrap_or("a parent account");
                return format!("Key of {account}, created by {creator}:").into();
            }
            Self::Idle => return format!("Not used by anyone in {UNUSED_DAYS} days").into(),
            Self::IdleScope { place } => return format!("In {place} and its sub-accounts.").into(),
            Self::AccountCreated => "The account was created {0}.",
            Self::NotCounted => "Page views aren't counted, only changes and reads of personal details.",
            Self::NoneUnused => "No unused permissions.",
        }
        .into()
    }
}

impl English for ExplainText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Label => "Effective access",
            Self::Title { name, account } => return format!("What {name} can do in {account}").into(),
            Self::ChangePermissions => "Change permissions",
            Self::Role { role, inherited: true } => return format!("{}, inherited", role.en()).into(),
            Self::Role { role, inherited: false } => return role.en(),
            Self::Key { state, inherited } => {
                let state = state.en();
                let inherited = if *inherited { ", inherited" } else { "" };
                return format!("{state}{inherited}. Created by {{0}}, and never has more access than they do.").into();
            }
            Self::Permissions => "Permissions",
            Self::PermissionCount { held, all } => return format!("{held} of {all}").into(),
            Self::Permission => "Permission",
            Self::Granted => "Granted",
            Self::Why => "Why",
            Self::Yes => "Yes",
            Self::No => "No",
            Self::GivenToKey { creator, path } => {
                return format!("Given to the key. {creator} has it: {}", path.en()).into();
            }
            Self::Unused => return format!("Not used in {UNUSED_DAYS} days").into(),
            Self::MemberSince => "{0} joined {1}.",
            Self::KeySince => "The key was created {0}.",
            Self::RemoveThese => "Remove these",
            Self::RemoveQuestion { name } => return format!("Remove these from {name}?").into(),
            Self::RemoveConsequence { permissions, becomes_custom } => {
                let names = PermissionNames(*permissions).en();
                let role = if *becomes_custom { " Their role becomes Custom." } else { "" };
                return format!("{names}.{role}").into();
            }
            Self::Remove => "Remove",
            Self::NoneRemovable => "You can't remove any of these here.",
            Self::MemberInherited => "They have access through a parent account. Change it there.",
            Self::KeyInherited => "The key belongs to a parent account. Change it there.",
        }
        .into()
    }
}

impl English for WhatIfText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "What if they had another role?",
            Self::AnotherRole => "Another role",
            Self::Same { role } => return format!("As {}, they could do the same as now.", role.en()).into(),
            Self::Gained => "Gained:",
            Self::Lost => "Lost:",
            Self::Assign => "Assign it in the member's details",
        }
        .into()
    }
}

impl English for PermissionNames {
    fn en(&self) -> Cow<'static, str> {
        self.0.iter().map(|permission| permission.en()).collect::<Vec<_>>().join(", ").into()
    }
}
