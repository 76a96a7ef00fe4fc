use crate::{
    AccountId, ContactId, Contents, Grant, InvitationId, MemberId, OrganisationFields, PermissionSet, Place,
    PolicyPoint, Refusal, Role, RoleId, Topic, UserId,
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
        was: Place,
    },
    /// A removal was taken back.
    MemberReturned {
        user: UserId,
        member: MemberId,
        place: Place,
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
        gone: Contents,
    },
    /// Personal details were shown.
    ContactsRead {
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
    Refused {
        why: Refusal,
    },
}

/// Whose rights an event changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touched {
    Nobody,
    User(UserId),
    Everyone,
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
            Self::SecondFactorBegun => "second_factor.begin",
            Self::SecondFactorSet { .. } => "second_factor.set",
            Self::SecondFactorRemoved { .. } => "second_factor.remove",
            Self::RecoveryCodeUsed { .. } => "recovery_code.use",
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
            Self::RoleCreated { .. } => "role.create",
            Self::RoleRenamed { .. } => "role.rename",
            Self::RoleUpdated { .. } => "role.update",
            Self::RoleDeleted { .. } => "role.delete",
            Self::AccountCreated { .. } => "account.create",
            Self::AccountRenamed { .. } => "account.rename",
            Self::AccountMoved { .. } => "account.move",
            Self::AccountDeleted { .. } => "account.delete",
            Self::ContactsRead { .. } => "contact.read",
            Self::ContactCreated { .. } => "contact.create",
            Self::ContactUpdated { .. } => "contact.update",
            Self::ContactDeleted { .. } => "contact.delete",
            Self::Refused { .. } => "refused",
        }
    }

    pub const fn severity(&self) -> Severity {
        match self {
            Self::OrganisationUpdated { .. }
            | Self::SignedIn
            | Self::SignedOut
            | Self::SecondFactorBegun
            | Self::InvitationResent { .. }
            | Self::InvitationDeclined { .. }
            | Self::InvitationAsked { .. }
            | Self::RoleCreated { .. }
            | Self::RoleRenamed { .. }
            | Self::AccountCreated { .. }
            | Self::AccountRenamed { .. }
            | Self::ContactsRead { .. }
            | Self::ContactCreated { .. }
            | Self::ContactUpdated { .. } => Severity::Routine,
            Self::OrganisationFounded
            | Self::OrganisationRestored
            | Self::PolicyUpdated { .. }
            | Self::SecondFactorSet { .. }
            | Self::SecondFactorRemoved { .. }
            | Self::RecoveryCodeUsed { .. }
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
            | Self::AccountMoved { .. }
            | Self::ContactDeleted { .. } => Severity::Notable,
            Self::OrganisationDeleted
            | Self::MemberSuspended { .. }
            | Self::MemberRemoved { .. }
            | Self::OwnershipTransferred { .. }
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
            Self::MemberInvited { .. }
            | Self::InvitationResent { .. }
            | Self::InvitationUpdated { .. }
            | Self::InvitationRevoked { .. }
            | Self::InvitationDeclined { .. } => Some(Topic::Invitations),
            Self::InvitationAccepted { .. }
            | Self::SecondFactorSet { .. }
            | Self::SecondFactorRemoved { .. }
            | Self::MemberUpdated { .. }
            | Self::MemberSuspended { .. }
            | Self::MemberRestored { .. }
            | Self::MemberRemoved { .. }
            | Self::MemberReturned { .. }
            | Self::MemberLeft { .. }
            | Self::OwnershipTransferred { .. } => Some(Topic::Members),
            Self::ContactCreated { .. } | Self::ContactUpdated { .. } | Self::ContactDeleted { .. } => {
                Some(Topic::Contacts)
            }
            Self::SignedIn
            | Self::SignedOut
            | Self::SecondFactorBegun
            | Self::RecoveryCodeUsed { .. }
            | Self::InvitationAsked { .. }
            | Self::ContactsRead { .. }
            | Self::Refused { .. } => None,
        }
    }

    /// Whose rights are no longer what they were.
    pub const fn touches(&self) -> Touched {
        match self {
            Self::SecondFactorSet { user }
            | Self::SecondFactorRemoved { user }
            | Self::MemberUpdated { user, .. }
            | Self::MemberSuspended { user, .. }
            | Self::MemberRestored { user, .. }
            | Self::MemberRemoved { user, .. }
            | Self::MemberReturned { user, .. }
            | Self::MemberLeft { user, .. } => Touched::User(*user),
            Self::OrganisationDeleted
            | Self::OrganisationRestored
            | Self::OwnershipTransferred { .. }
            | Self::PolicyUpdated { .. }
            | Self::RoleUpdated { .. }
            | Self::RoleDeleted { .. }
            | Self::AccountMoved { .. }
            | Self::AccountDeleted { .. } => Touched::Everyone,
            Self::OrganisationFounded
            | Self::OrganisationUpdated { .. }
            | Self::SignedIn
            | Self::SignedOut
            | Self::SecondFactorBegun
            | Self::RecoveryCodeUsed { .. }
            | Self::MemberInvited { .. }
            | Self::InvitationResent { .. }
            | Self::InvitationUpdated { .. }
            | Self::InvitationRevoked { .. }
            | Self::InvitationDeclined { .. }
            | Self::InvitationAsked { .. }
            | Self::InvitationAccepted { .. }
            | Self::OwnershipOffered { .. }
            | Self::OwnershipKept { .. }
            | Self::RoleCreated { .. }
            | Self::RoleRenamed { .. }
            | Self::AccountCreated { .. }
            | Self::AccountRenamed { .. }
            | Self::ContactsRead { .. }
            | Self::ContactCreated { .. }
            | Self::ContactUpdated { .. }
            | Self::ContactDeleted { .. }
            | Self::Refused { .. } => Touched::Nobody,
        }
    }

    /// The other person, where there is one.
    pub const fn user(&self) -> Option<UserId> {
        match (self, self.touches()) {
            (Self::OwnershipOffered { to } | Self::OwnershipKept { to } | Self::OwnershipTransferred { to, .. }, _) => {
                Some(*to)
            }
            (_, Touched::User(user)) => Some(user),
            (_, Touched::Nobody | Touched::Everyone) => None,
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

    /// How many rows were shown or changed.
    pub const fn records(&self) -> u64 {
        match self {
            Self::ContactsRead { records } => *records,
            Self::SignedIn | Self::SignedOut | Self::Refused { .. } => 0,
            _ => 1,
        }
    }

    /// What happened, after the name of who did it; `whom` is the other person, where there is one.
    pub fn sentence(&self, whom: &str) -> String {
        match self {
            Self::OrganisationFounded => "founded the organisation".to_owned(),
            Self::OrganisationDeleted => "deleted the organisation".to_owned(),
            Self::OrganisationRestored => "restored the organisation".to_owned(),
            Self::OrganisationUpdated { fields } => fields.sentence(),
            Self::PolicyUpdated { point, before, after } => {
                format!("changed the policy \"{}\" from {before} to {after}", point.label())
            }
            Self::SignedIn => "signed in".to_owned(),
            Self::SignedOut => "signed out".to_owned(),
            Self::SecondFactorBegun => "began to set up a second factor".to_owned(),
            Self::SecondFactorSet { .. } => "set up a second factor".to_owned(),
            Self::SecondFactorRemoved { .. } => "took away their second factor".to_owned(),
            Self::RecoveryCodeUsed { left } => format!("used a recovery code, {left} are left"),
            Self::MemberInvited { role, .. } => format!("invited somebody as {role}"),
            Self::InvitationResent { .. } => "sent an invitation again".to_owned(),
            Self::InvitationUpdated { role, .. } => format!("changed the role of an invitation to {role}"),
            Self::InvitationRevoked { .. } => "withdrew an invitation".to_owned(),
            Self::InvitationDeclined { .. } => "declined an invitation".to_owned(),
            Self::InvitationAsked { .. } => "asked for a new invitation".to_owned(),
            Self::InvitationAccepted { role, .. } => format!("accepted an invitation as {role}"),
            Self::MemberUpdated { before, after, .. } if before.role != after.role && after.role != Role::Custom => {
                format!("made {whom} {}", after.called)
            }
            Self::MemberUpdated { .. } => format!("changed the permissions of {whom}"),
            Self::MemberSuspended { .. } => format!("suspended {whom}"),
            Self::MemberRestored { .. } => format!("restored {whom}"),
            Self::MemberRemoved { .. } => format!("removed {whom}"),
            Self::MemberReturned { .. } => format!("took back the removal of {whom}"),
            Self::MemberLeft { .. } => "left".to_owned(),
            Self::OwnershipOffered { .. } => format!("offered the organisation to {whom}"),
            Self::OwnershipKept { .. } => format!("ended the offer of the organisation to {whom}"),
            Self::OwnershipTransferred { .. } => "took over the organisation".to_owned(),
            Self::RoleCreated { name, .. } => format!("made the role {name}"),
            Self::RoleRenamed { name, before, .. } => format!("renamed the role {before} to {name}"),
            Self::RoleUpdated { name, .. } => format!("changed what the role {name} holds"),
            Self::RoleDeleted { name, .. } => format!("deleted the role {name}"),
            Self::AccountCreated { name, .. } => format!("made the account {name}"),
            Self::AccountRenamed { name, before, .. } => format!("renamed the account {before} to {name}"),
            Self::AccountMoved { name, below, .. } => format!("moved the account {name} below {below}"),
            Self::AccountDeleted { name, .. } => format!("deleted the account {name}"),
            Self::ContactsRead { records: 1 } => "read a contact".to_owned(),
            Self::ContactsRead { records } => format!("read {records} contacts"),
            Self::ContactCreated { .. } => "added a contact".to_owned(),
            Self::ContactUpdated { .. } => "changed a contact".to_owned(),
            Self::ContactDeleted { .. } => "deleted a contact".to_owned(),
            Self::Refused { why: Refusal::Permission(permission) } => {
                format!("was refused: {}", permission.title().to_lowercase())
            }
            Self::Refused { why: Refusal::RolesByOwnerOnly } => {
                "was refused: the policy leaves roles to the owner".to_owned()
            }
            Self::Refused { why: Refusal::DomainNotAllowed } => {
                "was refused: the policy names other e-mail domains".to_owned()
            }
            Self::Refused { why: Refusal::SecondFactorMissing } => {
                "was refused: the policy requires a second factor".to_owned()
            }
            Self::Refused { .. } => "was refused".to_owned(),
        }
    }
}
