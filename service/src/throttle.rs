use crate::{Context, Result, entity::throttle};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::Problem;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How often something may be tried, counted in the database so that every replica counts together.
#[derive(Clone, Copy)]
pub(crate) struct Throttle {
    pub name: &'static str,
    pub tries: i32,
    pub within: Duration,
}

/// A key as it is stored: what it is about cannot be read from it.
fn key(throttle: Throttle, about: &str) -> String {
    format!("{}:{}", throttle.name, URL_SAFE_NO_PAD.encode(Sha256::digest(about)))
}

/// Counts one try.
///
/// # Errors
/// [`Problem::TooMany`] when there were too many before; it does not count then.
pub(crate) async fn count(ctx: &Context, throttle: Throttle, about: &str) -> Result<()> {
    count_many(ctx, throttle, about, 1).await
}

/// Counts so many tries at once; all of them or none.
///
/// # Errors
/// As [`count`].
pub(crate) async fn count_many(ctx: &Context, throttle: Throttle, about: &str, tries: i32) -> Result<()> {
    let now = ctx.now();
    let key = key(throttle, about);
    let transaction = ctx.service().database.begin().await?;
    // Tries at the same moment: each sees the count of the one before.
    transaction.hold_text(&key).await?;
    match throttle::Entity::find_by_id(key.clone()).one(&*transaction).await? {
        Some(row) if row.until > now && row.count.saturating_add(tries) > throttle.tries => {
            return Err(Problem::TooMany { seconds: row.until.since(now).as_secs().max(1) }.into());
        }
        Some(row) => {
            let (count, until) =
                if row.until > now { (row.count + tries, row.until) } else { (tries, now + throttle.within) };
            let mut row = row.into_active_model();
            row.count = Set(count);
            row.until = Set(until);
            row.update(&*transaction).await?;
        }
        None => {
            let row = throttle::ActiveModel { key: Set(key), count: Set(tries), until: Set(now + throttle.within) };
            row.insert(&*transaction).await?;
        }
    }
    transaction.commit().await
}

/// Forgets the tries so far.
pub(crate) async fn forget(ctx: &Context, throttle: Throttle, about: &str) -> Result<()> {
    let transaction = ctx.service().database.begin().await?;
    throttle::Entity::delete_by_id(key(throttle, about)).exec(&*transaction).await?;
    transaction.commit().await
}
