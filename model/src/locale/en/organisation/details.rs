use crate::{AddressText, DetailsText, NewOrganisationText, locale::en::English};
use std::borrow::Cow;

impl English for DetailsText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Organisation",
            Self::Purpose => "Your organisation's name, address and owner.",
            Self::Name => "Name",
            Self::Owner => "Owner",
            Self::PhysicalAddress => "Physical address",
            Self::OwnedBy => "Owner: {0}.",
            Self::Updated { fields } => return format!("{{0}} {}, {{1}}.", fields.en()).into(),
            Self::Saved => "Organisation details saved.",
            Self::Address => "Address",
            Self::NoAddress => "No address yet.",
            Self::DangerZone => "Danger zone",
        }
        .into()
    }
}

impl English for AddressText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Street => "Street address",
            Self::Extra => "Building, floor or unit",
            Self::City => "City",
            Self::Region => "Region",
            Self::PostalCode => "Postal code",
            Self::Country => "Country",
            Self::NoCountry => "Not set",
            Self::TypedCountry { country } => return format!("{country} (as entered)").into(),
        }
        .into()
    }
}

impl English for NewOrganisationText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "New organisation",
            Self::Purpose => "You'll be its owner. Nobody in your other organisations can see it.",
            Self::Name => "Name",
            Self::Create => "Create organisation",
            Self::Back => "Go to my accounts",
        }
        .into()
    }
}
