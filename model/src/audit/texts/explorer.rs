use crate::{GrantPath, KeyState, PermissionSet, RoleName, Total};

/// The access explorer: who can do something, and what nobody uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExplorerText {
    Title,
    Purpose,
    WhoCan,
    Permission,
    Show,
    PeopleWhoCan {
        people: Total,
        place: String,
    },
    Person,
    GrantedBy,
    Nobody,
    KeysWhoCan,
    KeyCount {
        keys: usize,
    },
    Key,
    KeyCreatedBy {
        creator: String,
    },
    /// A key of a parent account, which is unknown to those who can't see the members there.
    KeyInherited {
        creator: String,
        account: Option<String>,
    },
    Idle,
    IdleScope {
        place: String,
    },
    /// {0}: a time.
    AccountCreated,
    NotCounted,
    NoneUnused,
}

/// The explorer's drawers: what one member or API key can do, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExplainText {
    Label,
    Title {
        name: String,
        account: String,
    },
    ChangePermissions,
    Role {
        role: RoleName,
        inherited: bool,
    },
    /// {0}: who created the key.
    Key {
        state: KeyState,
        inherited: bool,
    },
    Permissions,
    PermissionCount {
        held: usize,
        all: usize,
    },
    Permission,
    Granted,
    Why,
    Yes,
    No,
    GivenToKey {
        creator: String,
        path: GrantPath,
    },
    Unused,
    /// {0}: a first name; {1}: a time.
    MemberSince,
    /// {0}: a time.
    KeySince,
    RemoveThese,
    RemoveQuestion {
        name: String,
    },
    RemoveConsequence {
        permissions: PermissionSet,
        becomes_custom: bool,
    },
    Remove,
    NoneRemovable,
    MemberInherited,
    KeyInherited,
}

/// What another role would change for a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhatIfText {
    Title,
    AnotherRole,
    Same { role: RoleName },
    Gained,
    Lost,
    Assign,
}

/// Permissions by name, one after the other.
#[derive(Clone, Copy, Debug)]
pub struct PermissionNames(pub PermissionSet);
