/// One's own password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnPasswordText {
    Title,
    Purpose,
    Current,
    Change,
    Changed,
    /// {0}: the link of [`OwnPasswordText::ResetIt`].
    Forgotten,
    ResetIt,
}

/// A forgotten password, and the link of the letter that leads to a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordResetText {
    Title,
    Purpose,
    Email,
    Send,
    /// {0}: the link to sign in.
    Remembered,
    SentTitle,
    /// Promises nothing that depends on the address.
    Sent,
    /// For those who get none: it is the same for every address.
    /// {0}: the link of [`PasswordResetText::AskAgain`]; {1}: that of [`PasswordResetText::SignUp`].
    NoMessage,
    AskAgain,
    SignUp,
    ChooseTitle,
    /// {0}: the address; {1}: a time.
    Choose,
    /// After a change of address was undone. {0}: the address.
    Restored,
    Save,
    NotAsked,
    LinkFailedHint,
}
