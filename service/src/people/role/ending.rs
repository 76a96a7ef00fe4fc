//! How many open invitations stop working when a role is deleted.

use crate::{
    Access, Result,
    entity::role,
    pending_invitations::{Loss, OpenInvitations},
};
use model::{PermissionSet, Role, RoleId};
use sea_orm::ConnectionTrait;

/// For each role that could take its place, where there are any.
pub(super) async fn by_replacement(
    db: &impl ConnectionTrait,
    access: &Access,
    deleted: RoleId,
) -> Result<Vec<(Role, u64)>> {
    let open = OpenInvitations::read(db, access, &Loss::Role(deleted, PermissionSet::EMPTY)).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let named = access.in_organisation::<role::Entity>().all(db).await?;
    let named = named.into_iter().map(|row| (Role::Named(row.id), row.permissions));
    let given = [Role::Admin, Role::Member, Role::Viewer].map(|role| (role, role.permissions(PermissionSet::EMPTY)));
    let ending = |(role, permissions)| (role, open.count_ended(&Loss::Role(deleted, permissions)));
    Ok(given.into_iter().chain(named).map(ending).filter(|(_, ending)| *ending > 0).collect())
}
