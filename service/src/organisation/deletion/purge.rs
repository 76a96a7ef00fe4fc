//! What is done when the time is over: the organisation goes, piece by piece, and a tombstone stays.

use super::RESTORABLE;
use crate::{
    Context, Hint, Result,
    database::{Lane, Transaction},
    entity::{TABLES, access_entry, account, organisation as organisations, organisation_tombstone as tombstones},
};
use model::{AccessEntryId, OrganisationId, Topic};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityName, EntityTrait,
    IntoActiveModel, ModelTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of one transaction: others write in between.
const CHUNK: u64 = 500;

/// Purges a piece of an organisation whose time is over; `false` when there is nothing to purge. Each piece is
/// a transaction of its own, and the next call goes on wherever the last one ended.
pub async fn purge_some(ctx: &Context) -> Result<bool> {
    let due = organisations::Entity::find()
        .filter(organisations::Column::DeletedAt.lte(ctx.now() - RESTORABLE))
        .order_by_asc(organisations::Column::DeletedAt);
    let Some(id) = due.one(ctx.readers()).await?.map(|row| row.id) else { return Ok(false) };
    let mut transaction = ctx.service().database.begin_in(Lane::Organisation(id)).await?;
    transaction.lock(id.0).await?;
    // Another replica may have done it meanwhile.
    let Some(row) = organisations::Entity::find_by_id(id).one(&*transaction).await? else { return Ok(true) };
    let Some(deleted_at) = row.deleted_at else { return Ok(true) };
    let tombstone = match tombstones::Entity::find_by_id(id).one(&*transaction).await? {
        Some(tombstone) => tombstone,
        None => begin(ctx, &transaction, &row, deleted_at).await?,
    };
    let mut gone: BTreeMap<String, u64> = serde_json::from_str(&tombstone.gone)?;
    let newest = newest_entry(&transaction, id).await?;
    let is_empty = delete_some(&transaction, id, &mut gone).await?;
    let mut tombstone = tombstone.into_active_model();
    tombstone.gone = Set(serde_json::to_string(&gone)?);
    if newest.is_some() {
        tombstone.last_entry_id = Set(newest);
    }
    if is_empty {
        tombstone.purged_at = Set(Some(ctx.now()));
        row.delete(&*transaction).await?;
        transaction.effects.stale.insert(id.0);
        let hint = Hint::Changed { organisation: id, topic: Topic::Organisation, user: None };
        transaction.effects.hints.insert(hint);
    }
    tombstone.update(&*transaction).await?;
    transaction.commit().await?;
    if is_empty {
        tracing::info!(organisation.id = %id, "a deleted organisation is purged");
    }
    Ok(true)
}

async fn begin(
    ctx: &Context,
    db: &Transaction,
    row: &organisations::Model,
    deleted_at: model::Timestamp,
) -> Result<tombstones::Model> {
    let tombstone = tombstones::ActiveModel {
        organisation_id: Set(row.id),
        name: Set(row.name.clone()),
        // Nobody else could, and it cannot be handed over since.
        deleted_by: Set(row.owner_id),
        deleted_at: Set(deleted_at),
        purged_at: Set(None),
        gone: Set("{}".to_owned()),
        last_entry_id: Set(None),
        created_at: Set(ctx.now()),
    };
    Ok(tombstone.insert(&**db).await?)
}

async fn newest_entry(db: &Transaction, organisation: OrganisationId) -> Result<Option<AccessEntryId>> {
    let newest = access_entry::Entity::find()
        .filter(access_entry::Column::OrganisationId.eq(organisation))
        .order_by_desc(access_entry::Column::CreatedAt)
        .order_by_desc(access_entry::Column::Id);
    Ok(newest.select_only().column(access_entry::Column::Id).into_tuple().one(&**db).await?)
}

/// Deletes a chunk, and notes how much of what; whether nothing is left.
async fn delete_some(db: &Transaction, organisation: OrganisationId, gone: &mut BTreeMap<String, u64>) -> Result<bool> {
    let mut left = CHUNK;
    for table in TABLES.iter().filter(|table| table.is_purged()).map(|table| (table.name)()) {
        // An account goes once nothing lies below it any more, so they take several rounds.
        loop {
            let rows = if table == account::Entity.table_name() { LEAVES } else { ALL };
            let deleted = delete_rows(db, table, rows, organisation.0, left).await?;
            if deleted == 0 {
                break;
            }
            *gone.entry(table.to_owned()).or_default() += deleted;
            left = left.saturating_sub(deleted);
            if left == 0 {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

const ALL: &str = "organisation_id = $1";
const LEAVES: &str =
    "organisation_id = $1 AND NOT EXISTS (SELECT 1 FROM account below WHERE below.parent_id = account.id)";

/// Deletes some of these rows of a table, where `id` is the one value; gives how many.
pub(crate) async fn delete_rows(db: &Transaction, table: &str, rows: &str, id: Uuid, most: u64) -> Result<u64> {
    let backend = db.get_database_backend();
    // Some of the tables have no id of one column: each has its rows' own.
    let sql = match backend {
        DbBackend::Postgres => {
            format!(
                r#"DELETE FROM "{table}" WHERE ctid = ANY(ARRAY(SELECT ctid FROM "{table}" WHERE {rows} LIMIT {most}))"#
            )
        }
        _ => format!(r#"DELETE FROM "{table}" WHERE rowid IN (SELECT rowid FROM "{table}" WHERE {rows} LIMIT {most})"#),
    };
    let statement = Statement::from_sql_and_values(backend, sql, [id.into()]);
    Ok(db.execute_raw(statement).await?.rows_affected())
}
