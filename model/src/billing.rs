use crate::{Address, FieldErrors, Form, Moment, OrganisationField, UpdateOrganisation, vat};
use serde::{Deserialize, Serialize};

/// How an organisation is billed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Billing {
    /// The organisation's name, which stands above the address.
    pub name: String,
    pub details: BillingDetails,
    /// Who changed the organisation's details last, what they did and when, if it was about these.
    pub updated: Option<(String, String, Moment)>,
}

/// The part of the organisation's details that stands on its invoices; the billing page's form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingDetails {
    #[serde(default)]
    pub billing_address: Address,
    #[serde(default)]
    pub billing_email: String,
    /// Letters and digits alone.
    #[serde(default)]
    pub vat_number: String,
}

impl Form for BillingDetails {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.billing_address.check("billing_address", errors);
        self.billing_email = self.billing_email.trim().to_owned();
        if !self.billing_email.is_empty() {
            errors.email("billing_email", &mut self.billing_email);
        }
        vat::check("vat_number", &mut self.vat_number, &self.billing_address.country, errors);
    }
}

impl BillingDetails {
    /// What an invoice is made out to, line by line; nothing before there is an address.
    pub fn lines(&self, name: &str) -> Vec<String> {
        if self.billing_address == Address::default() {
            return Vec::new();
        }
        let vat = (!self.vat_number.is_empty()).then(|| format!("VAT {}", self.vat_number));
        std::iter::once(name.to_owned()).chain(self.billing_address.lines()).chain(vat).collect()
    }
}

impl UpdateOrganisation {
    pub fn billing(&self) -> BillingDetails {
        BillingDetails {
            billing_address: self.billing_address.clone(),
            billing_email: self.billing_email.clone(),
            vat_number: self.vat_number.clone(),
        }
    }

    /// The same with other details of billing.
    #[must_use]
    pub fn with_billing(self, billing: BillingDetails) -> Self {
        let BillingDetails { billing_address, billing_email, vat_number } = billing;
        Self { billing_address, billing_email, vat_number, ..self }
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
