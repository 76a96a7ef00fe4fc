use crate::RoleName;

/// The form that invites people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InviteText {
    Title,
    Emails,
    EmailsHint,
    /// On the area that takes a file.
    File,
    /// `{0}` is the account.
    RoleIn,
    /// With the role that the policy starts with, if it names one.
    RoleHint(Option<RoleName>),
    OutOfReach,
    Account,
    RoleThere,
    RemoveAccount,
    AddAccount,
    /// Of a custom role.
    Permissions,
    PermissionsHint,
    Send,
    Sent(u64),
    /// `{0}` is the address, `{1}` the account, `{2}` what became of it.
    Result,
}
