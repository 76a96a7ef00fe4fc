use crate::{
    AccountMoveResult, AccountText, AccountsText, NewAccountText,
    locale::en::{English, number},
};
use std::borrow::Cow;

impl English for AccountsText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Accounts",
            Self::Purpose => {
                "Your regions, shops or brands. Members of an account can also work in the accounts under it."
            }
            Self::Add => "Add sub-account",
            Self::SearchHint => "Account name",
            Self::NoMatch => "No accounts match.",
            Self::Beyond { shown, total } => {
                let (shown, total) = (number(*shown), number(*total));
                return format!("Showing the first {shown} of {total} accounts. Search to find the others.").into();
            }
            Self::Account => "Account",
            Self::Members => "Members",
            Self::Contacts => "Contacts",
        }
        .into()
    }
}

impl English for NewAccountText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Add sub-account",
            Self::Name => "Name",
            Self::NameHint => "Such as a region, shop or brand.",
            Self::Parent => "Parent account",
            Self::ParentHint => "Members of the parent account can also work in this one.",
            Self::Create => "Create account",
            Self::Created => "Account created.",
        }
        .into()
    }
}

impl English for AccountText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Account",
            Self::Open => "Open account",
            Self::AddBelow => "Add sub-account",
            Self::Name => "Name",
            Self::Rename => "Rename",
            Self::Renamed => "Account renamed.",
            Self::NamedAsOrganisation => "It has your organisation's name, which you can change on the {0}.",
            Self::OrganisationPage => "organisation page",
            Self::Parent => "Parent account",
            Self::Move => "Move",
            Self::Moved => "Account moved.",
            Self::NobodyAffected => "Nobody's access changes.",
            Self::WhoGains => "Who gains access",
            Self::WhoLoses => "Who loses access",
            Self::DeleteTitle { name } => return format!("Delete {name}").into(),
            Self::DeleteConsequence { contents } if contents.is_empty() => "This account is empty.",
            Self::DeleteConsequence { contents } => return format!("{} This can't be undone.", contents.en()).into(),
            Self::DeleteName { name } => return format!("Type {name} to confirm").into(),
            Self::Delete => "Delete",
            Self::Deleted => "Account deleted.",
        }
        .into()
    }
}

/// "Ana Ruiz: Viewer, through Western Cape. Ana can no longer enter Cape Town."
impl English for AccountMoveResult {
    fn en(&self) -> Cow<'static, str> {
        let ways: Vec<_> = self.ways.iter().map(English::en).collect();
        format!("{}: {}. {}", self.name, ways.join(" and "), self.change.en()).into()
    }
}
