use crate::{
    Facts, Grant, InvitationId, MemberId, MembershipSnapshot, PermissionSet, RightsAffected, RoleId, RoleName, Topic,
    UserId,
};
use serde::{Deserialize, Serialize};

/// What happens to members, invitations and roles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeopleEvent {
    MemberInvited {
        invitation: InvitationId,
        role: RoleName,
        /// The toggles of a custom role, if it has any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        permissions: Option<PermissionSet>,
    },
    InvitationResent {
        invitation: InvitationId,
    },
    /// Whoever may invite took a new link, to hand it over themselves.
    InvitationLinkCopied {
        invitation: InvitationId,
    },
    InvitationUpdated {
        invitation: InvitationId,
        role: RoleName,
    },
    InvitationRevoked {
        invitation: InvitationId,
    },
    /// A withdrawal was taken back.
    InvitationRestored {
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
        role: RoleName,
        /// The toggles of a custom role, if it has any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        permissions: Option<PermissionSet>,
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
            Self::InvitationLinkCopied { .. } => Facts::of("invitation.copy_link").notable().on(Topic::Invitations),
            Self::InvitationUpdated { .. } => Facts::of("invitation.update").notable().on(Topic::Invitations),
            Self::InvitationRevoked { .. } => Facts::of("invitation.revoke").notable().on(Topic::Invitations),
            Self::InvitationRestored { .. } => Facts::of("invitation.restore").notable().on(Topic::Invitations),
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
}
