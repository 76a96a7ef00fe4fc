use crate::EndingInvitations;

/// The drawer of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberText {
    Label,
    SignIn {
        sessions: u64,
        /// For those who may know.
        two_factor: Option<bool>,
    },
    /// `{0}` is the account.
    RoleIn,
    RoleOutOfReach,
    ChangeRole,
    CurrentRole,
    EffectiveAccess,
    LogEntries,
    Hint,
    AppliedTo {
        sessions: u64,
    },
    /// `{0}` is the sentence about the invitations that end.
    Ending,
    RemoveQuestion {
        name: String,
    },
    RemoveConsequence(EndingInvitations),
    ResetSecondFactor,
    ResetQuestion {
        name: String,
    },
    ResetConsequence,
    Reset,
    SecondFactorWasReset,
}
