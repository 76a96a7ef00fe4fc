use crate::{Address, FieldErrors, Form, Moment, OrganisationId, limit};
use serde::{Deserialize, Serialize};

/// An organisation's details.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    pub id: OrganisationId,
    pub details: UpdateOrganisation,
    pub owner: String,
    /// Who changed the details last, and when.
    pub updated: Option<(String, Moment)>,
}

/// Founds an organisation, besides those that one is a member of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOrganisation {
    pub name: String,
}

impl Form for NewOrganisation {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.required("name", &mut self.name, limit::NAME);
    }
}

/// The organisation page's form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateOrganisation {
    pub name: String,
    #[serde(default)]
    pub physical_address: Address,
    #[serde(default)]
    pub billing_address: Address,
}

impl Form for UpdateOrganisation {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.required("name", &mut self.name, limit::NAME);
        self.physical_address.check("physical_address", errors);
        self.billing_address.check("billing_address", errors);
    }
}
