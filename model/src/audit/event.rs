use crate::{
    AuditEvent, ContactId, DeliveryEvent, IdentityEvent, MemberId, MessagingEvent, OrganisationEvent, Outcome,
    PeopleEvent, PersonName, Refusal, SensitiveAction, Topic, UserId,
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
    Delivery(DeliveryEvent),
    Identity(IdentityEvent),
    Messaging(MessagingEvent),
    Organisation(OrganisationEvent),
    People(PeopleEvent),
}

/// For a change that is one event.
impl From<Event> for Vec<Event> {
    fn from(event: Event) -> Self {
        vec![event]
    }
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
    /// The contact it was about.
    pub contact: Option<ContactId>,
    /// Whether its repetitions by one actor within a minute are one entry.
    pub is_collapsed: bool,
    /// What it is the outcome of, if that takes a recent proof of who does it.
    pub sensitive: Option<SensitiveAction>,
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
            contact: None,
            is_collapsed: false,
            sensitive: None,
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

    pub(crate) const fn contact(self, contact: ContactId) -> Self {
        Self { contact: Some(contact), ..self }
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

    pub(crate) const fn sensitive(self, action: SensitiveAction) -> Self {
        Self { sensitive: Some(action), ..self }
    }
}

impl Event {
    pub fn facts(&self) -> Facts {
        match self {
            Self::Audit(event) => event.facts(),
            Self::Delivery(event) => event.facts(),
            Self::Identity(event) => event.facts(),
            Self::Messaging(event) => event.facts(),
            Self::Organisation(event) => event.facts(),
            Self::People(event) => event.facts(),
        }
    }

    /// Why it did not come to pass, where it was refused.
    pub const fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Audit(AuditEvent::Refused { why }) => Some(*why),
            Self::Audit(AuditEvent::AccessLogRead { .. } | AuditEvent::AccessLogExported { .. })
            | Self::Delivery(_)
            | Self::Identity(_)
            | Self::Messaging(_)
            | Self::Organisation(_)
            | Self::People(_) => None,
        }
    }

    /// The same without what tells who somebody is; `None` where there is nothing of the kind. Of all that a log holds,
    /// these alone are written anew, when the user that they are about is deleted.
    pub fn pseudonymised(&self) -> Option<Self> {
        match self {
            Self::Identity(event) => event.pseudonymised().map(Self::Identity),
            Self::Audit(_) | Self::Delivery(_) | Self::Messaging(_) | Self::Organisation(_) | Self::People(_) => None,
        }
    }

    /// Whether open pages of the log are told. They read it anew then: were they told of that, they would never stop.
    pub const fn updates_log_pages(&self) -> bool {
        !matches!(self, Self::Audit(AuditEvent::AccessLogRead { .. }))
    }
}

/// What happened, after the name of who did it: "suspended Ana Ruiz".
#[derive(Clone, Copy, Debug)]
pub struct EventSentence<'a> {
    pub event: &'a Event,
    /// The other person; of no meaning where there is none.
    pub whom: &'a PersonName,
}
