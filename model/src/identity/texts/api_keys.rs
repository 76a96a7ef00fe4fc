/// The list of API keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeysText {
    Title,
    Purpose,
    NewKey,
    Key,
    CreatedBy,
    Account,
    Permissions,
    PermissionCount {
        given: usize,
        all: usize,
    },
    LastUsed,
    Never,
    Status,
    /// {0}: a time.
    Expires,
    NoMatch,
    NoKeys,
    CreateFirst,
    SearchHint,
}

/// The drawer of a new API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewKeyText {
    Title,
    Name,
    NameHint,
    Expires,
    /// 0: not by itself.
    ExpiresIn {
        days: u16,
    },
    StartsEmpty,
    StartsWithAll {
        all: usize,
    },
    StartsWithSome {
        some: usize,
        all: usize,
    },
    MostNeedFewer,
    StartWith,
    None,
    All,
    Create,
    Permissions,
    Find,
    FindPermission,
}

/// A key's secret, shown once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewSecretText {
    Label,
    /// {0}: the key's name.
    CopyNow,
    Copy,
    /// {0}: the header; {1}, {2}: addresses of the API and of the account.
    Usage,
    ViewKey,
}

/// The drawer of an API key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiKeyText {
    Label,
    /// {0}: how the key begins; {1}: its account.
    Place,
    /// {0}: who; {1}, {2}: times.
    CreatedUsed,
    /// {0}: who; {1}: a time.
    CreatedUnused,
    /// {0}: a time.
    Expires,
    /// {0}: a time.
    Expired,
    Ineffective {
        permissions: usize,
        creator: String,
    },
    EffectiveAccess,
    Hint,
    AppliesNext,
    /// {0}: the invitations that end with the key.
    IfRevoked,
    SwitchAllOff,
    CopyRole,
    CopyRoleConsequence,
    CopyRoleFrom,
    SetPermissions,
    NewSecret,
    NewSecretQuestion {
        name: String,
    },
    NewSecretConsequence,
    CreateSecret,
    Revoke,
    RevokeQuestion {
        name: String,
    },
    RevokeConsequence,
    RevokeKey,
    KeyRevoked,
}
