mod access_log;
mod explorer;

use super::{English, count, number};
use crate::{
    AccessLogColumn, AccessLogHead, AuditEvent, EntryActor, EntryKey, EntryRepetition, Event, EventSentence, GrantPath,
    Job, MemberLack, Outcome, Period, PersonName, Refusal, Role,
};
use std::borrow::Cow;

impl English for EventSentence<'_> {
    fn en(&self) -> Cow<'static, str> {
        let whom = match self.whom {
            PersonName::Known(name) => name,
            PersonName::Former => "a former member",
            PersonName::Unknown => "someone",
        };
        match self.event {
            Event::Audit(event) => event.en(),
            Event::Delivery(event) => event.en(),
            Event::Identity(event) => super::identity::sentence(event, whom),
            Event::Messaging(event) => event.en(),
            Event::Organisation(event) => super::organisation::sentence(event, whom),
            Event::People(event) => super::people::sentence(event, whom),
        }
    }
}

impl English for PersonName {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Known(name) => name.clone().into(),
            Self::Former => "Former member".into(),
            Self::Unknown => "Someone".into(),
        }
    }
}

impl English for EntryActor<'_> {
    fn en(&self) -> Cow<'static, str> {
        let who = self.0.who.name.en();
        match &self.0.key {
            Some(EntryKey { name, .. }) if name.is_empty() => format!("{who}, deleted API key,").into(),
            Some(EntryKey { name, begins, .. }) => format!("{who}, API key {name} ({begins}…),").into(),
            None => who,
        }
    }
}

impl English for Job {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::CloseLogin => "System: close login",
            Self::DeleteExpired => "System: delete expired accounts and organisations",
            Self::ExportData => "System: export data",
            Self::FillDemo => "System: fill demo",
            Self::IndexContacts => "System: index contacts",
            Self::ResetSecondFactor => "System: reset two-factor authentication",
            Self::SendMessages => "System: send messages",
        }
        .into()
    }
}

impl English for EntryRepetition<'_> {
    fn en(&self) -> Cow<'static, str> {
        match self.0.repeats {
            0 | 1 => "".into(),
            times => format!("{} times, until {}", number(times), self.0.last.time_of_day()).into(),
        }
    }
}

impl English for AuditEvent {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::AccessLogRead { .. } => "viewed the data access log".into(),
            Self::AccessLogExported { records } => {
                format!("downloaded {} of the data access log", count(*records, "entry", "entries")).into()
            }
            Self::Refused { why } => refusal(*why),
        }
    }
}

impl English for AccessLogHead<'_> {
    fn en(&self) -> Cow<'static, str> {
        let Self { column, time_zone } = self;
        match column {
            AccessLogColumn::Time | AccessLogColumn::LastTime => format!("{} ({time_zone})", column.en()).into(),
            _ => column.en(),
        }
    }
}

impl English for AccessLogColumn {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Time => "Time",
            Self::Person => "Person",
            Self::ApiKey => "API key",
            Self::IpAddress => "IP address",
            Self::Method => "Method",
            Self::Path => "Action path",
            Self::Action => "Action",
            Self::Description => "What happened",
            Self::Subject => "Concerns",
            Self::Permission => "Permission",
            Self::Records => "Records",
            Self::Times => "Times",
            Self::LastTime => "Last time",
            Self::Result => "Result",
            Self::Request => "Request",
        }
        .into()
    }
}

impl English for Period {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Today => "Today",
            Self::Week => "Last 7 days",
            Self::Month => "Last 30 days",
            Self::Quarter => "Last 90 days",
        }
        .into()
    }
}

fn refusal(why: Refusal) -> Cow<'static, str> {
    match why {
        Refusal::Permission(permission) => format!("was refused: {}", permission.en().to_lowercase()).into(),
        Refusal::RolesByOwnerOnly => "was refused: only the owner can change roles".into(),
        Refusal::DomainNotAllowed => "was refused: the policy doesn't allow this e-mail domain".into(),
        Refusal::InvitationVoid => "was refused: the sender of the invitation can no longer give this access".into(),
        Refusal::EmailUnconfirmed => "was refused: their e-mail address isn't confirmed".into(),
        Refusal::EmailStays => "was refused: the policy doesn't let people change their e-mail address".into(),
        Refusal::SecondFactorMissing => "was refused: the policy requires two-factor authentication".into(),
        Refusal::SecondFactorRequired => {
            "was refused: they can't turn off two-factor authentication, which the policy requires".into()
        }
        Refusal::WrongPassword => "was refused: wrong password".into(),
        Refusal::WrongCode => "was refused: wrong code".into(),
        Refusal::KeyRevoked => "was refused: the key is revoked".into(),
        Refusal::KeyExpired => "was refused: the key has expired".into(),
        Refusal::KeyCreatorInactive => "was refused: the key's creator is no longer active".into(),
        Refusal::KeyOfSomebodyElse => "was refused: the key was created by someone else".into(),
        Refusal::PeopleOnly => "was refused: API keys can't do this".into(),
        Refusal::Suspended => "was refused: their access is suspended".into(),
        Refusal::AboveOwnPermissions => "was refused: they don't have the permissions themselves".into(),
        Refusal::AdminByOwnerOnly => "was refused: only the owner can change an Admin".into(),
        Refusal::OwnerOnly => "was refused: only the owner can do this".into(),
        Refusal::Owner => "was refused: the owner's access can't be changed".into(),
        Refusal::Oneself => "was refused: nobody can change their own access".into(),
        Refusal::BeingDeleted => "was refused: the organisation is being deleted".into(),
        Refusal::SignUpClosed => "was refused: new organisations can't be created here".into(),
        Refusal::ForeignOrigin => "was refused: the request came from another site".into(),
        Refusal::WrongPasskey => "was refused: wrong passkey".into(),
        Refusal::InAnotherOrganisation => "was refused: the member is also in another organisation".into(),
        Refusal::OwnsOrganisation => "was refused: they own an organisation".into(),
    }
}

impl English for Outcome {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Allowed => "Allowed",
            Self::Refused => "Refused",
        }
        .into()
    }
}

/// "Role Viewer in Northwind Retail, inherited from above".
impl English for GrantPath {
    fn en(&self) -> Cow<'static, str> {
        let Self::Membership { role, role_name, account_name, inherited, suspended } = self else {
            return "Owner of the organisation".into();
        };
        let what = match role {
            Role::Custom => "Custom role".into(),
            _ => format!("Role {}", role_name.en()),
        };
        let place = account_name.as_deref().unwrap_or("a parent account");
        let inherited = if *inherited && account_name.is_some() { ", inherited" } else { "" };
        let suspended = if *suspended { ", suspended" } else { "" };
        format!("{what} in {place}{inherited}{suspended}").into()
    }
}

impl English for MemberLack {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::TopLevelOnly => "Applies only in the top-level account.".into(),
            Self::NoRole { first_name } => format!("None of {first_name}'s roles include it.").into(),
        }
    }
}
