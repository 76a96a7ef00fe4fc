use crate::{AccessEntryId, Cursor, Moment, Permission, UserId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A row of the data access log: who touched what, from where, and whether they were allowed to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AccessEntry {
    pub id: AccessEntryId,
    pub at: Moment,
    /// How often it happened within the minute that this entry stands for, and when last.
    pub repeats: u64,
    pub last: Moment,
    pub who: String,
    pub user: Option<UserId>,
    /// The key through which it was done, if it was: its name, and how it begins; names may be alike.
    pub key: Option<String>,
    pub key_begins: Option<String>,
    pub ip: String,
    pub method: String,
    pub path: String,
    pub permission: Option<Permission>,
    /// "changed the permissions of Ana Ruiz".
    pub what: String,
    pub records: u64,
    pub outcome: Outcome,
}

impl AccessEntry {
    /// "12 times, until 14:03:22", of what happened more than once.
    pub fn repetition(&self) -> Option<String> {
        (self.repeats > 1).then(|| format!("{} times, until {}", self.repeats, self.last.time_of_day()))
    }

    /// Who did it, and through which key, if through one.
    pub fn actor(&self) -> String {
        match (&self.key, &self.key_begins) {
            (Some(key), Some(begins)) => format!("{}, API key {key} ({begins}…),", self.who),
            (Some(key), None) => format!("{}, API key {key},", self.who),
            (None, _) => self.who.clone(),
        }
    }
}

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

    pub const fn label(self) -> &'static str {
        match self {
            Self::Allowed => "Allowed",
            Self::Refused => "Refused",
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
    /// Addresses with commas between.
    pub ips: String,
    /// How the action path begins.
    pub path: String,
    pub outcome: Option<Outcome>,
    pub cursor: Option<Cursor>,
}

impl AccessFilter {
    /// Whether it leaves anything out.
    pub fn is_narrow(&self) -> bool {
        let Self { user, ips, path, outcome, cursor: _ } = self;
        user.is_some() || outcome.is_some() || !ips.trim().is_empty() || !path.trim().is_empty()
    }
}
