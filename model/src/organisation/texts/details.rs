use crate::OrganisationFields;

/// The page of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DetailsText {
    Title,
    Purpose,
    Name,
    Owner,
    PhysicalAddress,
    /// With the owner's name.
    OwnedBy,
    /// With who changed it, and when.
    Updated {
        fields: OrganisationFields,
    },
    Saved,
    Address,
    NoAddress,
    /// Above what cannot be taken back lightly.
    DangerZone,
}

/// The fields of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressText {
    Street,
    Extra,
    City,
    Region,
    PostalCode,
    Country,
    NoCountry,
    TypedCountry { country: String },
}

/// The page of a new organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewOrganisationText {
    Title,
    Purpose,
    Name,
    Create,
    Back,
}
