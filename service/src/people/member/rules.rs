//! Who may be touched by whom, whatever permissions are held.

use crate::{Access, Result, tenant};
use model::{OrganisationId, Permission, PermissionSet, Refusal, Role, UserId, within_ceiling};
use sea_orm::ConnectionTrait;

/// What an organisation says of the people in it, as it stands inside a change or outside.
pub(crate) struct Rules<'a> {
    access: &'a Access,
    pub owner: UserId,
    /// Whether roles are the actor's to change at all.
    roles: Result<(), Refusal>,
}

impl<'a> Rules<'a> {
    pub async fn read(db: &impl ConnectionTrait, access: &'a Access) -> Result<Self> {
        let row = tenant::row(db, access).await?;
        Ok(Self { access, owner: row.owner_id, roles: tenant::may_change_roles(&row.policy, access) })
    }

    pub fn access(&self) -> &Access {
        self.access
    }

    pub fn organisation(&self) -> OrganisationId {
        self.access.organisation()
    }

    /// Whether the actor may touch somebody with this role.
    pub fn may_manage(&self, user: UserId, role: Role) -> Result<(), Refusal> {
        if user == self.owner {
            Err(Refusal::Owner)
        } else if self.access.user() == Some(user) {
            Err(Refusal::Oneself)
        } else if role == Role::Admin && !self.access.rights().is_owner() {
            Err(Refusal::AdminByOwnerOnly)
        } else {
            Ok(())
        }
    }

    /// Whether the actor may touch them by this permission.
    pub fn may_manage_with(&self, permission: Permission, user: UserId, role: Role) -> Result<(), Refusal> {
        if self.access.may(permission) { self.may_manage(user, role) } else { Err(Refusal::Permission(permission)) }
    }

    /// Whether the actor may give somebody another role than this.
    pub fn may_change_role(&self, user: UserId, role: Role) -> Result<(), Refusal> {
        self.may_manage_with(Permission::MemberUpdate, user, role).and(self.roles)
    }

    /// Whether the actor may make these permissions of somebody into those.
    pub fn may_change_permissions(&self, before: PermissionSet, after: PermissionSet) -> Result<(), Refusal> {
        self.roles.and(within_ceiling(self.access.rights().permissions, before, after))
    }
}
