//! How often programs may call. Counted in the database, so that all replicas count together, and taken from there in
//! pieces, so that most requests ask this process alone.

use crate::{
    entity::throttle,
    kernel::{Result, Service},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::Timestamp;
use quick_cache::sync::Cache;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use sha2::{Digest, Sha256};
use std::{
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// What limits are counted in.
pub const WINDOW: Duration = Duration::from_mins(1);

/// A limit is taken from the database in so many pieces. What one replica took and does not use, no other can use.
const PIECES: u32 = 20;

/// Keys, organisations and networks in use at one time.
const REMEMBERED: usize = 50_000;

/// So many requests in each [`WINDOW`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    pub name: &'static str,
    pub requests: u32,
}

/// Where a caller stands with one limit, after this request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    pub name: &'static str,
    /// Requests in each window.
    pub limit: u32,
    /// What is left of them, as far as this process knows.
    pub remaining: u32,
    /// Seconds until the next window.
    pub reset: u64,
    /// Whether this request is within it.
    pub allowed: bool,
}

pub(crate) struct RateLimits {
    buckets: Cache<String, Arc<Bucket>>,
    /// Secrets, by their hash, whose requests are over a limit until then: they are answered before anything is read.
    closed: Cache<String, (Timestamp, Quota)>,
}

impl RateLimits {
    pub fn new() -> Self {
        Self { buckets: Cache::new(REMEMBERED), closed: Cache::new(REMEMBERED) }
    }

    /// The limit that requests with this secret are over.
    pub fn closed(&self, secret_hash: &str, now: Timestamp) -> Option<Quota> {
        let (until, quota) = self.closed.get(secret_hash)?;
        (until > now).then(|| Quota { reset: seconds(until, now), ..quota })
    }

    pub fn close(&self, secret_hash: String, quota: Quota, now: Timestamp) {
        self.closed.insert(secret_hash, (now + Duration::from_secs(quota.reset), quota));
    }

    fn bucket(&self, key: &str) -> Arc<Bucket> {
        let Ok(bucket) = self.buckets.get_or_insert_with(key, || Ok::<_, Infallible>(Arc::default()));
        bucket
    }
}

/// What this process holds of a limit.
#[derive(Default)]
struct Bucket {
    allowance: Mutex<Allowance>,
    /// One request asks the database for more, the others wait for it.
    refill: tokio::sync::Mutex<()>,
}

#[derive(Clone, Copy)]
struct Allowance {
    /// Requests that were taken from the database and not made yet.
    local: u32,
    /// What is left there.
    shared: u32,
    until: Timestamp,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { local: 0, shared: 0, until: Timestamp(i64::MIN) }
    }
}

impl Allowance {
    fn quota(self, limit: Limit, now: Timestamp, allowed: bool) -> Quota {
        Quota {
            name: limit.name,
            limit: limit.requests,
            remaining: self.local.saturating_add(self.shared),
            reset: seconds(self.until, now),
            allowed,
        }
    }
}

fn seconds(until: Timestamp, now: Timestamp) -> u64 {
    until.since(now).as_secs().max(1)
}

impl Bucket {
    fn allowance(&self) -> MutexGuard<'_, Allowance> {
        self.allowance.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one request from what this process holds; `None` if the database has to be asked.
    fn take(&self, limit: Limit, now: Timestamp) -> Option<Quota> {
        let mut allowance = self.allowance();
        let is_open = allowance.until > now;
        let allowed = is_open && allowance.local > 0;
        if allowed {
            allowance.local -= 1;
        }
        let is_exhausted = is_open && allowance.shared == 0;
        (allowed || is_exhausted).then(|| allowance.quota(limit, now, allowed))
    }
}

/// Counts one request against a limit.
pub(crate) async fn take(service: &Service, limit: Limit, about: &str) -> Result<Quota> {
    let bucket = service.rates.bucket(&format!("{}:{about}", limit.name));
    if let Some(quota) = bucket.take(limit, service.now()) {
        return Ok(quota);
    }
    let _alone = bucket.refill.lock().await;
    if let Some(quota) = bucket.take(limit, service.now()) {
        return Ok(quota);
    }
    let allowance = take_piece(service, limit, about).await?;
    *bucket.allowance() = allowance;
    // A piece that is empty says that the limit is reached.
    let now = service.now();
    Ok(bucket.take(limit, now).unwrap_or_else(|| allowance.quota(limit, now, false)))
}

/// Takes a piece of a limit from the database, or what is left of it.
async fn take_piece(service: &Service, limit: Limit, about: &str) -> Result<Allowance> {
    let piece = i64::from(limit.requests.div_ceil(PIECES).max(1));
    let key = format!("rate-{}:{}", limit.name, URL_SAFE_NO_PAD.encode(Sha256::digest(about)));
    let transaction = service.database.begin().await?;
    transaction.lock_text(&key).await?;
    let row = throttle::Entity::find_by_id(key.clone()).one(&*transaction).await?;
    let now = service.now();
    let (used, until) = match &row {
        Some(row) if row.until > now => (i64::from(row.count), row.until),
        Some(_) | None => (0, now + WINDOW),
    };
    let taken = piece.min(i64::from(limit.requests) - used).max(0);
    let count = i32::try_from(used + taken).unwrap_or(i32::MAX);
    if taken > 0 {
        match row {
            Some(row) => {
                let mut row = row.into_active_model();
                row.count = Set(count);
                row.until = Set(until);
                row.update(&*transaction).await?;
            }
            None => {
                throttle::ActiveModel { key: Set(key), count: Set(count), until: Set(until) }
                    .insert(&*transaction)
                    .await?;
            }
        }
        transaction.commit().await?;
    }
    let left = |requests: i64| u32::try_from(requests).unwrap_or(0);
    Ok(Allowance { local: left(taken), shared: left(i64::from(limit.requests) - used - taken), until })
}
