use crate::{InvitationState, RoleName};

/// The page that the link of an invitation opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationText {
    Title,
    Join {
        organisation: String,
    },
    /// With the accounts it is for, and the role in each.
    InvitedBy {
        by: String,
        places: Vec<(String, RoleName)>,
    },
    SignedInAsOther {
        other: String,
        email: String,
    },
    /// `{0}` is the address.
    SignedIn,
    /// `{0}` is the address.
    Known,
    /// `{0}` is the address.
    New,
    FirstName,
    LastName,
    Password,
    Accept,
    ExistingTitle,
    /// `{0}` is the address.
    Existing,
    /// The same, of a link that no letter carried.
    ExistingPerhaps,
    ExistingPassword,
    JoinExisting,
    /// Why it can't be accepted.
    Over(InvitationState),
    OverSentence {
        state: InvitationState,
        organisation: String,
        by: String,
        email: String,
    },
    Unknown,
    UnknownSentence,
    Ask,
    Asked,
}

/// The reader's own invitations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnInvitationsText {
    Title,
    Purpose,
    /// `{0}` is the link that says so.
    Unconfirmed,
    ConfirmEmail,
    Empty,
    /// `{0}` is the account, `{1}` the role, `{2}` who invited, `{3}` until when.
    Details,
    Void,
    Accept,
    Decline,
}
