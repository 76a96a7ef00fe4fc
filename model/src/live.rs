use crate::UserId;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What changed, as far as open pages need to know: nothing but its name travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Organisation,
    /// Who is a member, as what.
    Members,
    Invitations,
    /// The roles and what each holds.
    Roles,
    ApiKeys,
    Contacts,
    Campaigns,
    AccessLog,
    /// What the reader of this very page may do.
    Rights,
}

impl Topic {
    pub const ALL: [Self; 9] = [
        Self::Organisation,
        Self::Members,
        Self::Invitations,
        Self::Roles,
        Self::ApiKeys,
        Self::Contacts,
        Self::Campaigns,
        Self::AccessLog,
        Self::Rights,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Members => "members",
            Self::Invitations => "invitations",
            Self::Roles => "roles",
            Self::ApiKeys => "api_keys",
            Self::Contacts => "contacts",
            Self::Campaigns => "campaigns",
            Self::AccessLog => "access_log",
            Self::Rights => "rights",
        }
    }
}

/// Who is signed in now, and how things stand: for a page that wants to know whether it is still theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    pub user: UserId,
    pub first_name: String,
    /// As in [`crate::Standing::as_of`].
    pub as_of: u64,
}

/// The text names no topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownTopic;

impl FromStr for Topic {
    type Err = UnknownTopic;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|topic| topic.name() == name).ok_or(UnknownTopic)
    }
}
