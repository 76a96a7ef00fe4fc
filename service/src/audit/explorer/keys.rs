//! Which keys can do something, why, and whether they do.

use super::{
    holders::{has, holding, path_to},
    unused::{self, UsedBy},
};
use crate::{
    Access, Context, Result, api_key,
    entity::{api_key as keys, api_key::Column},
    grant_paths::GrantPaths,
    tenant,
};
use model::{AccountId, ApiKeyId, ApiKeyUpdated, KeyAccess, KeyHolder, KeyState, Permission, PermissionSet, Problem};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Select};

/// For those who may see the keys and, since it tells what their creators hold, the members.
async fn reading(ctx: &Context, account: AccountId) -> Result<Access> {
    let access = ctx.access(account, Permission::ApiKeyRead).await?;
    access.require_permission(Permission::MemberRead).await?;
    Ok(access)
}

/// The keys of an account and those above it: those that work in it.
fn reaching(access: &Access, account: AccountId) -> Select<keys::Entity> {
    access.in_organisation::<keys::Entity>().filter(Column::AccountId.in_subquery(path_to(access, account)))
}

/// The keys that hold a permission in an account, with every way by which their creators hold it.
pub async fn key_holders(ctx: &Context, account: AccountId, permission: Permission) -> Result<Vec<KeyHolder>> {
    let access = reading(ctx, account).await?;
    let reads = access.expensive_reads().await?;
    let db = &*reads;
    let mut select = reaching(&access, account)
        .filter(api_key::is(KeyState::Live, ctx.now()))
        .filter(has(Column::Permissions.into_expr(), permission))
        .filter(Column::CreatedBy.in_subquery(holding(db, &access, account, permission).await?));
    if permission.is_of_organisation() {
        select = select.filter(Column::AccountId.eq(tenant::root(db, &access).await?));
    }
    let rows = api_key::with_names(select).order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
    let rows = rows.into_model::<api_key::Row>().all(db).await?;
    let paths = GrantPaths::read(db, &access, account, rows.iter().map(|row| row.created_by).collect()).await?;
    let holder = |row: api_key::Row| KeyHolder {
        id: row.id,
        creator: row.creator(),
        account_name: paths.may_name_account(row.account_id).then_some(row.account_name),
        inherited: row.account_id != account,
        chains: paths
            .of(row.created_by)
            .into_iter()
            .filter(|way| way.gives.contains(permission))
            .map(|way| way.chain)
            .collect(),
        name: row.name,
    };
    Ok(rows.into_iter().map(holder).collect())
}

/// What a key may do and why: here, or in the account below that it belongs to.
///
/// # Errors
/// [`Problem::NotFound`] for a key that belongs neither here, nor below, nor works here.
pub async fn get_key(ctx: &Context, account: AccountId, key: ApiKeyId) -> Result<KeyAccess> {
    let access = reading(ctx, account).await?;
    let db = access.readers();
    let below = api_key::find(db, access.in_subtree(), key).await?;
    let is_above = below.is_none();
    let row = match below {
        Some(row) => row,
        None => api_key::find(db, reaching(&access, account), key).await?.ok_or(Problem::NotFound)?,
    };
    let place = if is_above { account } else { row.account_id };
    let paths = GrantPaths::read(db, &access, place, vec![row.created_by]).await?;
    let reach = PermissionSet::reach(tenant::root(db, &access).await? == row.account_id);
    let state = row.state(ctx.now());
    let held = row.permissions.intersection(reach).intersection(paths.permissions_of(row.created_by));
    let held = if state == KeyState::Live { held } else { PermissionSet::EMPTY };
    let unused = if access.may(Permission::AccessLogRead) {
        let own = if is_above || api_key::may_update(&access, &row).is_err() { PermissionSet::EMPTY } else { held };
        Some(unused::of(&access, UsedBy::Key(key), held, own, Some(row.created_at)).await?)
    } else {
        None
    };
    Ok(KeyAccess {
        id: key,
        creator: row.creator(),
        member: paths.of(row.created_by).last().map(|way| way.member),
        state,
        account_name: paths.here().map_or_else(String::new, |here| here.name.clone()),
        given: row.permissions,
        held,
        reach,
        chains: paths.of(row.created_by).into_iter().map(|way| (way.chain, way.gives)).collect(),
        update: api_key::may_update(&access, &row),
        is_above,
        unused,
        name: row.name,
    })
}

/// Takes from a key those of these permissions that it still has not used.
///
/// # Errors
/// [`Problem::Conflict`] when it has used them all meanwhile; [`Problem::Refused`] as for any change of a
/// key, and for those who may not read the log.
pub async fn take_unused_of_key(
    ctx: &Context,
    account: AccountId,
    key: ApiKeyId,
    permissions: PermissionSet,
) -> Result<ApiKeyUpdated> {
    let access = ctx.access(account, Permission::ApiKeyUpdate).await?;
    let taken = unused::still_unused(&access, UsedBy::Key(key), permissions).await?;
    api_key::take_away(ctx, account, key, taken).await
}
