use crate::{FieldErrors, Form, Moment, OrganisationId, Permission, PermissionChange, PermissionSet, Role, RoleName};
use serde::{Deserialize, Serialize};

id! {
    /// A place of work inside an organisation.
    AccountId
}

/// An account as one of its members enters it: where it is, and what they may do there now. Pages go by it, so what
/// is kept for one reader is shown to those alone who stand in the same place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Standing {
    pub organisation: OrganisationId,
    pub account: AccountId,
    pub organisation_name: String,
    /// The names from the root account down to this one.
    pub trail: Vec<String>,
    pub role: Role,
    pub permissions: PermissionSet,
    /// Whether the policy leaves changes of roles to somebody else.
    pub roles_closed: bool,
    /// From when the reader is kept out, for want of a second factor that the organisation requires.
    pub second_factor_due: Option<Moment>,
    /// A number from before the rights were read. A page whose live channel greets it with another
    /// has missed something in between.
    pub as_of: u64,
}

impl Standing {
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(permission)
    }
}

/// An account in somebody's switcher.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub name: String,
    /// 0 for the root account.
    pub depth: u8,
    /// The names from the root account down to it, of an account that was found by a search.
    pub above: Vec<String>,
    /// Whether they may enter it; otherwise it stands there because one below it is open to them.
    pub open: bool,
    /// Whether it would be open to them, were its organisation not being deleted.
    pub deleting: bool,
}

/// An account in its place in the tree, as far as the reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AccountNode {
    pub id: AccountId,
    pub parent: Option<AccountId>,
    pub name: String,
    /// 0 for the root account.
    pub depth: u8,
    /// People whose membership is in this very account.
    pub members: u64,
    pub contacts: u64,
}

/// An account to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AccountChoice {
    pub id: AccountId,
    pub name: String,
    /// 0 for the root account.
    pub depth: u8,
}

/// A piece of the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountTree {
    /// Each account followed by those below it.
    pub rows: Vec<AccountNode>,
    /// All that match; not all may be shown.
    pub total: u64,
}

/// Names an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountForm {
    pub name: String,
}

impl Form for AccountForm {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.name("name", &mut self.name);
    }
}

/// Who gains and who loses what when an account moves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountMove {
    pub gain: Vec<AccountMoveResult>,
    pub lose: Vec<AccountMoveResult>,
    /// Open invitations that can no longer be accepted then.
    pub invitations: u64,
}

/// Somebody who may do more or less in a moved account than before.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AccountMoveResult {
    pub name: String,
    /// The roles that begin or end to reach it, each with the account that it is in.
    pub ways: Vec<InheritedAccess>,
    /// What becomes different.
    pub change: AccountMoveChange,
}

/// By which somebody, or a key, works in an account below.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InheritedAccess {
    /// With the account of the membership.
    Role {
        role_name: RoleName,
        through: String,
    },
    Key {
        through: String,
    },
}

/// What a move does to somebody, or to a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountMoveChange {
    /// They come into the account, or lose it.
    Entry {
        first_name: String,
        account: String,
        may_enter: bool,
    },
    Permissions(PermissionChange),
    Key {
        name: String,
        account: String,
        works: bool,
    },
}
