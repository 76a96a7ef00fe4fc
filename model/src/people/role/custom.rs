use crate::{
    FieldErrors, FieldFault, Form, Locale, MemberId, PermissionChange, PermissionSet, Role, RoleName, Text, text,
};
use serde::{Deserialize, Serialize};

/// A role as the roles page shows it: one that every organisation has, or one with a name of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RoleEntry {
    pub role: Role,
    pub name: RoleName,
    pub permissions: PermissionSet,
    /// How many memberships here and below have it; for those who manage roles, in the whole organisation.
    pub members: u64,
    /// Invitations that wait for an answer, as far as memberships are counted.
    pub invitations: u64,
    /// Whether the policy has invitations start with it.
    pub starts: bool,
}

/// A role to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RoleChoice {
    pub role: Role,
    pub name: RoleName,
}

/// One role with everything its page needs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RoleDetails {
    pub entry: RoleEntry,
    /// The first of those who are counted, for readers who may see members: whom a change touches.
    pub holders: Vec<(MemberId, String)>,
    /// Whether the reader may change it, or why not.
    pub manage: Result<(), crate::Refusal>,
    /// What the reader holds: nobody gives or takes more.
    pub ceiling: PermissionSet,
    /// How many open invitations stop working when it is deleted, for each role instead with which some do.
    pub ending: Vec<(Role, u64)>,
}

impl RoleDetails {
    /// How many open invitations stop working when it is deleted and this role takes its place, if any do.
    pub fn ending_with(&self, instead: Role) -> Option<u64> {
        self.ending.iter().find(|(role, _)| *role == instead).map(|(_, ending)| *ending)
    }
}

/// Names a role: a new one, which begins with what another holds, or one that is renamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleForm {
    pub name: String,
    /// What a new role begins with.
    #[serde(default)]
    pub like: Option<Role>,
}

impl Form for RoleForm {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.name("name", &mut self.name);
        let taken = Role::ALL
            .into_iter()
            .find(|role| Locale::ALL.into_iter().any(|locale| text::resembles(&self.name, &role.text(locale))));
        if let Some(role) = taken {
            errors.add("name", FieldFault::RoleNameBuiltIn(role));
        }
    }
}

/// What a flip on a role's page did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleUpdated {
    pub permissions: PermissionSet,
    pub change: PermissionChange,
    /// How many memberships it touched.
    pub members: u64,
}
