mod above;
mod bulk;
mod invitations;
mod invite;
mod member;
mod members;
mod pending;
mod role;
mod roles;

use super::{English, count, number};
use crate::{
    EndingInvitations, InvitationFault, InvitationSender, InviteOutcome, Meaning, PeopleEvent, Permission,
    PermissionChange, PermissionSet, Role, RoleName,
};
use std::borrow::Cow;

/// What happened, after the name of who did it.
pub(super) fn sentence(event: &PeopleEvent, whom: &str) -> Cow<'static, str> {
    match event {
        PeopleEvent::MemberInvited { role, permissions, .. } => {
            format!("invited someone as {}", role_given(role, *permissions)).into()
        }
        PeopleEvent::InvitationResent { .. } => "resent an invitation".into(),
        PeopleEvent::InvitationLinkCopied { .. } => "copied a new link to an invitation".into(),
        PeopleEvent::InvitationUpdated { role, .. } => {
            format!("changed the role of an invitation to {}", role.en()).into()
        }
        PeopleEvent::InvitationRevoked { .. } => "withdrew an invitation".into(),
        PeopleEvent::InvitationRestored { .. } => "undid the withdrawal of an invitation".into(),
        PeopleEvent::InvitationDeclined { .. } => "declined an invitation".into(),
        PeopleEvent::InvitationAsked { .. } => "asked for a new invitation".into(),
        PeopleEvent::InvitationAccepted { role, permissions, .. } => {
            format!("accepted an invitation as {}", role_given(role, *permissions)).into()
        }
        PeopleEvent::MemberUpdated { before, after, .. } if before.role != after.role && after.role != Role::Custom => {
            format!("changed {whom}'s role to {}", after.role_name.en()).into()
        }
        PeopleEvent::MemberUpdated { .. } => format!("changed the permissions of {whom}").into(),
        PeopleEvent::MemberSuspended { .. } => format!("suspended {whom}").into(),
        PeopleEvent::MemberRestored { .. } => format!("restored {whom}").into(),
        PeopleEvent::MemberRemoved { .. } => format!("removed {whom}").into(),
        PeopleEvent::MemberReturned { .. } => format!("undid the removal of {whom}").into(),
        PeopleEvent::MemberLeft { .. } => "left the organisation".into(),
        PeopleEvent::RoleCreated { name, .. } => format!("created the role {name}").into(),
        PeopleEvent::RoleRenamed { name, before, .. } => format!("renamed the role {before} to {name}").into(),
        PeopleEvent::RoleUpdated { name, .. } => format!("changed the permissions of the role {name}").into(),
        PeopleEvent::RoleDeleted { name, .. } => format!("deleted the role {name}").into(),
        PeopleEvent::MembersRead { .. } => "viewed names or e-mail addresses of members".into(),
        PeopleEvent::InvitationsRead { .. } => "viewed e-mail addresses of invitations".into(),
    }
}

impl English for Role {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Admin",
            Self::Member => "Member",
            Self::Viewer => "Viewer",
            Self::Custom => "Custom",
            // It has its name elsewhere: see `RoleName`.
            Self::Named(_) => "Named role",
        }
        .into()
    }
}

impl English for Meaning<Role> {
    fn en(&self) -> Cow<'static, str> {
        match self.0 {
            Role::Owner => "Everything, and the only one who can delete the organisation or transfer ownership.",
            Role::Admin => "Manages the organisation: members, contacts, campaigns and billing.",
            Role::Member => "Views and edits contacts and campaigns.",
            Role::Viewer => "Views basic information. Sees no personal details and changes nothing.",
            Role::Custom => "Exactly the permissions you switch on.",
            Role::Named(_) => "One of your organisation's own roles.",
        }
        .into()
    }
}

impl English for RoleName {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::BuiltIn(role) => role.en(),
            Self::Named(name) => name.clone().into(),
        }
    }
}

impl English for InviteOutcome {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Invited => "invited",
            Self::AlreadyMember => "already a member",
            Self::AlreadyInvited => "already invited",
            Self::Malformed => "not a valid e-mail address",
            Self::DomainNotAllowed => "domain not allowed by your organisation's policy",
            Self::AboveOwnPermissions => "this role has more permissions than you have there",
        }
        .into()
    }
}

impl English for InvitationFault {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Undeliverable => {
                "Couldn't be delivered. Check the address: withdraw this and invite the right one, or resend it."
            }
            Self::Void => {
                "The link no longer works: the sender can't give this access any more, or the policy doesn't allow the domain. Resend it yourself, or withdraw it."
            }
        }
        .into()
    }
}

/// "Ana no longer has: Contacts: Delete. 2 open invitations they sent will stop working."
/// A role, with how much a custom one holds.
fn role_given(role: &RoleName, permissions: Option<PermissionSet>) -> String {
    match permissions {
        None => role.en().into_owned(),
        Some(own) => format!("{} with {}", role.en(), count(own.len() as u64, "permission", "permissions")),
    }
}

impl English for PermissionChange {
    fn en(&self) -> Cow<'static, str> {
        let Self { name, lost, gained, ending } = self;
        let pii = PermissionSet::EMPTY.with(Permission::ContactReadPii);
        let change = match (lost.is_empty(), gained.is_empty()) {
            (true, true) => format!("{name}'s permissions haven't changed."),
            (false, true) if *lost == pii => format!("{name} can no longer see personal details."),
            (true, false) if *gained == pii => format!("{name} can now see personal details."),
            (false, true) => format!("{name} no longer has {}.", list(*lost)),
            (true, false) => format!("{name} now has {}.", list(*gained)),
            (false, false) => format!("{name} now has {}, and no longer {}.", list(*gained), list(*lost)),
        };
        with_ending(&change, *ending).into()
    }
}

/// A sentence, and the open invitations that stop working with what it says, if there are any.
pub(super) fn with_ending(sentence: &str, ending: EndingInvitations) -> String {
    match ending.count {
        0 => sentence.to_owned(),
        _ => format!("{sentence} {}", ending.en()),
    }
}

fn list(set: PermissionSet) -> String {
    match set.len() {
        1..=2 => set.iter().map(|permission| permission.en()).collect::<Vec<_>>().join(" and "),
        more => format!("{more} permissions"),
    }
}

/// Empty without any.
impl English for EndingInvitations {
    fn en(&self) -> Cow<'static, str> {
        let sent = match self.sent {
            InvitationSender::ByThem => " they sent",
            InvitationSender::ByKey => " it sent",
            InvitationSender::ByYou => " you sent",
            InvitationSender::BySeveral => "",
        };
        match self.count {
            0 => "".into(),
            1 => format!("1 open invitation{sent} will stop working.").into(),
            count => format!("{} open invitations{sent} will stop working.", number(count)).into(),
        }
    }
}

pub(super) const fn are(count: u64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}
