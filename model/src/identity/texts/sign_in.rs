/// Signing in with a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInText {
    Title,
    Email,
    Password,
    /// {0}: the link of [`SignInText::CreateOrganisation`].
    NewHere,
    CreateOrganisation,
    ForgotPassword,
    /// After a new password was chosen by the link of a letter.
    PasswordReset,
    SignedOut,
}

/// The second step, for those with two-factor authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInCodeText {
    Title,
    Hint,
    AppHint,
    SmsHint,
    AppOrSmsHint,
    /// Of somebody with passkeys alone.
    PasskeyHint,
    Code,
    UseRecoveryCode,
    RecoveryHint,
    RecoveryCode,
    Remember,
    StartOver,
}
