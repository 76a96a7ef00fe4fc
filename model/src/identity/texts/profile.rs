/// One's own name and roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileText {
    Title,
    Purpose,
    FirstName,
    LastName,
    Saved,
    Email,
    Confirmed,
    Unconfirmed,
    /// Leads to where one does.
    ChangeEmail,
    ConfirmEmail,
    Mobile,
    /// As [`ProfileText::ChangeEmail`].
    ChangeMobile,
    AddMobile,
    Roles,
    /// An account that is called otherwise than its organisation.
    AccountOf {
        account: String,
        organisation: String,
    },
    /// By name.
    ChangedBy(Vec<String>),
    Owner,
    NoRoles,
    MoreRoles,
}
