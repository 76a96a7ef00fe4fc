/// The list of roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RolesText {
    Title,
    Purpose,
    Compare,
    New,
    SearchHint,
    NoMatch,
    Role,
    Permissions,
    PermissionCount { held: usize, all: usize },
    Members,
    Invited,
}

/// The form for a new role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewRoleText {
    Title,
    Name,
    NameHint,
    CopyFrom,
    CopyNothing,
    Create,
}

/// Two roles side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareRolesText {
    Title,
    First,
    Second,
    Compare,
    Differences(usize),
    Permission,
    Yes,
    No,
}
