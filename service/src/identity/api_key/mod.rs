//! API keys: secrets with permissions of their own, which open what their creator may do now and no more
//! than they were given. What a key may do is decided where everybody's rights are: `rights/of_key.rs`.

mod authenticate;
mod change;
mod row;

pub use authenticate::{Admission, admit, authenticate, own};
pub use change::{copy_role, create, revoke, rotate, switch_off, switch_permission};

pub(crate) use change::take_away;
pub(crate) use row::{Row, find, is, with_names};

use crate::{
    Access, Actor, Context, Result,
    entity::api_key,
    page::{self, Paging},
    pending_invitations::{self, Loss},
    rights, search, tenant,
};
use model::{
    AccountId, ApiKey, ApiKeyDetails, ApiKeyFilter, ApiKeyId, Event, FoundApiKey, KeyState, NewKeyStart, NewKeys, Page,
    PeopleEvent, Permission, PermissionSet, Problem, Refusal,
};
use sea_orm::{
    ConnectionTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Func},
};

/// Rows of a page.
const PAGE: u64 = 50;

/// The keys of an account and of those below it, the newest first.
///
/// # Errors
/// [`Problem::Malformed`] for a search that is too long.
pub async fn list(ctx: &Context, account: AccountId, filter: ApiKeyFilter) -> Result<Page<ApiKey>> {
    let ApiKeyFilter { search, state, cursor } = filter;
    search::validate(&search)?;
    let access = ctx.access(account, Permission::ApiKeyRead).await?;
    let is_narrow = !search.trim().is_empty() || state.is_some();
    let mut select = access.in_subtree::<api_key::Entity>();
    if !search.trim().is_empty() {
        select = mentioning(select, &search);
    }
    if let Some(state) = state {
        select = select.filter(is(state, ctx.now()));
    }
    let paging =
        Paging { at: api_key::Column::CreatedAt, id: api_key::Column::Id, order: Order::Desc, size: PAGE, cursor };
    let key = |row: &Row| (row.created_at.0, row.id.0);
    let page = page::fetch(&*access.list_reads(is_narrow).await?, select, paging, with_names, key).await?;
    // Beside each key stands who made it.
    access.log_read_by_key(Event::People(PeopleEvent::MembersRead { records: page.rows.len() as u64 })).await?;
    Ok(page.map(|row| row.into_view(ctx)))
}

fn mentioning(select: Select<api_key::Entity>, text: &str) -> Select<api_key::Entity> {
    let column = |column| Expr::col((api_key::Entity, column));
    let texts = [column(api_key::Column::NameFold), Func::lower(column(api_key::Column::Begins)).into()];
    select.filter(search::folded_mention(texts, text))
}

/// The newest few keys with `text` in their name or at the beginning of their secret.
pub(crate) async fn search(access: &Access, text: &str, most: u64) -> Result<Vec<FoundApiKey>> {
    let reads = access.expensive_reads().await?;
    let select = mentioning(access.in_subtree(), text)
        .order_by_desc(api_key::Column::CreatedAt)
        .order_by_desc(api_key::Column::Id)
        .limit(most);
    let rows = select.all(&*reads).await?;
    Ok(rows.into_iter().map(|row| FoundApiKey { id: row.id, name: row.name, begins: row.begins }).collect())
}

/// One key, and what the reader may do about it.
///
/// # Errors
/// [`Problem::NotFound`] for a key that belongs neither here nor below.
pub async fn get(ctx: &Context, account: AccountId, key: ApiKeyId) -> Result<ApiKeyDetails> {
    let access = ctx.access(account, Permission::ApiKeyRead).await?;
    let db = access.readers();
    let row = find(db, access.in_subtree(), key).await?.ok_or(Problem::NotFound)?;
    access.log_read_by_key(Event::People(PeopleEvent::MembersRead { records: 1 })).await?;
    let reach = reach(db, &access, row.account_id).await?;
    // It tells what the creator holds.
    let effective = if access.may(Permission::MemberRead) {
        let held = rights::permissions_of(db, Actor::User(row.created_by), row.account_id, ctx.now()).await?;
        Some(row.permissions.intersection(held).intersection(reach))
    } else {
        None
    };
    let rotate = match access.may(Permission::ApiKeyCreate) {
        _ if row.revoked_at.is_some() => Err(Refusal::KeyRevoked),
        _ if row.state(ctx.now()) == KeyState::Expired => Err(Refusal::KeyExpired),
        true if ctx.user().ok() == Some(row.created_by) => Ok(()),
        true => Err(Refusal::KeyOfSomebodyElse),
        false => Err(Refusal::Permission(Permission::ApiKeyCreate)),
    };
    let without = Loss::Key(key, PermissionSet::EMPTY);
    Ok(ApiKeyDetails {
        invitations: pending_invitations::preview_ended(&access, &without).await?,
        permissions: row.permissions,
        effective,
        update: may_update(&access, &row),
        rotate,
        revoke: match access.may(Permission::ApiKeyRevoke) {
            _ if row.revoked_at.is_some() => Err(Refusal::KeyRevoked),
            true => Ok(()),
            false => Err(Refusal::Permission(Permission::ApiKeyRevoke)),
        },
        ceiling: access.rights().permissions,
        reach,
        key: row.into_view(ctx),
    })
}

/// Whether the actor may change what a key may do, or why not.
pub(crate) fn may_update(access: &Access, row: &Row) -> Result<(), Refusal> {
    if !access.may(Permission::ApiKeyUpdate) {
        Err(Refusal::Permission(Permission::ApiKeyUpdate))
    } else if access.key().is_some() {
        Err(Refusal::PeopleOnly)
    } else if row.revoked_at.is_some() {
        Err(Refusal::KeyRevoked)
    } else {
        Ok(())
    }
}

/// What can be held in an account at all.
async fn reach(db: &impl ConnectionTrait, access: &Access, account: AccountId) -> Result<PermissionSet> {
    Ok(PermissionSet::reach(tenant::root(db, access).await? == account))
}

/// What a new key of the reader's begins with, by the policy.
pub async fn new_start(ctx: &Context, account: AccountId) -> Result<NewKeyStart> {
    let access = ctx.access(account, Permission::ApiKeyCreate).await?;
    let db = access.readers();
    Ok(match tenant::policy(db, &access).await?.new_keys {
        NewKeys::Creator => {
            let permissions = access.rights().permissions.intersection(reach(db, &access, account).await?);
            NewKeyStart { permissions, is_all: true }
        }
        NewKeys::Nothing => NewKeyStart { permissions: PermissionSet::EMPTY, is_all: false },
    })
}
