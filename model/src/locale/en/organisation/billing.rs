use crate::{BillingText, locale::en::English};
use std::borrow::Cow;

impl English for BillingText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Billing",
            Self::Purpose => "Who invoices are addressed to and where they're sent.",
            Self::Edit => "Edit billing details",
            Self::Address => "Billing address",
            Self::Email => "Billing e-mail",
            Self::EmailHint => "Where invoices are sent.",
            Self::VatNumber => "VAT number",
            Self::VatNumberHint => "Include the country prefix, for example DE123456789.",
            Self::Saved => "Billing details saved.",
            Self::NoEmail => "No billing e-mail yet.",
            Self::SentTo { email } => return format!("Invoices are sent to {email}.").into(),
            Self::AddressedTo => "Invoices are addressed to",
            Self::VatLine { number } => return format!("VAT {number}").into(),
        }
        .into()
    }
}
