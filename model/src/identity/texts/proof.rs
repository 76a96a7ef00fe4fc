/// What is asked before something sensitive is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofText {
    Title,
    Hint,
    Password,
    Code,
    CodeHint,
    /// Of somebody with passkeys alone.
    RecoveryCode,
    Confirm,
    Back,
}
