use crate::{
    Context, Result,
    database::Lane,
    deletion::delete_rows,
    entity::{Scope, TABLES, account},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::time::Duration;

/// Rows of one transaction: others write in between.
const CHUNK: u64 = 200;

/// Returns when an account was deleted, or after a while.
pub async fn wait_for_deleted(ctx: &Context, patience: Duration) {
    // Woken by a change, guaranteed by time.
    let _ = tokio::time::timeout(patience, ctx.service().database.signals.deleted_accounts.notified()).await;
}

/// Deletes a piece of what lay in deleted accounts; `false` when there is none. Each piece is a transaction of its own,
/// and the next call goes on wherever the last one ended.
pub async fn purge_some(ctx: &Context) -> Result<bool> {
    let deleted = account::Entity::find().filter(account::Column::DeletedAt.is_not_null());
    let Some(row) = deleted.order_by_asc(account::Column::DeletedAt).one(ctx.readers()).await? else {
        return Ok(false);
    };
    let transaction = ctx.service().database.begin_in(Lane::Organisation(row.organisation_id)).await?;
    transaction.lock(row.organisation_id.0).await?;
    let mut left = CHUNK;
    for table in TABLES.iter().filter(|table| table.scope == Scope::LargeInAccount) {
        let deleted = delete_rows(&transaction, (table.name)(), "account_id = $1", row.id.0, left).await?;
        left = left.saturating_sub(deleted);
    }
    if left > 0 {
        account::Entity::delete_by_id(row.id).exec(&*transaction).await?;
    }
    transaction.commit().await?;
    Ok(true)
}
