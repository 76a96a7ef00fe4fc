use super::{Dice, MONTH};
use crate::{Change, Result, entity::access_entry};
use model::{
    AccessEntryId, AccountId, AuditEvent, ContactId, Event, MessagingEvent, Outcome, Permission, Refusal, RequestId,
    UserId,
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use std::time::Duration;

const ENTRIES: u64 = 3_000;
/// Rows of one statement; PostgreSQL takes at most 65,535 values.
const BATCH: usize = 500;

/// A month of log: mostly reads by day, some changes, now and then a refusal.
pub(super) async fn write(
    change: &Change,
    users: &[(UserId, AccountId)],
    accounts: &[AccountId],
    dice: &mut Dice,
) -> Result<()> {
    let mut rows = Vec::new();
    for _ in 0..ENTRIES {
        rows.push(entry(change, users, accounts, dice)?);
        if rows.len() == BATCH {
            access_entry::Entity::insert_many(rows.split_off(0)).exec_without_returning(change.db()).await?;
        }
    }
    Ok(())
}

fn entry(
    change: &Change,
    users: &[(UserId, AccountId)],
    accounts: &[AccountId],
    dice: &mut Dice,
) -> Result<access_entry::ActiveModel> {
    let ctx = change.access().ctx();
    let (user, account) = dice.pick(users);
    let contact = ContactId(ctx.new_id()?);
    let (method, path, permission, event) = match dice.roll(20) {
        0 => {
            let why = Refusal::Permission(Permission::ContactReadPii);
            ("GET", "/contacts", Permission::ContactReadPii, Event::Audit(AuditEvent::Refused { why }))
        }
        1 => {
            let why = Refusal::Permission(Permission::ContactDelete);
            ("POST", "/api/delete_contact", Permission::ContactDelete, Event::Audit(AuditEvent::Refused { why }))
        }
        2..=4 => (
            "POST",
            "/api/create_contact",
            Permission::ContactCreate,
            Event::Messaging(MessagingEvent::ContactCreated { contact }),
        ),
        5..=7 => (
            "POST",
            "/api/update_contact",
            Permission::ContactUpdateDetails,
            Event::Messaging(MessagingEvent::ContactUpdated { contact }),
        ),
        _ => (
            "GET",
            "/contacts",
            Permission::ContactReadPii,
            Event::Messaging(MessagingEvent::ContactsRead { records: 1 + dice.roll(50) }),
        ),
    };
    // By day, that is from seven to seven in Johannesburg.
    let (day, second) = (dice.roll(30), 5 * 3600 + dice.roll(12 * 3600));
    let at = ctx.now() - MONTH + Duration::from_secs(day * 86_400 + second % 86_400);
    Ok(access_entry::ActiveModel {
        id: Set(AccessEntryId(ctx.new_id()?)),
        organisation_id: Set(change.access().organisation()),
        account_id: Set(Some(if dice.roll(2) == 0 { account } else { accounts[0] })),
        request_id: Set(RequestId(ctx.new_id()?)),
        user_id: Set(Some(user)),
        api_key_id: Set(None),
        subject_user_id: Set(None),
        ip: Set(format!("196.25.{}.{}", dice.roll(4), 1 + dice.roll(250))),
        method: Set(method.to_owned()),
        path: Set(path.to_owned()),
        action: Set(event.facts().action.to_owned()),
        permission: Set(permission.path().to_owned()),
        event: Set(serde_json::to_string(&event)?),
        records: Set(i64::try_from(event.facts().records).unwrap_or(i64::MAX)),
        outcome: Set(if matches!(event, Event::Audit(AuditEvent::Refused { .. })) {
            Outcome::Refused
        } else {
            Outcome::Allowed
        }),
        created_at: Set(at),
        repeats: Set(1),
        last_at: Set(None),
    })
}
