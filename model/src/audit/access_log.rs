use crate::{ApiKeyId, ContactId, Cursor, Day, MemberId, Moment, Period, Permission, Refusal, UserId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

id! {
    /// A row of the data access log.
    AccessEntryId
}

id! {
    /// One request, from the edge to the log.
    RequestId
}

/// A row of the data access log: who accessed what, from where, and whether they were allowed to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AccessEntry {
    pub id: AccessEntryId,
    pub request: RequestId,
    pub at: Moment,
    /// How often it happened within the minute that this entry stands for, and when last.
    pub repeats: u64,
    pub last: Moment,
    pub who: EntryPerson,
    /// The key through which it was done, if it was.
    pub key: Option<EntryKey>,
    pub ip: String,
    pub method: String,
    pub path: String,
    /// The event's name, as [`crate::Facts::action`] has it.
    pub action: String,
    pub permission: Option<Permission>,
    /// "changed the permissions of Ana Ruiz".
    pub what: String,
    pub records: u64,
    pub outcome: Outcome,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
    /// The person it was done to, where there is one.
    pub subject: Option<EntryPerson>,
    /// The contact it was about, where it was one alone.
    pub contact: Option<ContactId>,
}

/// Somebody in an entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EntryPerson {
    pub user: Option<UserId>,
    pub name: PersonName,
    /// As a member of an account that the reader sees, if they are one now.
    pub member: Option<MemberId>,
}

/// A key in an entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EntryKey {
    pub id: ApiKeyId,
    /// Empty for a key that is gone with its account.
    pub name: String,
    /// How its secret begins; names may be alike.
    pub begins: String,
}

/// Somebody in the log.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonName {
    Known(String),
    /// Of a user who is gone.
    Former,
    /// Nobody proved who they were.
    Unknown,
}

impl PersonName {
    /// The name itself, for programs.
    pub fn into_known(self) -> Option<String> {
        match self {
            Self::Known(name) => Some(name),
            Self::Former | Self::Unknown => None,
        }
    }
}

/// Who did what an entry says, and through which key, if through one.
#[derive(Clone, Copy, Debug)]
pub struct EntryActor<'a>(pub &'a AccessEntry);

/// "12 times, until 14:03:22"; empty for what happened once.
#[derive(Clone, Copy, Debug)]
pub struct EntryRepetition<'a>(pub &'a AccessEntry);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sea-orm", sea_orm(value_type = "String", to_str = "Outcome::column"))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Allowed,
    Refused,
}

impl Outcome {
    pub const ALL: [Self; 2] = [Self::Allowed, Self::Refused];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Refused => "refused",
        }
    }

    #[cfg(feature = "sea-orm")]
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "what sea-orm derives passes it so")]
    fn column(&self) -> String {
        self.name().to_owned()
    }
}

/// The text names no outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownOutcome;

impl fmt::Display for UnknownOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such outcome")
    }
}

impl std::error::Error for UnknownOutcome {}

impl FromStr for Outcome {
    type Err = UnknownOutcome;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name).ok_or(UnknownOutcome)
    }
}

/// Which entries a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessFilter {
    pub user: Option<UserId>,
    pub key: Option<ApiKeyId>,
    /// Part of the name of a person or a key.
    pub who: String,
    /// Addresses with commas between.
    pub ips: String,
    /// How the action path begins.
    pub path: String,
    pub outcome: Option<Outcome>,
    pub permission: Option<Permission>,
    pub period: Option<Period>,
    /// Days in the reader's zone, both included.
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub cursor: Option<Cursor>,
}

impl AccessFilter {
    /// As it stands in the address of the page. What is malformed there narrows nothing.
    pub fn of_query(get: impl Fn(&str) -> Option<String>) -> Self {
        fn parse<T: FromStr>(text: Option<String>) -> Option<T> {
            text?.parse().ok()
        }
        Self {
            user: parse(get("user")),
            key: parse(get("key")),
            who: get("who").unwrap_or_default(),
            ips: get("ips").unwrap_or_default(),
            path: get("path").unwrap_or_default(),
            outcome: parse(get("outcome")),
            permission: parse(get("permission")),
            period: parse(get("period")),
            from: parse(get("from")),
            to: parse(get("to")),
            cursor: parse(get("at")),
        }
    }

    /// Whether it leaves anything out.
    pub fn is_narrow(&self) -> bool {
        *self != Self { cursor: self.cursor.clone(), ..Self::default() }
    }
}

/// What stands above a column of the log as a file.
#[derive(Clone, Copy, Debug)]
pub struct AccessLogHead<'a> {
    pub column: AccessLogColumn,
    /// The IANA name of the zone that its times are in.
    pub time_zone: &'a str,
}

/// A column of the log as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessLogColumn {
    Time,
    Person,
    ApiKey,
    IpAddress,
    Method,
    Path,
    Action,
    Description,
    Subject,
    Permission,
    Records,
    Times,
    LastTime,
    Result,
    Request,
}

impl AccessLogColumn {
    pub const ALL: [Self; 15] = [
        Self::Time,
        Self::Person,
        Self::ApiKey,
        Self::IpAddress,
        Self::Method,
        Self::Path,
        Self::Action,
        Self::Description,
        Self::Subject,
        Self::Permission,
        Self::Records,
        Self::Times,
        Self::LastTime,
        Self::Result,
        Self::Request,
    ];
}
