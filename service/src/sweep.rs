//! Rows whose time is over are deleted: they are of no use to anybody, and some are about people.

use crate::{
    Result, Service, data_export, device, email_change, entity, former_email, outbox, passkey_ceremony, password_reset,
    platform_event, second_factor, session, sign_up, sms_code, sms_guard,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use std::time::Duration;

/// What was delivered is kept so long, so that an operator can look up what became of a letter.
const SETTLED: Duration = Duration::from_hours(7 * 24);
/// Rows of one transaction: others write in between.
const BATCH: u64 = 500;
/// Locks of one transaction: PostgreSQL has room for some thousand in all.
const HELD: u64 = 100;

/// Deletes expired sessions, browsers that nobody has signed in with for long, counts of throttles that are over, messages that were delivered or given up a week ago,
/// what nobody confirmed in time, files that have expired, platform events after 90 days, and decisions that no limit counts any more; gives how many
/// rows. Then nothing of them is left in the write-ahead log either.
pub async fn run(service: &Service) -> Result<u64> {
    let now = service.now();
    let sessions = session::expired(now);
    let mut deleted = 0;
    deleted += delete(service, entity::session::Column::IdHash, sessions).await?;
    deleted += delete(service, entity::device::Column::SecretHash, device::expired(now)).await?;
    deleted += delete_throttles(service).await?;
    deleted += delete(service, entity::outbox::Column::Id, outbox::finished(now - SETTLED)).await?;
    deleted += delete(service, entity::second_factor_offer::Column::UserId, second_factor::expired_offers(now)).await?;
    let requests = passkey_ceremony::expired(now);
    deleted += delete(service, entity::passkey_request::Column::ChallengeHash, requests).await?;
    deleted += delete(service, entity::email_change::Column::UserId, email_change::expired(now)).await?;
    deleted += delete(service, entity::sms_code::Column::Id, sms_code::expired(now)).await?;
    deleted += delete(service, entity::sign_up::Column::Id, sign_up::expired(now)).await?;
    deleted += delete(service, entity::password_reset::Column::Id, password_reset::expired(now)).await?;
    deleted += delete(service, entity::former_email::Column::Email, former_email::expired(now)).await?;
    deleted += delete(service, entity::data_export::Column::Id, data_export::expired(now)).await?;
    deleted += delete(service, entity::sms_decision::Column::Id, sms_guard::expired(now)).await?;
    deleted += delete(service, entity::platform_event::Column::Id, platform_event::expired(now)).await?;
    service.database.empty_wal().await;
    Ok(deleted)
}

/// Counts that are over. Each is held as whoever counts holds it, or they would find it gone between look and write.
async fn delete_throttles(service: &Service) -> Result<u64> {
    use entity::throttle::{Column, Entity};
    let over = || Entity::find().filter(Column::Until.lte(service.now()));
    let mut deleted = 0;
    loop {
        let transaction = service.database.begin().await?;
        let some = over().order_by_asc(Column::Key).select_only().column(Column::Key).limit(HELD);
        let mut keys: Vec<String> = some.into_tuple().all(&*transaction).await?;
        // In the order in which everybody holds them, whatever the database's own is.
        keys.sort();
        for key in &keys {
            transaction.lock_text(key).await?;
        }
        let (found, those) = (keys.len() as u64, Column::Key.is_in(keys));
        let batch = Entity::delete_many().filter(those).filter(Column::Until.lte(service.now()));
        deleted += batch.exec(&*transaction).await?.rows_affected;
        transaction.commit().await?;
        if found < HELD {
            return Ok(deleted);
        }
    }
}

/// Deletes these rows, batch after batch.
async fn delete<E: EntityTrait>(service: &Service, id: E::Column, rows: Select<E>) -> Result<u64> {
    let some = rows.select_only().column(id).limit(BATCH).into_query();
    let mut deleted = 0;
    loop {
        let transaction = service.database.begin().await?;
        let batch = E::delete_many().filter(id.in_subquery(some.clone())).exec(&*transaction).await?.rows_affected;
        transaction.commit().await?;
        deleted += batch;
        if batch < BATCH {
            return Ok(deleted);
        }
    }
}
