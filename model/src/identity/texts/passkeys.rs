use crate::Device;

/// One's own passkeys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasskeysText {
    Title,
    Purpose,
    NeedsCode,
    NeedsBrowser,
    NoPasskeys,
    Passkeys,
    /// {0}: a time.
    AddedAt,
    /// {0}: when it was added; {1}: when it was used.
    AddedAndUsedAt,
    Name,
    /// What a new one may be called.
    SuggestedName(Device),
    Add,
    Added,
    NotMade,
    Rename,
    Renamed,
    Remove,
    Removed,
    RemoveQuestion {
        name: String,
    },
    LastRequired {
        organisations: Vec<String>,
    },
}

/// A passkey in the place of something that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsePasskeyText {
    SignIn,
    InsteadOfCode,
    NotShown,
    Or,
}
