use crate::{EndingInvitations, InvitationSender, OwnershipText, locale::en::English};
use std::borrow::Cow;

impl English for OwnershipText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Ownership",
            Self::Mine => "You own this organisation.",
            Self::OwnedBy { owner } => return format!("{owner} owns this organisation.").into(),
            Self::OfferedToMe { owner } => {
                return format!("{owner} wants to transfer ownership to you. If you accept, they'll become an Admin.")
                    .into();
            }
            Self::Accept => "Accept ownership",
            Self::Accepted => "You're now the owner.",
            Self::Decline => "Decline",
            Self::Declined => "Ownership transfer declined.",
            Self::Offered => "Transfer to {0} requested {1}. They haven't answered yet.",
            Self::Withdraw => "Cancel transfer",
            Self::Withdrawn => "Ownership transfer cancelled.",
            Self::NoCandidate => "To transfer ownership, first make someone an Admin of the top-level account.",
            Self::NewOwner => "New owner",
            Self::NewOwnerHint => {
                "Any Admin of the top-level account. They have to accept, and you'll become an Admin."
            }
            Self::Offer => "Transfer ownership",
            Self::OfferQuestion => "Transfer this organisation?",
            Self::OfferMade => "Ownership transfer requested. It takes effect when they accept.",
            Self::LeaveAsk => "Leave organisation",
            Self::LeaveQuestion { organisation } => return format!("Leave {organisation}?").into(),
            Self::LeaveConsequence { invitations } => {
                let consequence = "You'll lose access to all its accounts immediately. An admin can invite you again.";
                if *invitations == 0 {
                    return consequence.into();
                }
                let ending = EndingInvitations { count: *invitations, sent: InvitationSender::ByYou };
                return format!("{consequence} {}", ending.en()).into();
            }
            Self::Leave => "Leave",
        }
        .into()
    }
}
