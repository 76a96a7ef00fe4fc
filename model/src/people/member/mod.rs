mod act;

pub use act::*;

use crate::{AccountId, Cursor, Grant, Moment, PermissionSet, Refusal, Role, RoleName, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

id! {
    /// A user in an account.
    MemberId
}

/// A user in an account, as the members page shows them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Member {
    pub id: MemberId,
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub role_name: RoleName,
    pub account: AccountId,
    pub account_name: String,
    pub suspended: bool,
    /// Whether they sign in with a code besides the password; for those alone who may change members.
    pub second_factor: Option<bool>,
    /// When they last used a page; `None` if never.
    pub last_seen: Option<Moment>,
    pub joined: Moment,
}

/// One member with everything the permission drawer needs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MemberDetails {
    pub member: Member,
    pub permissions: PermissionSet,
    pub open_sessions: u64,
    /// Open invitations of theirs that can no longer be accepted without this membership.
    pub invitations: u64,
    /// What the reader may do with this member, or why not.
    pub update: Result<(), Refusal>,
    pub suspend: Result<(), Refusal>,
    pub remove: Result<(), Refusal>,
    /// Whether the reader may take away what this member signs in with besides the password.
    pub reset_second_factor: Result<(), Refusal>,
    /// What the reader holds here: nobody gives or takes more.
    pub ceiling: PermissionSet,
    /// What can be held in the member's account at all.
    pub reach: PermissionSet,
}

impl MemberDetails {
    /// Whether the reader may give this role to this member.
    pub fn may_become(&self, role: Role) -> Result<(), Refusal> {
        self.may_hold(role.permissions(self.permissions))
    }

    /// Whether the reader may have this member hold these permissions, such as a named role's.
    pub fn may_hold(&self, permissions: PermissionSet) -> Result<(), Refusal> {
        self.update?;
        let touched = self.permissions.difference(permissions.intersection(self.reach));
        if touched.is_subset(self.ceiling) { Ok(()) } else { Err(Refusal::AboveOwnPermissions) }
    }
}

/// What a change of permissions did, said in place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MemberUpdated {
    pub role: Role,
    pub role_name: RoleName,
    pub permissions: PermissionSet,
    pub change: PermissionChange,
    pub open_sessions: u64,
}

/// All that a membership was, so that it can be again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipSnapshot {
    pub account: AccountId,
    pub grant: Grant,
    pub suspended_at: Option<Timestamp>,
    pub joined_at: Timestamp,
}

/// Which members a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberFilter {
    /// Part of a name or e-mail address.
    pub search: String,
    pub role: Option<Role>,
    pub status: Option<MemberStatus>,
    /// Those who sign in with a code besides the password, or those who do not. Asked by those alone who may change
    /// members.
    pub second_factor: Option<bool>,
    /// Those of this account and of those below it alone.
    pub within: Option<AccountId>,
    pub sort: MemberSort,
    /// The other way round.
    pub descending: bool,
    pub cursor: Option<Cursor>,
}

/// In which order a list shows members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberSort {
    /// The longest-standing first.
    #[default]
    Joined,
    Name,
    /// The owner first, then Admins, and so on.
    Role,
}

impl MemberSort {
    pub const ALL: [Self; 3] = [Self::Joined, Self::Name, Self::Role];

    /// Its name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Name => "name",
            Self::Role => "role",
        }
    }
}

/// The text names no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownSort;

impl FromStr for MemberSort {
    type Err = UnknownSort;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|sort| sort.name() == name).ok_or(UnknownSort)
    }
}

/// Somebody who reaches an account by a membership in one above it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MemberAbove {
    pub id: MemberId,
    pub name: String,
    pub role: Role,
    pub role_name: RoleName,
    /// The account of the membership, for those who may see its members.
    pub from: Option<String>,
    pub suspended: bool,
    pub joined: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberStatus {
    Active,
    Suspended,
}

/// How many people are in an account and below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberCounts {
    pub active: u64,
    pub suspended: u64,
    pub invited: u64,
    /// Memberships above that reach here.
    pub above: u64,
}

/// Whether somebody with `ceiling` may touch what a change from `before` to `after` touches.
///
/// # Errors
/// [`Refusal::AboveOwnPermissions`].
pub fn within_ceiling(ceiling: PermissionSet, before: PermissionSet, after: PermissionSet) -> Result<(), Refusal> {
    if before.difference(after).is_subset(ceiling) { Ok(()) } else { Err(Refusal::AboveOwnPermissions) }
}

/// What a change of permissions did to somebody, or to what a key or a role holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PermissionChange {
    /// The first name of the person, or what the key or the role is called.
    pub name: String,
    pub lost: PermissionSet,
    pub gained: PermissionSet,
    /// Open invitations that stop working by it.
    pub ending: EndingInvitations,
}

impl PermissionChange {
    pub fn of(name: String, before: PermissionSet, after: PermissionSet, ending: EndingInvitations) -> Self {
        Self { name, lost: before.without(after), gained: after.without(before), ending }
    }
}
