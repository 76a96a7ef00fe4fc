//! Whom an event is about.

use super::Event;
use crate::{MemberId, UserId};

/// Whose rights an event changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touched {
    Nobody,
    User(UserId),
    /// Whoever did it.
    Actor,
    Everyone,
}

impl Event {
    /// Whose rights are no longer what they were.
    pub const fn touches(&self) -> Touched {
        match self {
            Self::SecondFactorSet { user }
            | Self::SecondFactorRemoved { user }
            | Self::EmailChanged { user, .. }
            | Self::EmailConfirmed { user }
            | Self::EmailReclaimed { user }
            | Self::MemberUpdated { user, .. }
            | Self::MemberSuspended { user, .. }
            | Self::MemberRestored { user, .. }
            | Self::MemberRemoved { user, .. }
            | Self::MemberReturned { user, .. }
            | Self::MemberLeft { user, .. } => Touched::User(*user),
            // From here on they are in the organisation.
            Self::OrganisationFounded | Self::InvitationAccepted { .. } => Touched::Actor,
            Self::OrganisationDeleted
            | Self::OrganisationRestored
            | Self::OwnershipTransferred { .. }
            | Self::OwnershipInherited { .. }
            | Self::PolicyUpdated { .. }
            | Self::RoleUpdated { .. }
            | Self::RoleDeleted { .. }
            | Self::AccountMoved { .. }
            | Self::AccountDeleted { .. } => Touched::Everyone,
            Self::OrganisationUpdated { .. }
            | Self::SignedIn
            | Self::SignedOut
            | Self::SignInFailed { .. }
            | Self::SecondFactorBegun
            | Self::RecoveryCodeUsed { .. }
            | Self::EmailAsked
            | Self::EmailConfirmationSent
            | Self::MemberInvited { .. }
            | Self::InvitationResent { .. }
            | Self::InvitationUpdated { .. }
            | Self::InvitationRevoked { .. }
            | Self::InvitationDeclined { .. }
            | Self::InvitationAsked { .. }
            | Self::OwnershipOffered { .. }
            | Self::OwnershipKept { .. }
            | Self::RoleCreated { .. }
            | Self::RoleRenamed { .. }
            | Self::ApiKeyCreated { .. }
            | Self::ApiKeyUpdated { .. }
            | Self::ApiKeyRotated { .. }
            | Self::ApiKeyRevoked { .. }
            | Self::AccountCreated { .. }
            | Self::AccountRenamed { .. }
            | Self::ContactsRead { .. }
            | Self::ContactsSearched { .. }
            | Self::RecipientsCounted { .. }
            | Self::MembersRead { .. }
            | Self::InvitationsRead { .. }
            | Self::AccessLogRead { .. }
            | Self::ContactCreated { .. }
            | Self::ContactUpdated { .. }
            | Self::ContactDeleted { .. }
            | Self::CampaignCreated { .. }
            | Self::CampaignUpdated { .. }
            | Self::CampaignDeleted { .. }
            | Self::Refused { .. } => Touched::Nobody,
        }
    }

    /// The other person, where there is one.
    pub const fn user(&self) -> Option<UserId> {
        match self {
            Self::OwnershipOffered { to }
            | Self::OwnershipKept { to }
            | Self::OwnershipTransferred { to, .. }
            | Self::OwnershipInherited { to, .. }
            | Self::SignInFailed { user: to, .. } => Some(*to),
            _ => match self.touches() {
                Touched::User(user) => Some(user),
                Touched::Nobody | Touched::Actor | Touched::Everyone => None,
            },
        }
    }

    /// The member it was done to.
    pub const fn member(&self) -> Option<MemberId> {
        match self {
            Self::MemberUpdated { member, .. }
            | Self::MemberSuspended { member, .. }
            | Self::MemberRestored { member, .. }
            | Self::MemberRemoved { member, .. }
            | Self::MemberReturned { member, .. }
            | Self::MemberLeft { member, .. } => Some(*member),
            _ => None,
        }
    }
}
