//! What there is, as it is counted and as open pages follow it.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr};

macro_rules! resources {
    ($($resource:ident $stored:literal;)+) => {
        /// What an organisation and its accounts hold, as it is counted where one of them is to be deleted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Resource { $(#[serde(rename = $stored)] $resource),+ }

        impl Resource {
            pub const ALL: &[Self] = &[$(Self::$resource),+];
        }
    };
}

// The texts and the order are frozen: they stand in the log (`tests/it/events.jsonl`). New ones come last.
resources! {
    Account "accounts";
    Member "members";
    Invitation "invitations";
    Contact "contacts";
    ApiKey "api_keys";
    Campaign "campaigns";
    Role "roles";
    LogEntry "log_entries";
}

/// How many there are of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub resource: Resource,
    pub count: u64,
}

/// How many of each resource go with what is deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents(BTreeMap<Resource, u64>);

impl Contents {
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|count| *count == 0)
    }

    pub fn count(&self, resource: Resource) -> u64 {
        self.0.get(&resource).copied().unwrap_or_default()
    }

    /// Those that there are.
    pub fn counts(&self) -> impl Iterator<Item = Counted> {
        self.0.iter().filter(|(_, count)| **count > 0).map(|(&resource, &count)| Counted { resource, count })
    }
}

impl FromIterator<(Resource, u64)> for Contents {
    fn from_iter<T: IntoIterator<Item = (Resource, u64)>>(counts: T) -> Self {
        Self(counts.into_iter().filter(|(_, count)| *count > 0).collect())
    }
}

macro_rules! topics {
    ($($(#[$meaning:meta])* $topic:ident $name:literal;)+) => {
        /// What changed, as far as open pages need to know: nothing but its name travels.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Topic { $($(#[$meaning])* #[serde(rename = $name)] $topic),+ }

        impl Topic {
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$topic),+];

            pub const fn name(self) -> &'static str {
                match self { $(Self::$topic => $name),+ }
            }
        }
    };
}

topics! {
    Organisation "organisation";
    /// Who is a member, as what.
    Members "members";
    Invitations "invitations";
    /// The roles and what each holds.
    Roles "roles";
    ApiKeys "api_keys";
    Contacts "contacts";
    Campaigns "campaigns";
    PlatformEvents "platform_events";
    AccessLog "access_log";
    /// What the reader of this very page may do.
    Rights "rights";
    /// The zone that the reader of this very page reads dates in, and so everything on it.
    Region "region";
}

impl Topic {
    /// Whether what changed may be where somebody is, and under which names.
    pub const fn moves_memberships(self) -> bool {
        match self {
            Self::Organisation | Self::Members | Self::Roles | Self::Rights => true,
            Self::ApiKeys
            | Self::Invitations
            | Self::Contacts
            | Self::Campaigns
            | Self::PlatformEvents
            | Self::AccessLog
            | Self::Region => false,
        }
    }

    /// Whether it concerns nobody but whoever did it.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Region)
    }
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
