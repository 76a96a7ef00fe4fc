//! What one actor repeats within a minute stands in one entry of the log, with how often and until when; and how many
//! refusals one actor may cause in that time.

use crate::{
    entity::access_entry,
    kernel::{Access, Actor, Change, Network, Result},
};
use model::{AccessEntryId, AccountId, Event, OrganisationId, Outcome, Problem, Timestamp};
use quick_cache::sync::Cache;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, sea_query::Expr,
};
use std::time::Duration;

/// How long an entry takes up what repeats it.
const WINDOW: Duration = Duration::from_mins(1);

/// Refusals of one actor in one organisation within [`WINDOW`] that are written and answered as such. A page asks for
/// a handful; whoever causes more than two a second is a program gone wrong, or tries what there is.
const REFUSALS: i64 = 120;

/// Actors that are remembered to have caused too many.
const REMEMBERED: usize = 10_000;

/// Whose repetitions are counted together: in one organisation, and those of nobody by their network.
type ActorKey = (OrganisationId, Actor, Option<Network>);

fn actor_key(access: &Access) -> ActorKey {
    let ctx = access.ctx();
    (access.organisation(), ctx.actor(), (ctx.actor() == Actor::Anonymous).then(|| ctx.network()))
}

/// Who caused too many refusals, and until when that counts: they are answered without a look into the database.
pub(crate) struct RefusalLimit(Cache<ActorKey, Timestamp>);

impl RefusalLimit {
    pub fn new() -> Self {
        Self(Cache::new(REMEMBERED))
    }
}

/// Whether the actor may be refused once more.
///
/// # Errors
/// [`Problem::TooMany`] when they were refused too often a moment ago.
pub(crate) fn check(access: &Access) -> Result<()> {
    let ctx = access.ctx();
    match ctx.service().refusal_limit.0.get(&actor_key(access)) {
        Some(until) if until > ctx.now() => Err(too_many(until, ctx.now()).into()),
        Some(_) | None => Ok(()),
    }
}

fn too_many(until: Timestamp, now: Timestamp) -> Problem {
    Problem::TooMany { seconds: until.since(now).as_secs().max(1) }
}

/// An entry of the actor that takes up repetitions.
#[derive(FromQueryResult)]
struct Row {
    id: AccessEntryId,
    account_id: Option<AccountId>,
    ip: String,
    action: String,
    permission: String,
    event: String,
    outcome: Outcome,
    repeats: i64,
    created_at: Timestamp,
}

impl Row {
    /// Whether `entry` is the same once more. Refusals are by their reason and whom they are about, reads whatever was
    /// read.
    fn is_repeated_by(&self, entry: &access_entry::ActiveModel) -> bool {
        let Self { account_id, ip, action, permission, event: reason, outcome, .. } = self;
        (account_id, action, permission)
            == (entry.account_id.as_ref(), entry.action.as_ref(), entry.permission.as_ref())
            && Network::of(ip) == Network::of(entry.ip.as_ref())
            && (*outcome == Outcome::Allowed || reason == entry.event.as_ref())
    }
}

/// Writes events whose repetitions are counted, each into the entry of the minute or as the first of one.
///
/// # Errors
/// [`Problem::TooMany`], with nothing written, where there is nothing but refusals and there were too many before.
pub(crate) async fn write(change: &Change, events: &[&Event], alone: bool) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let access = change.access();
    let (ctx, who) = (access.ctx(), actor_key(access));
    // Those at the same moment: each sees what the one before wrote.
    change.lock_text(&format!("repetition:{}:{:?}:{:?}", who.0, who.1, who.2)).await?;
    let rows = current(change).await?;
    let now = ctx.now();
    let refusals = rows.iter().filter(|row| row.outcome == Outcome::Refused);
    if alone && refusals.clone().map(|row| row.repeats).sum::<i64>() >= REFUSALS {
        let until = refusals.map(|row| row.created_at).min().unwrap_or(now) + WINDOW;
        ctx.service().refusal_limit.0.insert(who, until);
        return Err(too_many(until, now).into());
    }
    for (event, repeats) in counted(events) {
        let mut entry = change.entry(event)?;
        let records = entry.records.as_ref().saturating_mul(repeats);
        if let Some(row) = rows.iter().find(|row| row.is_repeated_by(&entry)) {
            access_entry::Entity::update_many()
                .col_expr(access_entry::Column::Repeats, more(access_entry::Column::Repeats, repeats))
                .col_expr(access_entry::Column::Records, more(access_entry::Column::Records, records))
                .col_expr(access_entry::Column::LastAt, Expr::value(Some(now)))
                .filter(access_entry::Column::Id.eq(row.id))
                .exec(change.db())
                .await?;
        } else {
            entry.repeats = Set(repeats);
            entry.records = Set(records);
            entry.last_at = Set(Some(now));
            access_entry::Entity::insert(entry).exec_without_returning(change.db()).await?;
        }
    }
    Ok(())
}

fn more(column: access_entry::Column, number: i64) -> Expr {
    use sea_orm::sea_query::ExprTrait;
    column.into_expr().add(number)
}

/// Each of the events once, with how often it is among them.
fn counted<'a>(events: &[&'a Event]) -> Vec<(&'a Event, i64)> {
    let mut counted: Vec<(&Event, i64)> = Vec::new();
    for event in events {
        match counted.iter_mut().find(|(other, _)| other == event) {
            Some((_, repeats)) => *repeats += 1,
            None => counted.push((event, 1)),
        }
    }
    counted
}

/// The entries of the actor that take up repetitions now.
async fn current(change: &Change) -> Result<Vec<Row>> {
    use access_entry::Column;
    let access = change.access();
    let (ctx, since) = (access.ctx(), access.ctx().now() - WINDOW);
    let mut by = Condition::all().add(match access.user() {
        Some(user) => Column::UserId.eq(user),
        None => Column::UserId.is_null(),
    });
    by = by.add(match access.key() {
        Some(key) => Column::ApiKeyId.eq(key),
        None => Column::ApiKeyId.is_null(),
    });
    let network = ctx.network();
    if ctx.actor() == Actor::Anonymous {
        // Narrows what is read; what is the same network is told below.
        by = by.add(Column::Ip.starts_with(network.prefix()));
    }
    let columns = [
        Column::Id,
        Column::AccountId,
        Column::Ip,
        Column::Action,
        Column::Permission,
        Column::Event,
        Column::Outcome,
        Column::Repeats,
        Column::CreatedAt,
    ];
    let rows = access
        .in_organisation::<access_entry::Entity>()
        .filter(by)
        // By which they are indexed.
        .filter(Column::LastAt.gt(since))
        .filter(Column::CreatedAt.gt(since))
        .select_only()
        .columns(columns)
        .into_model::<Row>()
        .all(change.db())
        .await?;
    let is_same = |row: &Row| ctx.actor() != Actor::Anonymous || Network::of(&row.ip) == network;
    Ok(rows.into_iter().filter(is_same).collect())
}
