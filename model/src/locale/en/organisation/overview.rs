use crate::{
    FirstRunStep, FirstRunText, OverviewText,
    locale::en::{English, number},
};
use std::borrow::Cow;

impl English for OverviewText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Overview",
            Self::PlaceAndTime { place, now } => return format!("{place} · {now}").into(),
            Self::Invite => "Invite people",
            Self::PeopleAndContacts => "People and contacts",
            Self::HereAndBelow => "In this account and its sub-accounts",
            Self::Members => "Members",
            Self::Suspended { people: 0 } => "none suspended",
            Self::Suspended { people } => return format!("{} suspended", number(*people)).into(),
            Self::PendingInvitations => "Pending invitations",
            Self::PendingNote { days } => return format!("new ones expire after {}", super::days(*days)).into(),
            Self::Contacts => "Contacts",
            Self::NewContacts => "New contacts, last 24\u{a0}hours",
            Self::Charts => "The last 30 days",
            Self::NewContactsByDay => "How many contacts were added each day?",
            Self::PersonalReadsByDay => "How often were personal details read each day?",
            Self::RefusalsByDay => "How often was access refused each day?",
            Self::RecentActivity => "Recent activity",
            Self::FullLog => "View full log",
            Self::NoActivity => "No activity yet.",
            Self::Entry => "{0} {1}",
            Self::Repeated => "{0}, {1}",
        }
        .into()
    }
}

impl English for FirstRunText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Get started",
            Self::Progress { done, all } => return format!("{done} of {all} done").into(),
            Self::Done => "Done:",
            Self::ToDo => "To do:",
            Self::Dismiss => "Dismiss",
            Self::Dismissed => "Get started is hidden in this browser.",
        }
        .into()
    }
}

impl English for FirstRunStep {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Details => "Add your organisation's address",
            Self::Invitation => "Invite your first colleague",
            Self::SecondFactor => "Set up two-factor authentication",
            Self::ApiKey => "Create an API key",
        }
        .into()
    }
}
