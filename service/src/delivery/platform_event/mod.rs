//! What a messaging platform reports with a key: its sends, credits, hooks, imports and invoices.

mod read;

use crate::{
    Change, Context, Result, Rollback,
    entity::{account, platform_event as events},
    page::{self, Paging},
    throttle::{self, Throttle},
};
use model::{
    AccountId, DeliveryEvent, Event, EventReceipt, FieldErrors, FieldFault, Page, Permission, PlatformEvent,
    PlatformEventFilter, PlatformEventId, PlatformEventKind, ReportedEvent, Timestamp,
};
use read::Report;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QuerySelect,
    RelationDef, Select,
};
use std::{collections::HashMap, time::Duration};

/// Rows of a page.
const PAGE: u64 = 50;
/// Events of one organisation, so that no key fills the disk. A platform that sends a million messages a day reports some
/// ten thousand.
const REPORTS: Throttle = Throttle { name: "platform-events", tries: 1_000_000, within: Duration::from_hours(24) };
/// Events are kept so long.
const LIFETIME: Duration = Duration::from_hours(90 * 24);

/// Takes up what a platform reports, a JSON object or a list of them: all of it, or nothing. An event whose id was reported
/// before is the same event.
///
/// # Errors
/// [`model::Problem::Invalid`] with every field in which something is wrong, and for an id under which something else
/// was reported; [`model::Problem::Malformed`] for what is neither an object nor a list of objects;
/// [`model::Problem::TooMany`] for more than a million a day.
pub async fn report(ctx: &Context, account: AccountId, body: serde_json::Value) -> Result<EventReceipt> {
    let reports = read::reports(body, ctx.now())?;
    let access = ctx.access(account, Permission::EventReport).await?;
    let many = i32::try_from(reports.len()).unwrap_or(i32::MAX);
    throttle::count_many(ctx, REPORTS, &access.organisation().to_string(), many).await?;
    access
        .change(async |change| {
            let (reports, repeated) = without_known(change, reports).await?;
            let accepted = reports.len() as u64;
            if accepted == 0 {
                return Ok((EventReceipt { accepted, repeated }, Vec::new()));
            }
            insert(change, account, reports).await?;
            let event = Event::Delivery(DeliveryEvent::EventsReported { events: accepted });
            Ok((EventReceipt { accepted, repeated }, vec![event]))
        })
        .await
}

/// Those that were not reported before, each once, and how many were.
async fn without_known(change: &Change, reports: Vec<Report>) -> Result<(Vec<Report>, u64), Rollback> {
    let ids = reports.iter().map(|report| report.reported_id.clone());
    let select = change.access().in_account::<events::Entity>().filter(events::Column::ReportedId.is_in(ids));
    let rows = select.all(change.db()).await?;
    let read = |row: events::Model| -> Result<_> {
        Ok((row.reported_id, (serde_json::from_str(&row.content)?, row.occurred_at)))
    };
    let mut known: HashMap<String, (PlatformEvent, Timestamp)> = rows.into_iter().map(read).collect::<Result<_>>()?;
    let (mut new, mut repeated, mut errors) = (Vec::new(), 0, FieldErrors::default());
    for report in reports {
        let Report { field, reported_id, event, at, time_fault } = &report;
        match known.get(reported_id) {
            Some((before, then)) if before == event && then == at => repeated += 1,
            Some(_) => errors.add(format!("{field}id"), FieldFault::OtherEvent),
            None => {
                // A report that is sent once more may be too old by now.
                if let Some(fault) = time_fault {
                    errors.add(format!("{field}time"), fault.clone());
                }
                known.insert(reported_id.clone(), (event.clone(), *at));
                new.push(report);
            }
        }
    }
    if errors.is_empty() { Ok((new, repeated)) } else { Err(errors.into()) }
}

/// Events that happened then, numbered by where they stand, inside a change.
pub(crate) async fn insert_all(
    change: &Change,
    account: AccountId,
    events: Vec<(Timestamp, PlatformEvent)>,
) -> Result<()> {
    let report = |(position, (at, event)): (usize, (Timestamp, PlatformEvent))| {
        let reported_id = format!("event-{}", position + 1);
        Report { field: String::new(), reported_id, event, at, time_fault: None }
    };
    insert(change, account, events.into_iter().enumerate().map(report).collect()).await
}

async fn insert(change: &Change, account: AccountId, reports: Vec<Report>) -> Result<()> {
    let (access, ctx) = (change.access(), change.access().ctx());
    let row = |Report { reported_id, event, at, .. }: Report| -> Result<_> {
        Ok(events::ActiveModel {
            id: Set(PlatformEventId(ctx.new_id()?)),
            organisation_id: Set(access.organisation()),
            account_id: Set(account),
            reported_id: Set(reported_id),
            kind: Set(event.kind().name().to_owned()),
            content: Set(serde_json::to_string(&event)?),
            occurred_at: Set(at),
            created_at: Set(ctx.now()),
        })
    };
    let rows = reports.into_iter().map(row).collect::<Result<Vec<_>>>()?;
    events::Entity::insert_many(rows).exec_without_returning(change.db()).await?;
    Ok(())
}

#[derive(Clone, FromQueryResult)]
struct Row {
    id: PlatformEventId,
    account_id: AccountId,
    reported_id: String,
    content: String,
    occurred_at: Timestamp,
    account_name: String,
}

/// What was reported for an account and those below it, the newest first; invoices and payments for those who may see
/// billing.
pub async fn list(ctx: &Context, account: AccountId, filter: PlatformEventFilter) -> Result<Page<ReportedEvent>> {
    let PlatformEventFilter { kind, cursor } = filter;
    let access = ctx.access(account, Permission::AlertRead).await?;
    let mut select = access.in_subtree::<events::Entity>();
    if let Some(kind) = kind {
        select = select.filter(events::Column::Kind.eq(kind.name()));
    }
    if !access.may(Permission::BillingRead) {
        let others = PlatformEventKind::ALL.iter().filter(|kind| !kind.is_of_billing()).map(|kind| kind.name());
        select = select.filter(events::Column::Kind.is_in(others));
    }
    let paging =
        Paging { at: events::Column::OccurredAt, id: events::Column::Id, order: Order::Desc, size: PAGE, cursor };
    let key = |row: &Row| (row.occurred_at.0, row.id.0);
    // Those of an account below, or of one kind, may lie far apart in the index.
    let page = page::fetch(&*access.expensive_reads().await?, select, paging, with_accounts, key).await?;
    let moments = ctx.moments();
    let view = |row: Row| -> Result<_> {
        Ok(ReportedEvent {
            id: row.id,
            reported_id: row.reported_id,
            event: serde_json::from_str(&row.content)?,
            account: row.account_id,
            account_name: row.account_name,
            time: moments.of(row.occurred_at),
        })
    };
    page.try_map(view)
}

fn with_accounts(select: Select<events::Entity>) -> Select<events::Entity> {
    let to_account: RelationDef =
        events::Entity::belongs_to(account::Entity).from(events::Column::AccountId).to(account::Column::Id).into();
    select.join(JoinType::InnerJoin, to_account).column_as(account::Column::Name, "account_name")
}

/// Those whose time is over, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<events::Entity> {
    events::Entity::find().filter(events::Column::CreatedAt.lte(now - LIFETIME))
}
