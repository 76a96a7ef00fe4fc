//! What a role grants, inside a change or outside.

use crate::{
    entity::{invitation, membership, role},
    kernel::{Access, Result},
};
use model::{Grant, OrganisationId, PermissionSet, Problem, Role, RoleId, RoleName};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, RelationDef};
use std::collections::{HashMap, HashSet};

/// From a membership to the named role that it has, if it has one.
pub(crate) fn of_membership() -> RelationDef {
    membership::Entity::belongs_to(role::Entity).from(membership::Column::Role).to(role::Column::Id).into()
}

/// From an invitation to the named role that it gives, if it gives one.
pub(crate) fn of_invitation() -> RelationDef {
    invitation::Entity::belongs_to(role::Entity).from(invitation::Column::Role).to(role::Column::Id).into()
}

/// A membership's role with what it holds; `named` are the name and the toggles of a named one.
pub(crate) fn grant(role: Role, own: PermissionSet, named: Option<(String, PermissionSet)>) -> Grant {
    match named {
        Some((name, permissions)) => Grant { role, role_name: RoleName::Named(name), permissions },
        // A named role that is gone holds nothing.
        None if matches!(role, Role::Named(_)) => Grant::of(role, PermissionSet::EMPTY),
        None => Grant::of(role, own),
    }
}

/// A role with what it holds now; `own` are the toggles of a custom one.
///
/// # Errors
/// [`Problem::NotFound`] for a named role that is none of this organisation.
pub(crate) async fn resolve(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    role: Role,
    own: PermissionSet,
) -> Result<Grant> {
    let Role::Named(id) = role else { return Ok(Grant::of(role, own)) };
    let ours = role::Entity::find_by_id(id).filter(role::Column::OrganisationId.eq(organisation));
    let row = ours.one(db).await?.ok_or(Problem::NotFound)?;
    Ok(Grant { role, role_name: RoleName::Named(row.name), permissions: row.permissions })
}

/// As [`resolve`], for many at once: what the named roles among these hold now. Those that are gone are missing.
pub(crate) async fn resolve_all(
    db: &impl ConnectionTrait,
    access: &Access,
    roles: impl Iterator<Item = Role>,
) -> Result<HashMap<Role, Grant>> {
    let ids: HashSet<RoleId> =
        roles.filter_map(|role| if let Role::Named(id) = role { Some(id) } else { None }).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = access.in_organisation::<role::Entity>().filter(role::Column::Id.is_in(ids)).all(db).await?;
    let grant = |row: role::Model| Grant {
        role: Role::Named(row.id),
        role_name: RoleName::Named(row.name),
        permissions: row.permissions,
    };
    Ok(rows.into_iter().map(grant).map(|grant| (grant.role, grant)).collect())
}
