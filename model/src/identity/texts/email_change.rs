/// One's own e-mail address, and the link that confirms it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailChangeText {
    Title,
    /// {0}: the address.
    SignedInAs,
    ConfirmOwn,
    /// {0}: the address.
    Unconfirmed,
    SendAgain,
    SentAgain,
    /// {0}: the address; {1}: a time.
    Sent,
    NewEmail,
    Password,
    Change,
    ConfirmNew,
    /// {0}: the address.
    WillSignInAs,
    LoginPassword,
    Confirm,
    NotAsked,
    LinkFailedHint,
}

/// The link in the letter to an address from before, which takes the change back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailUndoText {
    Title,
    /// {0}: the address; {1}: a time.
    Purpose,
    Undo,
    NotAsked,
    LinkFailedHint,
}
