//! The accounts that a form or a filter lets somebody choose from.

use super::tree::in_order;
use crate::{Access, Context, Result, cache::VersionedCache, entity::account};
use model::{AccountChoice, AccountId, Permission};
use sea_orm::{ConnectionTrait, FromQueryResult, QueryOrder, QuerySelect, Select};
use std::sync::Arc;

/// Accounts to choose from at most: as many as the search of the switcher is measured with
/// (`benches/people.rs`).
const CHOICES: u64 = 5_000;

#[derive(FromQueryResult)]
struct Row {
    id: AccountId,
    parent_id: Option<AccountId>,
    name: String,
    depth: i16,
}

pub(crate) type ChoiceCache = VersionedCache<AccountId, Arc<Vec<AccountChoice>>>;

/// An account and those below it, parents before their children.
pub async fn choices(ctx: &Context, account: AccountId) -> Result<Vec<AccountChoice>> {
    let access = ctx.access(account, Permission::AccountRead).await?;
    Ok(in_subtree(&access).await?.to_vec())
}

/// The same for those who may choose by another permission.
pub(crate) async fn in_subtree(access: &Access) -> Result<Arc<Vec<AccountChoice>>> {
    let read = async { Ok(Arc::new(choices_of(&*access.expensive_reads().await?, access.in_subtree()).await?)) };
    access.ctx().service().extension::<ChoiceCache>().get_or_read(access.ctx(), access.account(), read).await
}

/// These accounts, parents before their children.
pub(crate) async fn choices_of(
    db: &impl ConnectionTrait,
    accounts: Select<account::Entity>,
) -> Result<Vec<AccountChoice>> {
    let rows = accounts
        .order_by_asc(account::Column::Depth)
        .order_by_asc(account::Column::NameFold)
        .order_by_asc(account::Column::Id)
        .limit(CHOICES)
        .into_model::<Row>()
        .all(db)
        .await?;
    let choice = |Row { id, name, depth, .. }: Row| AccountChoice { id, name, depth: u8::try_from(depth).unwrap_or(0) };
    Ok(in_order(rows, |row| (row.id, row.parent_id)).into_iter().map(choice).collect())
}
