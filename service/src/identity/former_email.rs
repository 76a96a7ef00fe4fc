//! Confirmed addresses that people changed for others. For a week each is kept for whoever had it: nobody else can take
//! it meanwhile, so that the change can be taken back.

use crate::{Result, entity::former_email, verified_email::VerifiedEmail};
use model::{Conflict, Problem, Timestamp, UserId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Select};
use std::time::Duration;

/// A change is taken back within.
pub(crate) const LIFETIME: Duration = Duration::from_hours(7 * 24);
const DAY: Duration = Duration::from_hours(24);

pub(crate) fn end(former: &former_email::Model) -> Timestamp {
    former.created_at + LIFETIME
}

pub(crate) fn is_open(former: &former_email::Model, now: Timestamp) -> bool {
    now < end(former)
}

/// Those that are nobody's any more, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<former_email::Entity> {
    former_email::Entity::find().filter(former_email::Column::CreatedAt.lte(now - LIFETIME))
}

/// Keeps an address for whoever has just changed it for another.
pub(crate) async fn reserve(db: &impl ConnectionTrait, now: Timestamp, address: &VerifiedEmail) -> Result<()> {
    forget(db, address.as_str()).await?;
    let former = former_email::ActiveModel {
        email: Set(address.as_str().to_owned()),
        user_id: Set(address.user()),
        secret_hash: Set(None),
        created_at: Set(now),
    };
    former.insert(db).await?;
    Ok(())
}

/// An address that somebody signs in with is not one from before.
pub(crate) async fn forget(db: &impl ConnectionTrait, email: &str) -> Result<()> {
    former_email::Entity::delete_by_id(email.to_owned()).exec(db).await?;
    Ok(())
}

/// # Errors
/// [`Conflict::EmailReserved`] for an address that is kept for somebody else.
pub(crate) async fn check(db: &impl ConnectionTrait, now: Timestamp, email: &str, keeper: UserId) -> Result<()> {
    let former = former_email::Entity::find_by_id(email.to_owned()).one(db).await?;
    match former.filter(|former| former.user_id != keeper && is_open(former, now)) {
        Some(former) => {
            let days = end(&former).since(now).as_micros().div_ceil(DAY.as_micros());
            Err(Problem::Conflict(Conflict::EmailReserved { days: u64::try_from(days).unwrap_or(u64::MAX) }).into())
        }
        None => Ok(()),
    }
}
