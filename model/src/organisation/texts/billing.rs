/// The page of billing, and its part of the page of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BillingText {
    Title,
    Purpose,
    Edit,
    Address,
    Email,
    EmailHint,
    VatNumber,
    VatNumberHint,
    Saved,
    NoEmail,
    SentTo { email: String },
    AddressedTo,
    VatLine { number: String },
}
