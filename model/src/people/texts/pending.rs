/// The list of pending invitations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PendingText {
    SearchHint,
    ByOnePerson,
    ByOneKey,
    NoMatch,
    Empty,
    /// `{0}` is the account, `{1}` who invited, `{2}` how far the letter is, `{3}` until when.
    Details,
    /// `{0}` is when.
    Sent,
    Waiting,
    Failed,
    CopyLink,
    CopyLinkFor {
        email: String,
    },
    CopyTitle {
        email: String,
    },
    CopyConsequence {
        email: String,
    },
    CreateLink,
    /// Above the new link.
    NewLink,
    Copy,
    RoleFor {
        email: String,
    },
    /// A custom role, with how many permissions it gives.
    CustomRole {
        permissions: usize,
    },
    RoleChanged,
    Resend,
    ResendTo {
        email: String,
    },
    Resent,
    Withdraw,
    WithdrawFrom {
        email: String,
    },
    WithdrawQuestion {
        email: String,
    },
    WithdrawConsequence,
    Withdrawn,
}
