use crate::{ContactId, MemberId};
use serde::{Deserialize, Serialize};

/// What a search across an account found, as far as the reader may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchResults {
    pub people: Vec<FoundPerson>,
    pub contacts: Vec<FoundContact>,
}

impl SearchResults {
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.contacts.is_empty()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPerson {
    pub id: MemberId,
    pub name: String,
    pub email: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundContact {
    pub id: ContactId,
    pub name: String,
    /// The mobile number, or the e-mail address where there is none.
    pub reached_at: String,
}
