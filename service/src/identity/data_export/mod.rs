//! A file with all that there is about somebody, for themselves. A worker writes it in parts, each in a transaction
//! together with how far it is, so that whoever is killed is followed by another that goes on there.

mod download;
mod sections;
#[cfg(test)]
mod tests;
mod write;

pub use download::{DataExportDownload, download};
pub use write::{wait, write_some};

use crate::{
    Context, Result, UserChange,
    entity::{data_export as exports, user as users},
    throttle::{self, Throttle},
};
use model::{Conflict, DataExport, DataExportId, Event, IdentityEvent, Problem, Timestamp, UserId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter,
    Select,
};
use std::time::Duration;

/// How long it can be downloaded, and how long it may take to be made.
const LIFETIME: Duration = Duration::from_hours(24);
/// For each person.
const STARTS: Throttle = Throttle { name: "data-export", tries: 3, within: Duration::from_hours(24) };

/// How far the reader's file is.
///
/// # Errors
/// [`Problem::SignedOut`].
pub async fn get(ctx: &Context) -> Result<DataExport> {
    let export = of_user(ctx.readers(), ctx.user()?, ctx.now()).await?;
    Ok(export.map_or(DataExport::None, |export| match export.finished_at {
        Some(at) => DataExport::Ready { at: ctx.moments().of(at), expires: ctx.moments().of(end(&export)) },
        None => DataExport::Running { done: rows(export.rows_done), total: rows(export.rows_total) },
    }))
}

fn rows(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn end(export: &exports::Model) -> Timestamp {
    export.finished_at.unwrap_or(export.created_at) + LIFETIME
}

/// The one that has not expired.
async fn of_user(db: &impl ConnectionTrait, user: UserId, now: Timestamp) -> Result<Option<exports::Model>> {
    let export = exports::Entity::find().filter(exports::Column::UserId.eq(user)).one(db).await?;
    Ok(export.filter(|export| now < end(export)))
}

/// Those that nobody can download any more, or that never came to an end, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<exports::Entity> {
    let before = now - LIFETIME;
    let finished = exports::Column::FinishedAt.lte(before);
    let unfinished =
        Condition::all().add(exports::Column::FinishedAt.is_null()).add(exports::Column::CreatedAt.lte(before));
    exports::Entity::find().filter(Condition::any().add(finished).add(unfinished))
}

/// Asks for the reader's file, in the place of one from before.
///
/// # Errors
/// [`Conflict::ExportRunning`] while one is made; [`Problem::TooMany`] after three in a day.
pub async fn start(ctx: &Context) -> Result<()> {
    let user = ctx.user()?;
    let running = of_user(ctx.readers(), user, ctx.now()).await?;
    if running.is_some_and(|export| export.finished_at.is_none()) {
        return Err(Conflict::ExportRunning.into());
    }
    throttle::count(ctx, STARTS, &user.to_string()).await?;
    let total = sections::count(ctx.readers(), user).await?;
    UserChange::run(ctx, user, async |change| {
        let db = change.db();
        users::Entity::find_by_id(user).one(db).await?.ok_or(Problem::SignedOut)?;
        let before = exports::Entity::find().filter(exports::Column::UserId.eq(user)).one(db).await?;
        match before {
            Some(export) if export.finished_at.is_none() && ctx.now() < end(&export) => {
                return Err(Conflict::ExportRunning.into());
            }
            Some(export) => {
                export.delete(db).await?;
            }
            None => {}
        }
        let export = exports::ActiveModel {
            id: Set(DataExportId(ctx.new_id()?)),
            user_id: Set(user),
            section: Set(sections::FIRST.to_owned()),
            last_key: Set(None),
            parts: Set(0),
            rows_done: Set(0),
            rows_total: Set(total),
            created_at: Set(ctx.now()),
            due_at: Set(ctx.now()),
            finished_at: Set(None),
        };
        export.insert(db).await?;
        change.wake_data_export();
        Ok(((), Event::Identity(IdentityEvent::DataExportRequested)))
    })
    .await
}
