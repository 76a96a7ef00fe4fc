//! Facts about an organisation that every area may need, inside a change or outside.

use crate::{
    entity::{account, membership, organisation, user},
    kernel::{Access, Result},
};
use model::{AccountId, Locale, OrganisationId, PersonName, Policy, Problem, Refusal, RoleChanges, Text, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

/// The organisation as it stands, inside a change or outside.
pub(crate) async fn row(db: &impl ConnectionTrait, access: &Access) -> Result<organisation::Model> {
    let row = organisation::Entity::find_by_id(access.organisation()).one(db).await?;
    Ok(row.ok_or(Problem::NotFound)?)
}

/// Whether the organisation is being deleted; one that is not there yet, or any more, is not.
pub(crate) async fn is_deleting(db: &impl ConnectionTrait, organisation: OrganisationId) -> Result<bool> {
    let row = organisation::Entity::find_by_id(organisation).one(db).await?;
    Ok(row.is_some_and(|row| row.deleted_at.is_some()))
}

/// Who owns the organisation, as it stands inside or outside a change.
pub(crate) async fn owner(db: &impl ConnectionTrait, access: &Access) -> Result<UserId> {
    Ok(row(db, access).await?.owner_id)
}

/// The account that all others lie below.
pub(crate) async fn root(db: &impl ConnectionTrait, access: &Access) -> Result<AccountId> {
    let root = access.in_organisation::<account::Entity>().filter(account::Column::ParentId.is_null()).one(db).await?;
    Ok(root.ok_or(Problem::NotFound)?.id)
}

pub(crate) async fn name_of(db: &impl ConnectionTrait, user: UserId, locale: Locale) -> Result<String> {
    let user = user::Entity::find_by_id(user).one(db).await?;
    Ok(user.map_or_else(|| former_member(locale), |user| format!("{} {}", user.first_name, user.last_name)))
}

/// What somebody is called whose login is gone.
pub(crate) fn former_member(locale: Locale) -> String {
    PersonName::Former.text(locale).into_owned()
}

/// The policy as it stands, inside a change or outside.
pub(crate) async fn policy(db: &impl ConnectionTrait, access: &Access) -> Result<Policy> {
    Ok(row(db, access).await?.policy)
}

/// The policies of the organisations that somebody is in, with their names.
pub(crate) async fn policies_of_user(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<(String, Policy)>> {
    let whole = membership::Entity::belongs_to(organisation::Entity)
        .from(membership::Column::OrganisationId)
        .to(organisation::Column::Id);
    Ok(membership::Entity::find()
        .filter(membership::Column::UserId.eq(user))
        .filter(membership::Column::SuspendedAt.is_null())
        .join(JoinType::InnerJoin, whole.into())
        .order_by_asc(organisation::Column::Name)
        .select_only()
        .column(organisation::Column::Name)
        .column(organisation::Column::Policy)
        .distinct()
        .into_tuple()
        .all(db)
        .await?)
}

/// The organisation that somebody has been in for the longest.
pub(crate) async fn first_of_user(db: &impl ConnectionTrait, user: UserId) -> Result<Option<organisation::Model>> {
    let first = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user))
        .order_by_asc(membership::Column::CreatedAt)
        .one(db)
        .await?;
    match first {
        Some(row) => Ok(organisation::Entity::find_by_id(row.organisation_id).one(db).await?),
        None => Ok(None),
    }
}

/// Whether the policy leaves changes of roles to the actor.
pub(crate) fn may_change_roles(policy: &Policy, access: &Access) -> Result<(), Refusal> {
    match policy.role_changes {
        RoleChanges::Owner if !access.rights().is_owner() => Err(Refusal::RolesByOwnerOnly),
        RoleChanges::Owner | RoleChanges::Permitted => Ok(()),
    }
}
