use crate::{Address, FieldErrors, Form, Moment, UserId};
use serde::{Deserialize, Serialize};

id! {
    /// The tenant, and the wall.
    OrganisationId
}

/// An organisation's details, but for how it is billed: that is [`crate::Billing`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    pub id: OrganisationId,
    pub details: UpdateOrganisation,
    pub owner: String,
    pub updated: Option<LastUpdate>,
}

/// Who changed an organisation's details last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastUpdate {
    pub by: String,
    pub by_id: UserId,
    pub fields: OrganisationFields,
    pub at: Moment,
}

/// Founds an organisation, besides those that one is a member of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOrganisation {
    pub name: String,
}

impl Form for NewOrganisation {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.name("name", &mut self.name);
    }
}

/// The organisation page's form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateOrganisation {
    pub name: String,
    #[serde(default)]
    pub physical_address: Address,
}

impl Form for UpdateOrganisation {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.name("name", &mut self.name);
        self.physical_address.check("physical_address", errors);
    }
}

impl UpdateOrganisation {
    /// Whether it fits what is stored: a country that was typed before there was a list may stay.
    ///
    /// # Errors
    /// A country that is neither of the list nor as it was.
    pub fn check_against(&self, before: &Self) -> Result<(), FieldErrors> {
        self.physical_address.country.may_replace(&before.physical_address.country, "physical_address[country]")
    }

    /// What is different after a change.
    pub fn changed_to(&self, after: &Self) -> OrganisationFields {
        let Self { name, physical_address } = self;
        OrganisationFields::from_differences([
            (OrganisationField::Name, *name != after.name),
            (OrganisationField::PhysicalAddress, *physical_address != after.physical_address),
        ])
    }
}

/// A part of an organisation's details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationField {
    Name,
    PhysicalAddress,
    BillingAddress,
    BillingEmail,
    VatNumber,
}

/// What a change of the details changed; empty where that was not noted yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::FromJsonQueryResult))]
#[serde(transparent)]
pub struct OrganisationFields(pub Vec<OrganisationField>);

impl OrganisationFields {
    pub(crate) fn from_differences<const N: usize>(differ: [(OrganisationField, bool); N]) -> Self {
        Self(differ.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect())
    }
}
