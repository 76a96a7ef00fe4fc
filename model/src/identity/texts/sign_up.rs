/// Signing up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUpText {
    Title,
    Purpose,
    FirstName,
    LastName,
    Organisation,
    Email,
    Create,
    /// {0}: the link to sign in.
    AlreadyMember,
    SentTitle,
    /// Promises nothing that depends on the address: of letters above a limit some wait.
    Sent,
    /// {0}: the link of [`SignUpText::SignUpAgain`].
    NoMessage,
    SignUpAgain,
}

/// The link that confirms a sign-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmSignUpText {
    Title,
    /// {0}: the organisation; {1}: the address; {2}: a time.
    Purpose,
    Password,
    Confirm,
    NotAsked,
    Existing,
    /// {0}: the address.
    ExistingHint,
    ExistingPassword,
    KeepLogin,
    Known,
    KnownHint,
    LinkFailedHint,
    SignUp,
}
