use crate::{
    entity::throttle,
    kernel::{
        Context, Result,
        database::{Lane, Transaction},
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{Problem, Timestamp};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, sea_query::OnConflict};
use sha2::{Digest, Sha256};
use std::{fmt::Display, time::Duration};

/// How often something may be tried, counted in the database so that every replica counts together.
#[derive(Clone, Copy)]
pub(crate) struct Throttle {
    pub name: &'static str,
    pub tries: i32,
    /// From the first try on; at the end of it the count is zero again.
    pub within: Duration,
}

/// A throttle for one thing: an address, a network.
pub(crate) struct Counter {
    throttle: Throttle,
    key: String,
}

impl Throttle {
    /// The key is stored so that what it is about cannot be read from it.
    pub fn of(self, about: impl Display) -> Counter {
        let hash = Sha256::digest(about.to_string());
        Counter { throttle: self, key: format!("{}:{}", self.name, URL_SAFE_NO_PAD.encode(hash)) }
    }
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
    take(ctx, vec![throttle.of(about)], tries).await.map(drop)
}

/// The tries by now.
pub(crate) async fn tries(ctx: &Context, throttle: Throttle, about: &str) -> Result<i32> {
    let row = throttle::Entity::find_by_id(throttle.of(about).key).one(ctx.readers()).await?;
    Ok(row.filter(|row| row.until > ctx.now()).map_or(0, |row| row.count))
}

/// Begins the count anew, if there is one.
pub(crate) async fn reset(ctx: &Context, throttle: Throttle, about: &str) -> Result<()> {
    if tries(ctx, throttle, about).await? == 0 {
        return Ok(());
    }
    let key = throttle.of(about).key;
    let transaction = ctx.service().database.begin_in(Lane::Site(ctx.network().site())).await?;
    transaction.lock_text(&key).await?;
    throttle::Entity::delete_by_id(key).exec(&*transaction).await?;
    transaction.commit().await
}

/// Tries that are counted before it is known whether they are right, so that as many at one moment are allowed as one
/// after the other.
pub(crate) struct Reservation(Vec<Count>);

struct Count {
    counter: Counter,
    /// This one and those before it.
    tries: i32,
    until: Timestamp,
}

/// Takes one try of each counter, or of none. What turns out right is given back.
///
/// # Errors
/// [`Problem::TooMany`] while one of them is used up.
pub(crate) async fn reserve(ctx: &Context, counters: Vec<Counter>) -> Result<Reservation> {
    take(ctx, counters, 1).await
}

impl Reservation {
    /// The tries of this throttle by now, this one among them.
    pub fn count(&self, throttle: Throttle) -> i32 {
        self.0.iter().find(|count| count.counter.throttle.name == throttle.name).map_or(0, |count| count.tries)
    }

    /// It was right, so it does not count; of the throttles in `reset`, nothing before it does either.
    pub async fn give_back(self, ctx: &Context, reset: &[Throttle]) -> Result<()> {
        let transaction = ctx.service().database.begin_in(Lane::Site(ctx.network().site())).await?;
        for Count { counter: Counter { throttle, key }, until, .. } in self.0 {
            // Of another window there is nothing to give back.
            let row = current(&transaction, &key, ctx.now()).await?.filter(|row| row.until == until);
            let Some(row) = row else { continue };
            let forget = reset.iter().any(|reset| reset.name == throttle.name);
            let count = if forget { 0 } else { row.count.saturating_sub(1).max(0) };
            let mut row = row.into_active_model();
            row.count = Set(count);
            row.update(&*transaction).await?;
        }
        transaction.commit().await
    }
}

async fn take(ctx: &Context, mut counters: Vec<Counter>, tries: i32) -> Result<Reservation> {
    // Every transaction holds them in the same order.
    counters.sort_by(|one, other| one.key.cmp(&other.key));
    let now = ctx.now();
    let transaction = ctx.service().database.begin_in(Lane::Site(ctx.network().site())).await?;
    let mut counts = Vec::new();
    let mut over = None;
    for counter in counters {
        let row = current(&transaction, &counter.key, now).await?;
        let (before, until) = row.map_or((0, now + counter.throttle.within), |row| (row.count, row.until));
        let count = before.saturating_add(tries);
        if count > counter.throttle.tries {
            over = over.max(Some(until));
        }
        counts.push(Count { counter, tries: count, until });
    }
    if let Some(until) = over {
        let seconds = until.since(now).as_micros().div_ceil(1_000_000);
        return Err(Problem::TooMany { seconds: u64::try_from(seconds).unwrap_or(u64::MAX) }.into());
    }
    for Count { counter, tries, until } in &counts {
        put(&transaction, &counter.key, *tries, *until).await?;
    }
    transaction.commit().await?;
    Ok(Reservation(counts))
}

/// The count that has not ended. Whoever else asks for it waits until this transaction ends.
async fn current(transaction: &Transaction, key: &str, now: Timestamp) -> Result<Option<throttle::Model>> {
    transaction.lock_text(key).await?;
    let row = throttle::Entity::find_by_id(key.to_owned()).one(&**transaction).await?;
    Ok(row.filter(|row| row.until > now))
}

async fn put(transaction: &Transaction, key: &str, count: i32, until: Timestamp) -> Result<()> {
    let row = throttle::ActiveModel { key: Set(key.to_owned()), count: Set(count), until: Set(until) };
    let replace = OnConflict::column(throttle::Column::Key)
        .update_columns([throttle::Column::Count, throttle::Column::Until])
        .to_owned();
    throttle::Entity::insert(row).on_conflict(replace).exec_without_returning(&**transaction).await?;
    Ok(())
}
