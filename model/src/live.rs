use crate::UserId;
use serde::{Deserialize, Serialize};

/// Who is signed in now, and how things stand: for a page that wants to know whether it is still theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    pub user: UserId,
    pub first_name: String,
    /// As in [`crate::Standing::as_of`].
    pub as_of: u64,
}
