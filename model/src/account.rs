use crate::{AccountId, OrganisationId, Permission, PermissionSet, Role};
use serde::{Deserialize, Serialize};

/// An account as one of its members enters it: where it is, and what they may do there now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    pub organisation: OrganisationId,
    pub account: AccountId,
    pub organisation_name: String,
    /// The names from the root account down to this one.
    pub trail: Vec<String>,
    pub role: Role,
    pub permissions: PermissionSet,
    /// A number from before the rights were read. A page whose live channel greets it with another
    /// has missed something in between.
    pub as_of: u64,
}

impl Standing {
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(permission)
    }
}

/// An account that somebody may enter, for the switcher.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub organisation_name: String,
    pub name: String,
    /// 0 for the root account.
    pub depth: u8,
}
