//! The worker's side: the next part of a file, and with it how far it is.

use super::sections::{self, SECTIONS, Section};
use crate::{
    Context, Result,
    database::Lane,
    encryption::EncryptedColumn,
    entity::{data_export as exports, data_export_part as parts},
    moment,
};
use model::Timestamp;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use std::time::Duration;

/// Rows of one part: so much is in memory at a time.
const ROWS: u64 = 500;
/// What failed is tried again after this.
const PAUSE: Duration = Duration::from_mins(1);

/// Returns when there may be a file to write.
pub async fn wait(ctx: &Context, patience: Duration) {
    // Woken by a change, guaranteed by time.
    let _ = tokio::time::timeout(patience, ctx.service().database.signals.data_exports.notified()).await;
}

/// Writes the next part of a file; `false` when none is due. Turns go round the files, and one that fails keeps no other
/// back.
pub async fn write_some(ctx: &Context) -> Result<bool> {
    let due = exports::Entity::find()
        .filter(exports::Column::FinishedAt.is_null())
        .filter(exports::Column::DueAt.lte(ctx.now()))
        .order_by_asc(exports::Column::DueAt);
    let Some(export) = due.one(ctx.readers()).await? else { return Ok(false) };
    match write_part(ctx, &export).await {
        Ok(()) => Ok(true),
        Err(error) => {
            put_off(ctx, &export).await?;
            Err(error)
        }
    }
}

async fn put_off(ctx: &Context, export: &exports::Model) -> Result<()> {
    let transaction = ctx.service().database.begin_in(Lane::User(export.user_id)).await?;
    exports::Entity::update_many()
        .col_expr(exports::Column::DueAt, Expr::value(ctx.now() + PAUSE))
        .filter(exports::Column::Id.eq(export.id))
        .exec(&*transaction)
        .await?;
    transaction.commit().await
}

async fn write_part(ctx: &Context, export: &exports::Model) -> Result<()> {
    let Some(place) = Place::of(export) else { return start_over(ctx, export).await };
    let Part { text, rows, next } = part(ctx.readers(), export, place).await?;
    let content = ctx.service().encrypt(EncryptedColumn::DataExportPartContent, export.user_id, &text)?;
    let transaction = ctx.service().database.begin_in(Lane::User(export.user_id)).await?;
    transaction.lock(export.user_id.0).await?;
    let mut moved = exports::Entity::update_many()
        .col_expr(exports::Column::Parts, Expr::value(export.parts + 1))
        .col_expr(exports::Column::RowsDone, Expr::col(exports::Column::RowsDone).add(rows))
        .col_expr(exports::Column::DueAt, Expr::value(ctx.now()))
        // Another replica may have written this one, or the person may be gone.
        .filter(exports::Column::Id.eq(export.id))
        .filter(exports::Column::Parts.eq(export.parts));
    moved = match next {
        Some(Place { section, last_key, .. }) => moved
            .col_expr(exports::Column::Section, Expr::value(SECTIONS[section].name))
            .col_expr(exports::Column::LastKey, Expr::value(last_key)),
        None => moved.col_expr(exports::Column::FinishedAt, Expr::value(Some(ctx.now()))),
    };
    if moved.exec(&*transaction).await?.rows_affected == 0 {
        return Ok(());
    }
    let row = parts::ActiveModel { export_id: Set(export.id), number: Set(export.parts), content: Set(content) };
    row.insert(&*transaction).await?;
    transaction.commit().await
}

/// Another version of the server began it.
async fn start_over(ctx: &Context, export: &exports::Model) -> Result<()> {
    let transaction = ctx.service().database.begin_in(Lane::User(export.user_id)).await?;
    transaction.lock(export.user_id.0).await?;
    parts::Entity::delete_many().filter(parts::Column::ExportId.eq(export.id)).exec(&*transaction).await?;
    exports::Entity::update_many()
        .col_expr(exports::Column::Section, Expr::value(sections::FIRST))
        .col_expr(exports::Column::LastKey, Expr::value(None::<String>))
        .col_expr(exports::Column::Parts, Expr::value(0))
        .col_expr(exports::Column::RowsDone, Expr::value(0_i64))
        .filter(exports::Column::Id.eq(export.id))
        .exec(&*transaction)
        .await?;
    transaction.commit().await
}

/// Where a file goes on.
struct Place {
    section: usize,
    /// The last row of it that is written; `None` before the first.
    last_key: Option<String>,
}

impl Place {
    /// `None` for a section that there is not.
    fn of(export: &exports::Model) -> Option<Self> {
        let section = SECTIONS.iter().position(|section| section.name == export.section)?;
        Some(Self { section, last_key: export.last_key.clone() })
    }
}

struct Part {
    text: String,
    rows: i64,
    /// `None` at the end of the file.
    next: Option<Place>,
}

/// The text from a place on, of so many rows.
async fn part(db: &impl ConnectionTrait, export: &exports::Model, mut place: Place) -> Result<Part> {
    let mut text = if export.parts == 0 { head(export.created_at) } else { String::new() };
    let mut left = ROWS;
    while let Some(section) = SECTIONS.get(place.section) {
        if left == 0 {
            return Ok(Part { text, rows: written(left), next: Some(place) });
        }
        let rows = section.read(db, export.user_id, place.last_key.as_deref(), left).await?;
        let count = rows.len() as u64;
        let is_first = place.last_key.is_none();
        let last_key = rows.last().map(|row| row.key.clone());
        append(&mut text, section, is_first, rows.into_iter().map(|row| row.json));
        if count == left {
            place.last_key = last_key.or(place.last_key);
            left = 0;
        } else {
            text.push_str("\n]");
            place = Place { section: place.section + 1, last_key: None };
            left -= count;
        }
    }
    text.push_str("\n}\n");
    Ok(Part { text, rows: written(left), next: None })
}

fn written(left: u64) -> i64 {
    i64::try_from(ROWS - left).unwrap_or_default()
}

/// `format` moves on when a program that reads the file has to know.
fn head(created_at: Timestamp) -> String {
    format!("{{\n\"format\": 1,\n\"created_at\": \"{}\"", moment::rfc3339(created_at))
}

fn append(text: &mut String, section: &Section, is_first: bool, rows: impl Iterator<Item = String>) {
    if is_first {
        text.extend([",\n\"", section.name, "\": ["]);
    }
    for (number, row) in rows.enumerate() {
        text.push_str(if is_first && number == 0 { "\n" } else { ",\n" });
        text.push_str(&row);
    }
}
