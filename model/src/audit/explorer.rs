//! Who can do what, by which way, and whether they do.

use crate::{AccountId, MemberId, Moment, Permission, PermissionSet, Refusal, Role, RoleName, UserId};
use serde::{Deserialize, Serialize};

/// A way by which somebody comes to what they may do in an account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GrantPath {
    /// They own the organisation.
    Owner,
    /// A membership in this account or in one above.
    Membership {
        role: Role,
        role_name: RoleName,
        /// Where; unknown to those who may not see the members there.
        account_name: Option<String>,
        /// From an account above.
        inherited: bool,
        /// It gives nothing as long as it is.
        suspended: bool,
    },
}

/// Somebody who holds a permission in an account, with every way that gives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Holder {
    /// A membership of theirs that reaches the account.
    pub member: MemberId,
    pub name: String,
    /// Empty for those who may not see the members of the account that the person is from.
    pub email: String,
    pub chains: Vec<GrantPath>,
}

/// What one person may do in an account, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberAccess {
    /// The membership that was asked for; a change is one of it.
    pub member: MemberId,
    pub name: String,
    pub first_name: String,
    pub role: Role,
    pub role_name: RoleName,
    /// Where all this counts: the reader's account, or that of the membership when it lies below.
    pub account: AccountId,
    pub account_name: String,
    /// What is held there.
    pub held: PermissionSet,
    /// What can be held there at all.
    pub reach: PermissionSet,
    /// Every way, with what it gives.
    pub chains: Vec<(GrantPath, PermissionSet)>,
    /// Whether the reader could change the membership, or why not.
    pub update: Result<(), Refusal>,
    /// The membership is in an account above, and is changed there.
    pub is_above: bool,
    /// For those who may read the data access log.
    pub unused: Option<Unused>,
}

impl MemberAccess {
    /// The ways that give a permission.
    pub fn paths_to(&self, permission: Permission) -> impl Iterator<Item = &GrantPath> {
        self.chains.iter().filter(move |(_, gives)| gives.contains(permission)).map(|(chain, _)| chain)
    }

    /// Why a permission is not held.
    pub fn lack(&self, permission: Permission) -> MemberLack {
        if self.reach.contains(permission) {
            MemberLack::NoRole { first_name: self.first_name.clone() }
        } else {
            MemberLack::TopLevelOnly
        }
    }
}

/// Why somebody does not hold a permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberLack {
    TopLevelOnly,
    NoRole { first_name: String },
}

/// What somebody holds and has not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unused {
    pub permissions: PermissionSet,
    /// When they joined, if that is less than [`UNUSED_DAYS`] ago.
    pub joined: Option<Moment>,
    /// What the reader can take from the membership.
    pub removable: PermissionSet,
}

/// What nobody has used in an account and those below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdlePermissions {
    pub permissions: PermissionSet,
    /// When the account was made, if that is less than [`UNUSED_DAYS`] ago.
    pub created: Option<Moment>,
}

/// After so many days a permission counts as unused.
pub const UNUSED_DAYS: u64 = 90;

/// What another role would change for a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolePreview {
    pub role_name: RoleName,
    pub gained: PermissionSet,
    pub lost: PermissionSet,
    /// Whose preview it is.
    pub user: UserId,
    /// Open invitations of theirs that could no longer be accepted.
    pub invitations: u64,
    /// Whether the reader could give it, or why not.
    pub allowed: Result<(), Refusal>,
}

impl PermissionSet {
    /// Those whose uses the data access log shows.
    pub fn logged_on_use() -> Self {
        Permission::ALL.iter().copied().filter(|permission| permission.is_use_logged()).collect()
    }
}
