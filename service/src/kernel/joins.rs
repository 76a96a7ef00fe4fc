//! Joins and conditions that several areas read by.

use crate::entity::{account, api_key, invitation, membership, user};
use model::Timestamp;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, RelationDef, Select};

pub(crate) fn member_to_user() -> RelationDef {
    membership::Entity::belongs_to(user::Entity).from(membership::Column::UserId).to(user::Column::Id).into()
}

pub(crate) fn member_to_account() -> RelationDef {
    membership::Entity::belongs_to(account::Entity).from(membership::Column::AccountId).to(account::Column::Id).into()
}

pub(crate) fn key_to_account() -> RelationDef {
    api_key::Entity::belongs_to(account::Entity).from(api_key::Column::AccountId).to(account::Column::Id).into()
}

/// The keys that were neither revoked nor have expired.
pub(crate) fn is_key_open(now: Timestamp) -> Condition {
    use api_key::Column::{ExpiresAt, RevokedAt};
    let lasts = Condition::any().add(ExpiresAt.is_null()).add(ExpiresAt.gt(now));
    Condition::all().add(RevokedAt.is_null()).add(lasts)
}

/// Those of the invitations that wait for an answer.
pub(crate) fn pending_invitations(all: Select<invitation::Entity>, now: Timestamp) -> Select<invitation::Entity> {
    all.filter(invitation::is_pending(now))
}
