use crate::{
    AuditEvent, IdentityEvent, MemberId, MessagingEvent, OrganisationEvent, Outcome, PeopleEvent, Topic, UserId,
};
use serde::{Deserialize, Serialize};

/// Everything that happens to an organisation's data. A change is committed with one of these, and
/// only so: it gives the entry of the data access log, its severity, and the open pages to tell.
///
/// Stored as the event of its area, whose names are frozen (`tests/it/events.jsonl`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Event {
    Audit(AuditEvent),
    Identity(IdentityEvent),
    Messaging(MessagingEvent),
    Organisation(OrganisationEvent),
    People(PeopleEvent),
}

/// How much an auditor should mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Routine,
    Notable,
    Grave,
}

/// Whose rights an event changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RightsAffected {
    Nobody,
    User(UserId),
    /// Whoever did it.
    Actor,
    Everyone,
}

/// What the rest of the system has to know of an event.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Its name in the log: the resource and the verb.
    pub action: &'static str,
    pub severity: Severity,
    /// The open pages to tell besides the log's.
    pub topic: Option<Topic>,
    /// Whose rights are no longer what they were.
    pub rights: RightsAffected,
    /// Whether it came to pass.
    pub outcome: Outcome,
    /// How many rows were shown or changed.
    pub records: u64,
    /// The other person, where there is one.
    pub user: Option<UserId>,
    /// The member it was done to.
    pub member: Option<MemberId>,
    /// Whether its repetitions by one actor within a minute are one entry.
    pub is_collapsed: bool,
}

impl Facts {
    /// A routine change of one row that concerns nobody else, until more is said of it.
    pub(crate) const fn of(action: &'static str) -> Self {
        Self {
            action,
            severity: Severity::Routine,
            topic: None,
            rights: RightsAffected::Nobody,
            outcome: Outcome::Allowed,
            records: 1,
            user: None,
            member: None,
            is_collapsed: false,
        }
    }

    pub(crate) const fn notable(self) -> Self {
        Self { severity: Severity::Notable, ..self }
    }

    pub(crate) const fn grave(self) -> Self {
        Self { severity: Severity::Grave, ..self }
    }

    pub(crate) const fn on(self, topic: Topic) -> Self {
        Self { topic: Some(topic), ..self }
    }

    pub(crate) const fn rights(self, rights: RightsAffected) -> Self {
        Self { rights, ..self }
    }

    /// It changes the rights of the person it is about.
    pub(crate) const fn rights_of(self, user: UserId) -> Self {
        Self { rights: RightsAffected::User(user), user: Some(user), ..self }
    }

    pub(crate) const fn about(self, user: UserId) -> Self {
        Self { user: Some(user), ..self }
    }

    pub(crate) const fn member(self, member: MemberId) -> Self {
        Self { member: Some(member), ..self }
    }

    pub(crate) const fn records(self, records: u64) -> Self {
        Self { records, ..self }
    }

    pub(crate) const fn refused(self) -> Self {
        Self { outcome: Outcome::Refused, ..self }
    }

    pub(crate) const fn collapsed(self) -> Self {
        Self { is_collapsed: true, ..self }
    }
}

impl Event {
    pub fn facts(&self) -> Facts {
        match self {
            Self::Audit(event) => event.facts(),
            Self::Identity(event) => event.facts(),
            Self::Messaging(event) => event.facts(),
            Self::Organisation(event) => event.facts(),
            Self::People(event) => event.facts(),
        }
    }

    /// What happened, after the name of who did it; `whom` is the other person, where there is one.
    pub fn sentence(&self, whom: &str) -> String {
        match self {
            Self::Audit(event) => event.sentence(),
            Self::Identity(event) => event.sentence(whom),
            Self::Messaging(event) => event.sentence(),
            Self::Organisation(event) => event.sentence(whom),
            Self::People(event) => event.sentence(whom),
        }
    }

    /// Whether open pages of the log are told. They read it anew then: were they told of that, they would never stop.
    pub const fn updates_log_pages(&self) -> bool {
        !matches!(self, Self::Audit(AuditEvent::AccessLogRead { .. }))
    }
}
