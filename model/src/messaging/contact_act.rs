use crate::{
    ContactFilter, ContactId, FieldErrors, FieldFault, Form, Permission, messaging::contact::check_tags, tag_list,
};
use serde::{Deserialize, Serialize};

/// What is done to many contacts at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactAct {
    /// Adds these tags, with commas between.
    Tag(String),
    Untag(String),
    Delete,
}

impl ContactAct {
    /// What it takes to do it.
    pub const fn permission(&self) -> Permission {
        match self {
            Self::Tag(_) | Self::Untag(_) => Permission::ContactUpdateTags,
            Self::Delete => Permission::ContactDelete,
        }
    }
}

impl Form for ContactAct {
    fn check(&mut self, errors: &mut FieldErrors) {
        let (Self::Tag(tags) | Self::Untag(tags)) = self else { return };
        if tag_list(tags).is_empty() {
            errors.add("tags", FieldFault::Required);
        }
        check_tags(tags, errors);
    }
}

/// To which: those picked out one by one, or all that a filter lets through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactSelection {
    Contacts(Vec<ContactId>),
    Matching(ContactFilter),
}

/// What became of the selected contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactsChanged {
    pub changed: u64,
    /// They were so already.
    pub unchanged: u64,
    /// They have no room for more tags: [`crate::limit::TAGS`].
    pub full: u64,
}
