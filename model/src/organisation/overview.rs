use crate::{AccessEntry, Day};
use serde::{Deserialize, Serialize};

/// The dashboard: what the reader may not see is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Overview {
    pub members: Option<u64>,
    pub suspended: Option<u64>,
    pub pending_invitations: Option<u64>,
    /// For how many days a new one can be accepted.
    pub invitation_days: Option<u16>,
    pub contacts: Option<u64>,
    pub new_contacts: Option<u64>,
    pub accesses: Option<Vec<AccessEntry>>,
    /// The reader's clock, in words: "21 November, 23:04".
    pub now: String,
}

/// How often something happened on a day of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayCount {
    pub day: Day,
    pub count: u64,
}

/// What is done of what a new organisation begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each step is done or not, whatever the others are")]
pub struct FirstRun {
    /// Whether its address is filled in.
    pub details: bool,
    /// Whether anybody was invited.
    pub invitation: bool,
    /// Whether the reader signs in with a second factor.
    pub second_factor: bool,
    /// Whether anybody created an API key.
    pub api_key: bool,
}

impl FirstRun {
    /// How many of its [steps](FirstRunStep::ALL) are done.
    pub fn done_count(self) -> usize {
        FirstRunStep::ALL.into_iter().filter(|step| self.is_done(*step)).count()
    }

    pub const fn is_done(self, step: FirstRunStep) -> bool {
        match step {
            FirstRunStep::Details => self.details,
            FirstRunStep::Invitation => self.invitation,
            FirstRunStep::SecondFactor => self.second_factor,
            FirstRunStep::ApiKey => self.api_key,
        }
    }
}

/// One of the first things to do in a new organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstRunStep {
    Details,
    Invitation,
    SecondFactor,
    ApiKey,
}

impl FirstRunStep {
    pub const ALL: [Self; 4] = [Self::Details, Self::Invitation, Self::SecondFactor, Self::ApiKey];
}
