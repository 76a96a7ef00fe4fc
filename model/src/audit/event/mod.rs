mod about;
mod words;

pub use about::RightsAffected;

use crate::{
    AccountContents, AccountId, ApiKeyId, CampaignId, ContactId, Grant, InvitationId, MemberId, MembershipSnapshot,
    OrganisationFields, Outcome, PermissionSet, PolicyPoint, Refusal, RoleId, Topic, UserId,
};
use serde::{Deserialize, Serialize};

/// Everything that happens to an organisation's data. A change is committed with one of these, and
/// only so: it gives the entry of the data access log, its severity, and the open pages to tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    OrganisationFounded,
    /// It can be restored for some days; then it is gone.
    OrganisationDeleted,
    OrganisationRestored,
    OrganisationUpdated {
        #[serde(default)]
        fields: OrganisationFields,
    },
    PolicyUpdated {
        point: PolicyPoint,
        /// In words, as roles were called then.
        before: String,
        after: String,
    },
    SignedIn,
    SignedOut,
    /// Nobody knows who it was.
    SignInFailed {
        user: UserId,
        wrong: Proof,
    },
    /// Somebody was shown a key for their app; it counts once it is confirmed.
    SecondFactorBegun,
    SecondFactorSet {
        user: UserId,
    },
    SecondFactorRemoved {
        user: UserId,
    },
    /// In the place of the app, which may be lost.
    RecoveryCodeUsed {
        left: u64,
    },
    /// Somebody asked for another address; it counts once it is confirmed.
    EmailAsked,
    /// Somebody asked for the letter that confirms their address once more.
    EmailConfirmationSent,
    EmailChanged {
        user: UserId,
        before: String,
        after: String,
    },
    /// Somebody showed that their address is theirs.
    EmailConfirmed {
        user: UserId,
    },
    /// Somebody else showed that the address of this login is theirs; it never was. The login is closed.
    EmailReclaimed {
        user: UserId,
    },
    MemberInvited {
        invitation: InvitationId,
        role: String,
    },
    InvitationResent {
        invitation: InvitationId,
    },
    InvitationUpdated {
        invitation: InvitationId,
        role: String,
    },
    InvitationRevoked {
        invitation: InvitationId,
    },
    InvitationDeclined {
        invitation: InvitationId,
    },
    /// Somebody asked for a new one in the place of one that is over.
    InvitationAsked {
        invitation: InvitationId,
    },
    InvitationAccepted {
        invitation: InvitationId,
        role: String,
    },
    MemberUpdated {
        user: UserId,
        member: MemberId,
        before: Grant,
        after: Grant,
    },
    MemberSuspended {
        user: UserId,
        member: MemberId,
    },
    MemberRestored {
        user: UserId,
        member: MemberId,
    },
    MemberRemoved {
        user: UserId,
        member: MemberId,
        was: MembershipSnapshot,
    },
    /// A removal was taken back.
    MemberReturned {
        user: UserId,
        member: MemberId,
        place: MembershipSnapshot,
    },
    /// A member went by themselves.
    MemberLeft {
        user: UserId,
        member: MemberId,
    },
    OwnershipOffered {
        to: UserId,
    },
    /// An offer was withdrawn or declined.
    OwnershipKept {
        to: UserId,
    },
    OwnershipTransferred {
        from: UserId,
        to: UserId,
    },
    /// The login of the owner was closed, and the Admin of longest standing owns the organisation.
    OwnershipInherited {
        from: UserId,
        to: UserId,
    },
    RoleCreated {
        role: RoleId,
        name: String,
    },
    RoleRenamed {
        role: RoleId,
        name: String,
        before: String,
    },
    RoleUpdated {
        role: RoleId,
        name: String,
        lost: PermissionSet,
        gained: PermissionSet,
    },
    RoleDeleted {
        role: RoleId,
        name: String,
    },
    ApiKeyCreated {
        key: ApiKeyId,
        name: String,
        permissions: PermissionSet,
    },
    ApiKeyUpdated {
        key: ApiKeyId,
        name: String,
        lost: PermissionSet,
        gained: PermissionSet,
    },
    /// It has another secret; the one before opens nothing any more.
    ApiKeyRotated {
        key: ApiKeyId,
        name: String,
    },
    ApiKeyRevoked {
        key: ApiKeyId,
        name: String,
    },
    AccountCreated {
        account: AccountId,
        name: String,
    },
    AccountRenamed {
        account: AccountId,
        name: String,
        before: String,
    },
    AccountMoved {
        account: AccountId,
        name: String,
        /// The name of the account it now lies below.
        below: String,
    },
    /// With everything below it and in it.
    AccountDeleted {
        account: AccountId,
        name: String,
        gone: AccountContents,
    },
    /// Personal details were shown.
    ContactsRead {
        records: u64,
    },
    /// Contacts were chosen by their personal details. What matched was disclosed, be it nothing; this many were shown.
    ContactsSearched {
        records: u64,
    },
    /// How many contacts with a mobile number a campaign would reach.
    RecipientsCounted {
        recipients: u64,
    },
    /// Names and addresses of members, or of who is invited, were given to a program.
    MembersRead {
        records: u64,
    },
    InvitationsRead {
        records: u64,
    },
    AccessLogRead {
        records: u64,
    },
    ContactCreated {
        contact: ContactId,
    },
    ContactUpdated {
        contact: ContactId,
    },
    ContactDeleted {
        contact: ContactId,
    },
    CampaignCreated {
        campaign: CampaignId,
        name: String,
    },
    CampaignUpdated {
        campaign: CampaignId,
        name: String,
    },
    CampaignDeleted {
        campaign: CampaignId,
        name: String,
    },
    Refused {
        why: Refusal,
    },
}

