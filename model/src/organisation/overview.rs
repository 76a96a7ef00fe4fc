use crate::AccessEntry;
use serde::{Deserialize, Serialize};

/// The dashboard: what the reader may not see is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Overview {
    pub members: Option<u64>,
    pub suspended: Option<u64>,
    pub pending_invitations: Option<u64>,
    pub contacts: Option<u64>,
    pub new_contacts: Option<u64>,
    pub accesses: Option<Vec<AccessEntry>>,
    /// The reader's clock, in words: "Good evening", "21 November, 23:04".
    pub greeting: String,
    pub now: String,
}
