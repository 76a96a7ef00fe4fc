//! The data access log: who touched what, from where, and whether they were allowed to.

use crate::{
    Access, Context, Result,
    entity::{access_entry, api_key, user},
    page::{self, Paging},
    search, tenant,
};
use model::{
    AccessEntry, AccessEntryId, AccessFilter, AccountId, ApiKeyId, AuditEvent, Event, OrganisationEvent,
    OrganisationFields, Outcome, Page, Permission, Problem, Timestamp, UserId, limit, text,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select,
    sea_query::{Alias, Expr, ExprTrait, Func},
};

/// Rows of a page.
const PAGE: u64 = 50;

#[derive(Clone, FromQueryResult)]
struct Row {
    id: AccessEntryId,
    user_id: Option<UserId>,
    api_key_id: Option<ApiKeyId>,
    key_name: Option<String>,
    key_begins: Option<String>,
    ip: String,
    method: String,
    path: String,
    permission: String,
    event: String,
    records: i64,
    outcome: Outcome,
    created_at: Timestamp,
    repeats: i64,
    last_at: Option<Timestamp>,
    who_first: Option<String>,
    who_last: Option<String>,
    whom_first: Option<String>,
    whom_last: Option<String>,
}

/// What happened in an account and those below it, the newest first; at the root in the whole
/// organisation. That it was read stands in it too.
///
/// # Errors
/// [`Problem::Malformed`] for a filter that is too long.
pub async fn list(ctx: &Context, account: AccountId, filter: AccessFilter) -> Result<Page<AccessEntry>> {
    let is_narrow = filter.is_narrow();
    let AccessFilter { user, ips, path, outcome, cursor } = filter;
    if [&ips, &path].iter().any(|text| text.chars().count() > limit::LINE || text.chars().any(char::is_control)) {
        return Err(Problem::Malformed.into());
    }
    let access = ctx.access(account, Permission::AccessLogRead).await?;
    let mut select = visible(&access).await?;
    if let Some(user) = user {
        select = select.filter(access_entry::Column::UserId.eq(user));
    }
    let ips: Vec<String> = ips.split(',').map(str::trim).filter(|ip| !ip.is_empty()).map(text::canonical_ip).collect();
    if !ips.is_empty() {
        select = select.filter(access_entry::Column::Ip.is_in(ips));
    }
    if let Some(outcome) = outcome {
        select = select.filter(access_entry::Column::Outcome.eq(outcome));
    }
    let paging = Paging {
        at: access_entry::Column::CreatedAt,
        id: access_entry::Column::Id,
        order: Order::Desc,
        size: PAGE,
        cursor,
    };
    let key = |row: &Row| (row.created_at.0, row.id.0);
    let reads = if is_narrow { access.expensive_reads().await? } else { access.page_reads().await? };
    if !path.trim().is_empty() {
        select = beginning_with(&*reads, &access, select, path.trim()).await?;
    }
    let page = page::fetch(&*reads, select, paging, with_names, key).await?;
    drop(reads);
    access.log(Event::Audit(AuditEvent::AccessLogRead { records: page.rows.len() as u64 })).await?;
    let moments = ctx.moments();
    Ok(page.map(|row| entry(row, &moments)))
}

/// Entries at rare paths are looked up by the index of paths. Of more than so many, a page is full soon in the
/// order of the list.
const FEW: u64 = 1_000;

/// Narrows to the paths that begin with a text. PostgreSQL finds the better way by itself.
async fn beginning_with(
    db: &impl ConnectionTrait,
    access: &Access,
    select: Select<access_entry::Entity>,
    path: &str,
) -> Result<Select<access_entry::Entity>> {
    let column = access_entry::Column::Path;
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(select.filter(search::starts_with(column.into_expr(), path)));
    }
    let in_range = column.gte(path).and(column.lt(format!("{path}{}", char::MAX)));
    let few = access.in_organisation::<access_entry::Entity>().filter(in_range).limit(FEW + 1);
    let few: Vec<AccessEntryId> = few.select_only().column(access_entry::Column::Id).into_tuple().all(db).await?;
    let begins = Func::cust("instr").args([column.into_expr(), Expr::val(path)]);
    let select = select.filter(Expr::expr(begins).eq(1));
    let are_few = few.len() as u64 <= FEW;
    Ok(if are_few { select.filter(access_entry::Column::Id.is_in(few)) } else { select })
}

