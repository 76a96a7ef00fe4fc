//! What another role would do, before it is given.

use super::{Row, Rules, bulk, joined_columns};
use crate::{Access, Result, entity::membership, grants, joins};
use model::{AccountId, Grant, MemberAct, MemberId, Permission, PermissionSet, Problem, Refusal, Role, UserId};
use sea_orm::{ColumnTrait, JoinType, QueryFilter, QuerySelect, Select};

/// A membership as it is, and as it would be.
pub(crate) struct MembershipPreview {
    pub user: UserId,
    pub account: AccountId,
    pub before: Grant,
    pub after: Grant,
    /// Whether the actor could give it, or why not.
    pub allowed: Result<(), Refusal>,
}

/// What a role would make of a membership in this account or below.
pub(crate) async fn preview_role(access: &Access, member: MemberId, role: Role) -> Result<MembershipPreview> {
    let db = access.readers();
    let rules = Rules::read(db, access).await?;
    let select = access
        .in_subtree::<membership::Entity>()
        .filter(membership::Column::Id.eq(member))
        .join(JoinType::InnerJoin, joins::member_to_user());
    let row = joined_columns(select).into_model::<Row>().one(db).await?.ok_or(Problem::NotFound)?;
    let (user, account, before, reach) = (row.user_id, row.account_id, row.grant(), row.reach());
    let after = grants::resolve(db, access.organisation(), role, before.permissions).await?.within(reach);
    let allowed = if access.may(Permission::MemberUpdate) {
        bulk::planned_act(&rules, MemberAct::SetRole(role), Some(&after), row).refusal()
    } else {
        Err(Refusal::Permission(Permission::MemberUpdate))
    };
    Ok(MembershipPreview { user, account, before, after, allowed })
}

/// A membership that a person's access is explained by.
pub(crate) struct Subject {
    pub user: UserId,
    pub account: AccountId,
    pub account_name: String,
    pub first_name: String,
    pub last_name: String,
    pub grant: Grant,
    /// Whether the actor could change it, or why not.
    pub update: Result<(), Refusal>,
    pub is_below: bool,
}

/// A membership in this account or below, or in one above that reaches here.
pub(crate) async fn subject(access: &Access, member: MemberId) -> Result<Subject> {
    let db = access.readers();
    let find = async |members: Select<membership::Entity>| {
        let select =
            members.filter(membership::Column::Id.eq(member)).join(JoinType::InnerJoin, joins::member_to_user());
        joined_columns(select).into_model::<Row>().one(db).await
    };
    let below = find(access.in_subtree()).await?;
    let is_below = below.is_some();
    let row = match below {
        Some(row) => row,
        None => find(super::list_scope::reaching_down(access)).await?.ok_or(Problem::NotFound)?,
    };
    let rules = Rules::read(db, access).await?;
    let update = rules.may_change_role(row.user_id, row.role);
    let is_owner = row.user_id == rules.owner;
    let grant = if is_owner { Grant::of(Role::Owner, PermissionSet::ALL) } else { row.grant() };
    Ok(Subject {
        user: row.user_id,
        account: row.account_id,
        account_name: row.account_name,
        first_name: row.first_name,
        last_name: row.last_name,
        grant,
        update,
        is_below,
    })
}
