use crate::{AffectedPeople, MemberAct, RoleName, Total};

/// The selection in the list of members, and the dialog before something is done to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkText {
    SelectPerson {
        name: String,
    },
    SelectPage,
    MoreFor {
        name: String,
    },
    Open,
    ModifyPermissions,
    /// The button that gives a role.
    Make(RoleName),
    Bar,
    Selected(Total),
    SelectAll(Total),
    ChangeRole,
    Clear,
    Working,
    NothingToChange,
    Question {
        act: MemberAct,
        role: Option<RoleName>,
        who: AffectedPeople,
    },
    Done {
        act: MemberAct,
        role: Option<RoleName>,
        who: AffectedPeople,
    },
    Undone,
    UndonePartly {
        people: u64,
        of: u64,
    },
    Consequence(MemberAct),
    Unchanged {
        act: MemberAct,
        people: u64,
    },
    /// `{0}` is the person.
    PermissionsFor {
        gained: u64,
        lost: u64,
    },
    /// `{0}` is the person.
    DoneFor,
    /// `{0}` is the person.
    UnchangedFor,
    /// `{0}` is the person, `{1}` the reason.
    RefusedFor,
}