/// The entries of the account and those below it; at the root those of accounts that are gone besides.
async fn visible(access: &Access) -> Result<Select<access_entry::Entity>> {
    if tenant::root(access.readers(), access).await? == access.account() {
        Ok(access.in_organisation())
    } else {
        Ok(access.in_subtree())
    }
}

/// The last entries, for those who may read the log; none for others.
pub(crate) async fn last(access: &Access, rows: u64) -> Result<Option<Vec<AccessEntry>>> {
    let Some(access) = access.narrowed_to(Permission::AccessLogRead) else { return Ok(None) };
    let select = visible(&access)
        .await?
        .order_by_desc(access_entry::Column::CreatedAt)
        .order_by_desc(access_entry::Column::Id)
        .limit(rows);
    let rows = with_names(select).into_model::<Row>().all(&*access.expensive_reads().await?).await?;
    access.log(Event::Audit(AuditEvent::AccessLogRead { records: rows.len() as u64 })).await?;
    let moments = access.ctx().moments();
    Ok(Some(rows.into_iter().map(|row| entry(row, &moments)).collect()))
}

fn with_names(select: Select<access_entry::Entity>) -> Select<access_entry::Entity> {
    let (who, whom) = (Alias::new("who"), Alias::new("whom"));
    let name = |person: &Alias, column: user::Column| Expr::col((person.clone(), column));
    let to_key: RelationDef = access_entry::Entity::belongs_to(api_key::Entity)
        .from(access_entry::Column::ApiKeyId)
        .to(api_key::Column::Id)
        .into();
    select
        .join_as(JoinType::LeftJoin, to_user(access_entry::Column::UserId), who.clone())
        .join_as(JoinType::LeftJoin, to_user(access_entry::Column::SubjectUserId), whom.clone())
        .join(JoinType::LeftJoin, to_key)
        .column_as(api_key::Column::Name, "key_name")
        .column_as(api_key::Column::Begins, "key_begins")
        .expr_as(name(&who, user::Column::FirstName), "who_first")
        .expr_as(name(&who, user::Column::LastName), "who_last")
        .expr_as(name(&whom, user::Column::FirstName), "whom_first")
        .expr_as(name(&whom, user::Column::LastName), "whom_last")
}

fn to_user(column: access_entry::Column) -> RelationDef {
    access_entry::Entity::belongs_to(user::Entity).from(column).to(user::Column::Id).into()
}

/// An event as the log has it.
pub(crate) fn event(text: &str) -> Result<Event> {
    // Before it said which fields, a change of the details was a mere name.
    if text == r#""organisation_updated""# {
        return Ok(Event::Organisation(OrganisationEvent::OrganisationUpdated {
            fields: OrganisationFields::default(),
        }));
    }
    Ok(serde_json::from_str(text)?)
}

fn entry(row: Row, moments: &crate::moment::Moments) -> AccessEntry {
    let name = |first: Option<String>, last: Option<String>, otherwise: &str| match (first, last) {
        (Some(first), Some(last)) => format!("{first} {last}"),
        _ => otherwise.to_owned(),
    };
    let whom = name(row.whom_first, row.whom_last, "somebody who left");
    // An event of a later version is shown without its sentence rather than not at all.
    let what = event(&row.event).map_or_else(|_| String::new(), |event| event.sentence(&whom));
    AccessEntry {
        id: row.id,
        at: moments.of(row.created_at),
        repeats: u64::try_from(row.repeats).unwrap_or(1),
        last: moments.of(row.last_at.unwrap_or(row.created_at)),
        who: name(row.who_first, row.who_last, if row.user_id.is_some() { "Somebody who left" } else { "Somebody" }),
        user: row.user_id,
        key: row.api_key_id.map(|_| row.key_name.unwrap_or_else(|| "that is gone".to_owned())),
        key_begins: row.key_begins,
        ip: row.ip,
        method: row.method,
        path: row.path,
        permission: row.permission.parse().ok(),
        what,
        records: u64::try_from(row.records).unwrap_or(0),
        outcome: row.outcome,
    }
}
