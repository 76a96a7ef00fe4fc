use crate::{ContactAct, ContactsChanged, Total};

/// The list of contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactsText {
    Title,
    Purpose,
    Add,
    DetailsHidden,
    NoMatch,
    Empty,
    AddFirst,
    Name,
    NameHidden,
    Mobile,
    MobileHidden,
    Email,
    EmailHidden,
    Tags,
    Added,
    SearchHint,
    Tag,
    TagExample,
}

/// The drawers of a contact and of a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactText {
    NewTitle,
    Add,
    Added,
    Title,
    Name,
    Mobile,
    MobileHint,
    Email,
    Tags,
    TagsHint,
    Saved,
    SaveTags,
    TagsSaved,
    ReadOnly,
    DeleteAsk,
    DeleteQuestion,
    DeleteConsequence,
    Delete,
    Deleted,
}

/// The selection in the list of contacts, and the dialog before something is done to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactsBulkText {
    /// Without a name for readers who may not see it.
    Select {
        name: Option<String>,
    },
    Bar,
    Question {
        act: ContactAct,
        contacts: Total,
    },
    DeleteConsequence,
    Done {
        act: ContactAct,
        changed: ContactsChanged,
    },
}