/// What somebody shows who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    Password,
    /// Of the second factor, once the password was right.
    Code,
}

/// How much an auditor should mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Routine,
    Notable,
    Grave,
}

impl Event {
    /// Its name in the log: the resource and the verb.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::OrganisationFounded => "organisation.found",
            Self::OrganisationDeleted => "organisation.delete",
            Self::OrganisationRestored => "organisation.restore",
            Self::OrganisationUpdated { .. } => "organisation.update",
            Self::PolicyUpdated { .. } => "policy.update",
            Self::SignedIn => "session.create",
            Self::SignedOut => "session.delete",
            Self::SignInFailed { .. } => "session.refuse",
            Self::SecondFactorBegun => "second_factor.begin",
            Self::SecondFactorSet { .. } => "second_factor.set",
            Self::SecondFactorRemoved { .. } => "second_factor.remove",
            Self::RecoveryCodeUsed { .. } => "recovery_code.use",
            Self::EmailAsked => "email.ask",
            Self::EmailConfirmationSent => "email.send_confirmation",
            Self::EmailChanged { .. } => "email.change",
            Self::EmailConfirmed { .. } => "email.confirm",
            Self::EmailReclaimed { .. } => "email.reclaim",
            Self::MemberInvited { .. } => "member.invite",
            Self::InvitationResent { .. } => "invitation.resend",
            Self::InvitationUpdated { .. } => "invitation.update",
            Self::InvitationRevoked { .. } => "invitation.revoke",
            Self::InvitationDeclined { .. } => "invitation.decline",
            Self::InvitationAsked { .. } => "invitation.ask",
            Self::InvitationAccepted { .. } => "invitation.accept",
            Self::MemberUpdated { .. } => "member.update",
            Self::MemberSuspended { .. } => "member.suspend",
            Self::MemberRestored { .. } => "member.restore",
            Self::MemberRemoved { .. } => "member.remove",
            Self::MemberReturned { .. } => "member.return",
            Self::MemberLeft { .. } => "member.leave",
            Self::OwnershipOffered { .. } => "ownership.offer",
            Self::OwnershipKept { .. } => "ownership.keep",
            Self::OwnershipTransferred { .. } => "ownership.transfer",
            Self::OwnershipInherited { .. } => "ownership.inherit",
            Self::RoleCreated { .. } => "role.create",
            Self::RoleRenamed { .. } => "role.rename",
            Self::RoleUpdated { .. } => "role.update",
            Self::RoleDeleted { .. } => "role.delete",
            Self::ApiKeyCreated { .. } => "api_key.create",
            Self::ApiKeyUpdated { .. } => "api_key.update",
            Self::ApiKeyRotated { .. } => "api_key.rotate",
            Self::ApiKeyRevoked { .. } => "api_key.revoke",
            Self::AccountCreated { .. } => "account.create",
            Self::AccountRenamed { .. } => "account.rename",
            Self::AccountMoved { .. } => "account.move",
            Self::AccountDeleted { .. } => "account.delete",
            Self::ContactsRead { .. } => "contact.read",
            Self::ContactsSearched { .. } => "contact.search",
            Self::RecipientsCounted { .. } => "contact.count",
            Self::MembersRead { .. } => "member.read",
            Self::InvitationsRead { .. } => "invitation.read",
            Self::AccessLogRead { .. } => "access_log.read",
            Self::ContactCreated { .. } => "contact.create",
            Self::ContactUpdated { .. } => "contact.update",
            Self::ContactDeleted { .. } => "contact.delete",
            Self::CampaignCreated { .. } => "campaign.create",
            Self::CampaignUpdated { .. } => "campaign.update",
            Self::CampaignDeleted { .. } => "campaign.delete",
            Self::Refused { .. } => "refused",
        }
    }

    pub const fn severity(&self) -> Severity {
        match self {
            Self::OrganisationUpdated { .. }
            | Self::SignedIn
            | Self::SignedOut
            | Self::SecondFactorBegun
            | Self::EmailAsked
            | Self::EmailConfirmationSent
            | Self::EmailConfirmed { .. }
            | Self::InvitationResent { .. }
            | Self::InvitationDeclined { .. }
            | Self::InvitationAsked { .. }
            | Self::RoleCreated { .. }
            | Self::RoleRenamed { .. }
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
            | Self::CampaignCreated { .. }
            | Self::CampaignUpdated { .. } => Severity::Routine,
            Self::OrganisationFounded
            | Self::OrganisationRestored
            | Self::PolicyUpdated { .. }
            | Self::SignInFailed { .. }
            | Self::SecondFactorSet { .. }
            | Self::SecondFactorRemoved { .. }
            | Self::RecoveryCodeUsed { .. }
            | Self::EmailChanged { .. }
            | Self::MemberInvited { .. }
            | Self::InvitationUpdated { .. }
            | Self::InvitationRevoked { .. }
            | Self::InvitationAccepted { .. }
            | Self::MemberUpdated { .. }
            | Self::MemberRestored { .. }
            | Self::MemberReturned { .. }
            | Self::MemberLeft { .. }
            | Self::OwnershipOffered { .. }
            | Self::OwnershipKept { .. }
            | Self::RoleUpdated { .. }
            | Self::RoleDeleted { .. }
            | Self::ApiKeyCreated { .. }
            | Self::ApiKeyUpdated { .. }
            | Self::ApiKeyRotated { .. }
            | Self::ApiKeyRevoked { .. }
            | Self::AccountMoved { .. }
            | Self::ContactDeleted { .. }
            | Self::CampaignDeleted { .. } => Severity::Notable,
            Self::OrganisationDeleted
            | Self::EmailReclaimed { .. }
            | Self::MemberSuspended { .. }
            | Self::MemberRemoved { .. }
            | Self::OwnershipTransferred { .. }
            | Self::OwnershipInherited { .. }
            | Self::AccountDeleted { .. }
            | Self::Refused { .. } => Severity::Grave,
        }
    }

    /// The open pages to tell besides the log's.
    pub const fn topic(&self) -> Option<Topic> {
        match self {
            Self::OrganisationFounded
            | Self::OrganisationDeleted
            | Self::OrganisationRestored
            | Self::OrganisationUpdated { .. }
            | Self::PolicyUpdated { .. }
            | Self::OwnershipOffered { .. }
            | Self::OwnershipKept { .. }
            | Self::AccountCreated { .. }
            | Self::AccountRenamed { .. }
            | Self::AccountMoved { .. }
            | Self::AccountDeleted { .. } => Some(Topic::Organisation),
            Self::RoleCreated { .. }
            | Self::RoleRenamed { .. }
            | Self::RoleUpdated { .. }
            | Self::RoleDeleted { .. } => Some(Topic::Roles),
            Self::ApiKeyCreated { .. }
            | Self::ApiKeyUpdated { .. }
            | Self::ApiKeyRotated { .. }
            | Self::ApiKeyRevoked { .. } => Some(Topic::ApiKeys),
            Self::MemberInvited { .. }
            | Self::InvitationResent { .. }
            | Self::InvitationUpdated { .. }
            | Self::InvitationRevoked { .. }
            | Self::InvitationDeclined { .. } => Some(Topic::Invitations),
            Self::InvitationAccepted { .. }
            | Self::SecondFactorSet { .. }
            | Self::SecondFactorRemoved { .. }
            | Self::EmailChanged { .. }
            | Self::EmailConfirmed { .. }
            | Self::EmailReclaimed { .. }
            | Self::MemberUpdated { .. }
            | Self::MemberSuspended { .. }
            | Self::MemberRestored { .. }
            | Self::MemberRemoved { .. }
            | Self::MemberReturned { .. }
            | Self::MemberLeft { .. }
            | Self::OwnershipTransferred { .. }
            | Self::OwnershipInherited { .. } => Some(Topic::Members),
            Self::ContactCreated { .. } | Self::ContactUpdated { .. } | Self::ContactDeleted { .. } => {
                Some(Topic::Contacts)
            }
            Self::CampaignCreated { .. } | Self::CampaignUpdated { .. } | Self::CampaignDeleted { .. } => {
                Some(Topic::Campaigns)
            }
            Self::SignedIn
            | Self::SignedOut
            | Self::SignInFailed { .. }
            | Self::SecondFactorBegun
            | Self::RecoveryCodeUsed { .. }
            | Self::EmailAsked
            | Self::EmailConfirmationSent
            | Self::InvitationAsked { .. }
            | Self::ContactsRead { .. }
            | Self::ContactsSearched { .. }
            | Self::RecipientsCounted { .. }
            | Self::MembersRead { .. }
            | Self::InvitationsRead { .. }
            | Self::AccessLogRead { .. }
            | Self::Refused { .. } => None,
        }
    }

    /// Whether open pages of the log are told. They read it anew then: were they told of that, they would never stop.
    pub const fn updates_log_pages(&self) -> bool {
        !matches!(self, Self::AccessLogRead { .. })
    }

    /// Whether its repetitions by one actor within a minute stand in one entry.
    pub const fn is_counted(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. }
                | Self::SignInFailed { .. }
                | Self::MembersRead { .. }
                | Self::InvitationsRead { .. }
                | Self::AccessLogRead { .. }
        )
    }

    /// Whether it came to pass.
    pub const fn outcome(&self) -> Outcome {
        match self {
            Self::SignInFailed { .. } | Self::Refused { .. } => Outcome::Refused,
            _ => Outcome::Allowed,
        }
    }

    /// How many rows were shown or changed.
    pub const fn records(&self) -> u64 {
        match self {
            Self::ContactsRead { records }
            | Self::ContactsSearched { records }
            | Self::MembersRead { records }
            | Self::InvitationsRead { records }
            | Self::AccessLogRead { records } => *records,
            Self::SignedIn
            | Self::SignedOut
            | Self::SignInFailed { .. }
            | Self::RecipientsCounted { .. }
            | Self::Refused { .. } => 0,
            _ => 1,
        }
    }
}
