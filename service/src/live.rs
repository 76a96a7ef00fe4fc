use model::{OrganisationId, Topic, UserId};
use serde::{Deserialize, Serialize};

/// Something changed that open pages may be showing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hint {
    pub organisation: OrganisationId,
    pub topic: Topic,
    /// `None`: for everyone of the organisation.
    pub user: Option<UserId>,
}
