/// The part of the organisation's page about its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnershipText {
    Title,
    Mine,
    OwnedBy {
        owner: String,
    },
    OfferedToMe {
        owner: String,
    },
    Accept,
    Accepted,
    Decline,
    Declined,
    /// With whom it is offered to, and since when.
    Offered,
    Withdraw,
    Withdrawn,
    NoCandidate,
    NewOwner,
    NewOwnerHint,
    Offer,
    OfferQuestion,
    OfferMade,
    LeaveAsk,
    LeaveQuestion {
        organisation: String,
    },
    LeaveConsequence {
        invitations: u64,
    },
    Leave,
}
