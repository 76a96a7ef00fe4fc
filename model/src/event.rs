use crate::{ContactId, InvitationId, MemberId, PermissionSet, Refusal, Role, Topic, UserId};
use serde::{Deserialize, Serialize};

/// Everything that happens to an organisation's data. A change is committed with one of these, and
/// only so: it gives the entry of the data access log, its severity, and the open pages to tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    OrganisationFounded,
    OrganisationUpdated,
    SignedIn,
    SignedOut,
    MemberInvited {
        invitation: InvitationId,
        role: Role,
    },
    InvitationResent {
        invitation: InvitationId,
    },
    InvitationRevoked {
        invitation: InvitationId,
    },
    InvitationAccepted {
        invitation: InvitationId,
        role: Role,
    },
    MemberUpdated {
        user: UserId,
        member: MemberId,
        role: Role,
        lost: PermissionSet,
        gained: PermissionSet,
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
            Self::OrganisationUpdated => "organisation.update",
            Self::SignedIn => "session.create",
            Self::SignedOut => "session.delete",
            Self::MemberInvited { .. } => "member.invite",
            Self::InvitationResent { .. } => "invitation.resend",
            Self::InvitationRevoked { .. } => "invitation.revoke",
            Self::InvitationAccepted { .. } => "invitation.accept",
            Self::MemberUpdated { .. } => "member.update",
            Self::MemberSuspended { .. } => "member.suspend",
            Self::MemberRestored { .. } => "member.restore",
            Self::MemberRemoved { .. } => "member.remove",
            Self::ContactsRead { .. } => "contact.read",
            Self::ContactCreated { .. } => "contact.create",
            Self::ContactUpdated { .. } => "contact.update",
            Self::ContactDeleted { .. } => "contact.delete",
            Self::Refused { .. } => "refused",
        }
    }

    pub const fn severity(&self) -> Severity {
        match self {
            Self::OrganisationUpdated
            | Self::SignedIn
            | Self::SignedOut
            | Self::InvitationResent { .. }
            | Self::ContactsRead { .. }
            | Self::ContactCreated { .. }
            | Self::ContactUpdated { .. } => Severity::Routine,
            Self::OrganisationFounded
            | Self::MemberInvited { .. }
            | Self::InvitationRevoked { .. }
            | Self::InvitationAccepted { .. }
            | Self::MemberUpdated { .. }
            | Self::MemberRestored { .. }
            | Self::ContactDeleted { .. } => Severity::Notable,
            Self::MemberSuspended { .. } | Self::MemberRemoved { .. } | Self::Refused { .. } => Severity::Grave,
        }
    }

    /// The open pages to tell besides the log's.
    pub const fn topic(&self) -> Option<Topic> {
        match self {
            Self::OrganisationFounded | Self::OrganisationUpdated => Some(Topic::Organisation),
            Self::MemberInvited { .. } | Self::InvitationResent { .. } | Self::InvitationRevoked { .. } => {
                Some(Topic::Invitations)
            }
            Self::InvitationAccepted { .. }
            | Self::MemberUpdated { .. }
            | Self::MemberSuspended { .. }
            | Self::MemberRestored { .. }
            | Self::MemberRemoved { .. } => Some(Topic::Members),
            Self::ContactCreated { .. } | Self::ContactUpdated { .. } | Self::ContactDeleted { .. } => {
                Some(Topic::Contacts)
            }
            Self::SignedIn | Self::SignedOut | Self::ContactsRead { .. } | Self::Refused { .. } => None,
        }
    }

    /// The user whose rights are no longer what they were.
    pub const fn rights_of(&self) -> Option<UserId> {
        match self {
            Self::MemberUpdated { user, .. }
            | Self::MemberSuspended { user, .. }
            | Self::MemberRestored { user, .. }
            | Self::MemberRemoved { user, .. } => Some(*user),
            Self::OrganisationFounded
            | Self::OrganisationUpdated
            | Self::SignedIn
            | Self::SignedOut
            | Self::MemberInvited { .. }
            | Self::InvitationResent { .. }
            | Self::InvitationRevoked { .. }
            | Self::InvitationAccepted { .. }
            | Self::ContactsRead { .. }
            | Self::ContactCreated { .. }
            | Self::ContactUpdated { .. }
            | Self::ContactDeleted { .. }
            | Self::Refused { .. } => None,
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
            Self::OrganisationUpdated => "changed the organisation's details".to_owned(),
            Self::SignedIn => "signed in".to_owned(),
            Self::SignedOut => "signed out".to_owned(),
            Self::MemberInvited { role, .. } => format!("invited somebody as {role}"),
            Self::InvitationResent { .. } => "sent an invitation again".to_owned(),
            Self::InvitationRevoked { .. } => "withdrew an invitation".to_owned(),
            Self::InvitationAccepted { role, .. } => format!("accepted an invitation as {role}"),
            Self::MemberUpdated { role, lost, gained, .. } if lost.is_empty() && gained.is_empty() => {
                format!("made {whom} {role}")
            }
            Self::MemberUpdated { .. } => format!("changed the permissions of {whom}"),
            Self::MemberSuspended { .. } => format!("suspended {whom}"),
            Self::MemberRestored { .. } => format!("restored {whom}"),
            Self::MemberRemoved { .. } => format!("removed {whom}"),
            Self::ContactsRead { records: 1 } => "read a contact".to_owned(),
            Self::ContactsRead { records } => format!("read {records} contacts"),
            Self::ContactCreated { .. } => "added a contact".to_owned(),
            Self::ContactUpdated { .. } => "changed a contact".to_owned(),
            Self::ContactDeleted { .. } => "deleted a contact".to_owned(),
            Self::Refused { why: Refusal::Permission(permission) } => {
                format!("was refused: {}", permission.title().to_lowercase())
            }
            Self::Refused { .. } => "was refused".to_owned(),
        }
    }
}
