use crate::{
    Address, BillingText, FieldErrors, Form, LastUpdate, Locale, OrganisationField, OrganisationFields, Text,
    organisation::vat,
};
use serde::{Deserialize, Serialize};

/// How an organisation is billed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Billing {
    /// The organisation's name, which stands above the address.
    pub name: String,
    pub details: BillingDetails,
    /// The last change of the organisation's details, if it was about these.
    pub updated: Option<LastUpdate>,
}

/// What stands on the organisation's invoices; the billing page's form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingDetails {
    #[serde(default)]
    pub address: Address,
    #[serde(default)]
    pub email: String,
    /// Letters and digits alone.
    #[serde(default)]
    pub vat_number: String,
}

impl Form for BillingDetails {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.address.check("address", errors);
        self.email = self.email.trim().to_owned();
        if !self.email.is_empty() {
            errors.email("email", &mut self.email);
        }
        vat::check("vat_number", &mut self.vat_number, &self.address.country, errors);
    }
}

impl BillingDetails {
    /// What an invoice is made out to, line by line.
    pub fn lines(&self, name: &str, locale: Locale) -> Vec<String> {
        let vat = || BillingText::VatLine { number: self.vat_number.clone() }.text(locale).into_owned();
        let vat = (!self.vat_number.is_empty()).then(vat);
        std::iter::once(name.to_owned()).chain(self.address.lines()).chain(vat).collect()
    }

    /// Whether it fits what is stored: a country that was typed before there was a list may stay.
    ///
    /// # Errors
    /// A country that is neither of the list nor as it was.
    pub fn check_against(&self, before: &Self) -> Result<(), FieldErrors> {
        self.address.country.may_replace(&before.address.country, "address[country]")
    }

    /// What is different after a change.
    pub fn changed_to(&self, after: &Self) -> OrganisationFields {
        let Self { address, email, vat_number } = self;
        OrganisationFields::from_differences([
            (OrganisationField::BillingAddress, *address != after.address),
            (OrganisationField::BillingEmail, *email != after.email),
            (OrganisationField::VatNumber, *vat_number != after.vat_number),
        ])
    }
}

impl OrganisationField {
    /// Whether it is one of [`BillingDetails`].
    pub const fn is_of_billing(self) -> bool {
        match self {
            Self::BillingAddress | Self::BillingEmail | Self::VatNumber => true,
            Self::Name | Self::PhysicalAddress => false,
        }
    }
}
