use crate::{FieldErrors, Form, Moment, limit};
use serde::{Deserialize, Serialize};

/// Deletes an organisation; the name shows that its owner means it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteOrganisation {
    pub name: String,
}

impl Form for DeleteOrganisation {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.required("name", &mut self.name, limit::NAME);
    }
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
