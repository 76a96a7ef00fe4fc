//! The accounts that somebody may invite into.

use crate::{
    Access, Context, Result, account,
    entity::{account as accounts, account_ancestor as tree, membership, role},
    grants,
};
use model::{AccountChoice, AccountId, Permission, PermissionSet, Role, UserId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, QueryTrait,
};

/// All accounts of the organisation that the reader may invite into, wherever they lie; parents
/// before their children.
pub async fn accounts(ctx: &Context, account: AccountId) -> Result<Vec<AccountChoice>> {
    let access = ctx.access(account, Permission::MemberInvite).await?;
    let (db, user) = (access.readers(), access.require_person().await?);
    let all = access.in_organisation::<accounts::Entity>();
    if access.rights().is_owner() {
        return account::choices_of(db, all).await;
    }
    let below = tree::Entity::find()
        .select_only()
        .column(tree::Column::AccountId)
        .filter(tree::Column::OrganisationId.eq(access.organisation()))
        .filter(tree::Column::AncestorId.is_in(inviting(db, &access, user).await?));
    account::choices_of(db, all.filter(accounts::Column::Id.in_subquery(below.into_query()))).await
}

#[derive(FromQueryResult)]
struct Row {
    account_id: AccountId,
    role: Role,
    permissions: PermissionSet,
    named: Option<String>,
    named_permissions: Option<PermissionSet>,
}

/// Where somebody's own membership lets them invite.
async fn inviting(db: &impl ConnectionTrait, access: &Access, user: UserId) -> Result<Vec<AccountId>> {
    let rows = access
        .in_organisation::<membership::Entity>()
        .filter(membership::Column::UserId.eq(user))
        .filter(membership::Column::SuspendedAt.is_null())
        .join(JoinType::LeftJoin, grants::of_membership())
        .column_as(role::Column::Name, "named")
        .column_as(role::Column::Permissions, "named_permissions")
        .into_model::<Row>()
        .all(db)
        .await?;
    let invites = |row: &Row| {
        let named = row.named.clone().zip(row.named_permissions);
        grants::grant(row.role, row.permissions, named).permissions.contains(Permission::MemberInvite)
    };
    Ok(rows.iter().filter(|row| invites(row)).map(|row| row.account_id).collect())
}
