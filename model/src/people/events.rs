use crate::{
    Facts, Grant, InvitationId, MemberId, MembershipSnapshot, PermissionSet, RightsAffected, Role, RoleId, Topic,
    UserId,
};
use serde::{Deserialize, Serialize};

/// What happens to members, invitations and roles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeopleEvent {
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
    /// Names and addresses of members, or of who is invited, were given to a program.
    MembersRead {
        records: u64,
    },
    InvitationsRead {
        records: u64,
    },
}

impl PeopleEvent {
    pub(crate) fn facts(&self) -> Facts {
        match self {
            Self::MemberInvited { .. } => Facts::of("member.invite").notable().on(Topic::Invitations),
            Self::InvitationResent { .. } => Facts::of("invitation.resend").on(Topic::Invitations),
            Self::InvitationUpdated { .. } => Facts::of("invitation.update").notable().on(Topic::Invitations),
            Self::InvitationRevoked { .. } => Facts::of("invitation.revoke").notable().on(Topic::Invitations),
            Self::InvitationDeclined { .. } => Facts::of("invitation.decline").on(Topic::Invitations),
            Self::InvitationAsked { .. } => Facts::of("invitation.ask"),
            Self::InvitationAccepted { .. } => {
                Facts::of("invitation.accept").notable().on(Topic::Members).rights(RightsAffected::Actor)
            }
            Self::MemberUpdated { user, member, .. } => {
                Facts::of("member.update").notable().on(Topic::Members).rights_of(*user).member(*member)
            }
            Self::MemberSuspended { user, member } => {
                Facts::of("member.suspend").grave().on(Topic::Members).rights_of(*user).member(*member)
            }
            Self::MemberRestored { user, member } => {
                Facts::of("member.restore").notable().on(Topic::Members).rights_of(*user).member(*member)
            }
            Self::MemberRemoved { user, member, .. } => {
                Facts::of("member.remove").grave().on(Topic::Members).rights_of(*user).member(*member)
            }
            Self::MemberReturned { user, member, .. } => {
                Facts::of("member.return").notable().on(Topic::Members).rights_of(*user).member(*member)
            }
            Self::MemberLeft { user, member } => {
                Facts::of("member.leave").notable().on(Topic::Members).rights_of(*user).member(*member)
            }
            Self::RoleCreated { .. } => Facts::of("role.create").on(Topic::Roles),
            Self::RoleRenamed { .. } => Facts::of("role.rename").on(Topic::Roles),
            Self::RoleUpdated { .. } => {
                Facts::of("role.update").notable().on(Topic::Roles).rights(RightsAffected::Everyone)
            }
            Self::RoleDeleted { .. } => {
                Facts::of("role.delete").notable().on(Topic::Roles).rights(RightsAffected::Everyone)
            }
            Self::MembersRead { records } => Facts::of("member.read").records(*records).collapsed(),
            Self::InvitationsRead { records } => Facts::of("invitation.read").records(*records).collapsed(),
        }
    }

    /// What happened, after the name of who did it; `whom` is the other person, where there is one.
    pub(crate) fn sentence(&self, whom: &str) -> String {
        match self {
            Self::MemberInvited { role, .. } => format!("invited somebody as {role}"),
            Self::InvitationResent { .. } => "sent an invitation again".to_owned(),
            Self::InvitationUpdated { role, .. } => format!("changed the role of an invitation to {role}"),
            Self::InvitationRevoked { .. } => "withdrew an invitation".to_owned(),
            Self::InvitationDeclined { .. } => "declined an invitation".to_owned(),
            Self::InvitationAsked { .. } => "asked for a new invitation".to_owned(),
            Self::InvitationAccepted { role, .. } => format!("accepted an invitation as {role}"),
            Self::MemberUpdated { before, after, .. } if before.role != after.role && after.role != Role::Custom => {
                format!("made {whom} {}", after.role_name)
            }
            Self::MemberUpdated { .. } => format!("changed the permissions of {whom}"),
            Self::MemberSuspended { .. } => format!("suspended {whom}"),
            Self::MemberRestored { .. } => format!("restored {whom}"),
            Self::MemberRemoved { .. } => format!("removed {whom}"),
            Self::MemberReturned { .. } => format!("took back the removal of {whom}"),
            Self::MemberLeft { .. } => "left".to_owned(),
            Self::RoleCreated { name, .. } => format!("made the role {name}"),
            Self::RoleRenamed { name, before, .. } => format!("renamed the role {before} to {name}"),
            Self::RoleUpdated { name, .. } => format!("changed what the role {name} holds"),
            Self::RoleDeleted { name, .. } => format!("deleted the role {name}"),
            Self::MembersRead { .. } => "read names or e-mail addresses of members".to_owned(),
            Self::InvitationsRead { .. } => "read e-mail addresses of invitations".to_owned(),
        }
    }
}
