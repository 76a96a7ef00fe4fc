use crate::{FieldErrors, Form, Moment, Password, limit};
use serde::{Deserialize, Serialize};

/// Deletes an organisation; the name and the password show that its owner means it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteOrganisation {
    pub name: String,
    pub password: Password,
}

impl Form for DeleteOrganisation {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.required("name", &mut self.name, limit::NAME);
        self.password.check_typed("password", errors);
    }
}

/// What goes with an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationContents {
    pub accounts: u64,
    /// People, the owner among them.
    pub members: u64,
    pub contacts: u64,
    pub invitations: u64,
    pub roles: u64,
    pub api_keys: u64,
    pub campaigns: u64,
    pub log_entries: u64,
}

/// An organisation that is being deleted, as its members see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletion {
    pub organisation_name: String,
    /// `None` when the owner's login was closed: nobody can restore it.
    pub owner: Option<String>,
    /// Whether the reader is the owner, who alone may restore it.
    pub is_mine: bool,
    pub deleted: Moment,
    /// From then on it cannot be restored.
    pub ends: Moment,
}
