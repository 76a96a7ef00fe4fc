use crate::EndingInvitations;

/// The drawer of one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleText {
    Label,
    Hint,
    BuiltInHint,
    /// Those who have it: in the organisation, or as far as the reader sees it.
    Holders {
        people: u64,
        within: bool,
    },
    MoreHolders(u64),
    NamesHidden,
    AppliedTo {
        people: u64,
    },
    Name,
    Rename,
    Renamed,
    Clone,
    Compare,
    Delete,
    DeleteQuestion {
        name: String,
    },
    DeleteConsequence(EndingInvitations),
    Instead,
    DeleteRole,
}
