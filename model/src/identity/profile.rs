use crate::{AccountId, FieldErrors, Form, Role, RoleName};
use serde::{Deserialize, Serialize};

/// Who somebody is to others, as their settings show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnProfile {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    /// Whether the address was shown to be theirs.
    pub confirmed: bool,
    /// Their verified mobile number, in groups.
    pub mobile: Option<String>,
    /// Their roles, by organisation and account.
    pub places: Vec<OwnPlace>,
    /// Whether there are more.
    pub has_more: bool,
}

/// One's own role in an account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnPlace {
    pub account: AccountId,
    pub account_name: String,
    pub organisation_name: String,
    pub role: Role,
    pub role_name: RoleName,
    /// The names of some who can change it; empty for the owner's own, which nobody can.
    pub changed_by: Vec<String>,
}

/// Changes one's own name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateName {
    pub first_name: String,
    pub last_name: String,
}

impl Form for UpdateName {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.name("first_name", &mut self.first_name);
        errors.name("last_name", &mut self.last_name);
    }
}
