//! Whom an event is about.

use super::Event;
use crate::{MemberId, UserId};

/// Whose rights an event changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RightsAffected {
    Nobody,
    User(UserId),
    /// Whoever did it.
    Actor,
    Everyone,
}

impl Event {
    /// Whose rights are no longer what they were.
    pub const fn rights_affected(&self) -> RightsAffected {
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
            | Self::MemberLeft { user, .. } => RightsAffected::User(*user),
            // From here on they are in the organisation.
            Self::OrganisationFounded | Self::InvitationAccepted { .. } => RightsAffected::Actor,
            Self::OrganisationDeleted
            | Self::OrganisationRestored
            | Self::OwnershipTransferred { .. }
            | Self::OwnershipInherited { .. }
            | Self::PolicyUpdated { .. }
            | Self::RoleUpdated { .. }
            | Self::RoleDeleted { .. }
            | Self::AccountMoved { .. }
            | Self::AccountDeleted { .. } => RightsAffected::Everyone,
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
            | Self::Refused { .. } => RightsAffected::Nobody,
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
            _ => match self.rights_affected() {
                RightsAffected::User(user) => Some(user),
                RightsAffected::Nobody | RightsAffected::Actor | RightsAffected::Everyone => None,
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
