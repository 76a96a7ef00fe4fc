use crate::Contents;

/// The tree of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountsText {
    Title,
    Purpose,
    Add,
    SearchHint,
    NoMatch,
    Beyond { shown: u64, total: u64 },
    Account,
    Members,
    Contacts,
}

/// The drawer of a new account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewAccountText {
    Title,
    Name,
    NameHint,
    Parent,
    ParentHint,
    Create,
    Created,
}

/// The drawer of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountText {
    Title,
    Open,
    AddBelow,
    Name,
    Rename,
    Renamed,
    /// Of the first account; `{0}` is the link to where the organisation is renamed.
    NamedAsOrganisation,
    OrganisationPage,
    Parent,
    Move,
    Moved,
    NobodyAffected,
    WhoGains,
    WhoLoses,
    DeleteTitle {
        name: String,
    },
    DeleteConsequence {
        contents: Contents,
    },
    DeleteName {
        name: String,
    },
    Delete,
    Deleted,
}
