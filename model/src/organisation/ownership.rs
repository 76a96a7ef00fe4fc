use crate::{MemberId, Moment};
use serde::{Deserialize, Serialize};

/// Who owns an organisation, as far as the reader may know more than the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    pub owner: String,
    pub is_mine: bool,
    /// Known to the owner and to whom it is made.
    pub offer: Option<OwnershipOffer>,
    /// Whom the owner may offer it to.
    pub candidates: Vec<(MemberId, String)>,
    /// Open invitations of the reader's that can no longer be accepted once they leave.
    pub invitations: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnershipOffer {
    pub to: String,
    pub to_me: bool,
    pub at: Moment,
}

/// Offers the organisation to an Admin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferOwnership {
    pub member: MemberId,
}
