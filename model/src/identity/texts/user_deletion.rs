use crate::{Moment, UserContents};

/// The part of one's own settings that deletes the login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserDeletionText {
    Title,
    Hint,
    Delete,
    Question,
    /// What goes.
    Erased(UserContents),
    /// What stays, under no name.
    Stays,
    Irreversible,
    /// {0}: the reader's address.
    TypeToConfirm,
    Email,
    Password,
    /// Before the organisations that keep their owner.
    OwnerFirst,
    /// {0}: the name of an organisation, which leads to where it is handed over or deleted.
    OwnedOrganisation,
    /// {0}: the same, while it is being deleted.
    OwnedUntil {
        ends: Moment,
    },
    DeletedTitle,
    DeletedHint,
    NewAccount,
}
