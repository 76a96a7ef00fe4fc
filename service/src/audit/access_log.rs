//! The data access log: who touched what, from where, and whether they were allowed to.

use crate::{
    Access, Context, Result,
    entity::{access_entry, api_key, membership, user},
    moment::Moments,
    page::{self, SortBy, Sorting},
    search, tenant,
};
use model::{
    AccessEntry, AccessEntryId, AccessFilter, AccountId, ApiKeyId, AuditEvent, Cursor, EntryKey, EntryPerson, Event,
    EventSentence, MemberId, OrganisationEvent, OrganisationFields, Outcome, Page, Permission, PersonName, Problem,
    RequestId, SortKey, Text, Timestamp, Total, UserId, limit, text,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationDef, Select,
    sea_query::{Alias, Expr, ExprTrait, Func},
};
use std::collections::{HashMap, HashSet};

/// Rows of a page.
const PAGE: u64 = 50;

#[derive(Clone, FromQueryResult)]
struct Row {
    id: AccessEntryId,
    request_id: RequestId,
    user_id: Option<UserId>,
    api_key_id: Option<ApiKeyId>,
    subject_user_id: Option<UserId>,
    key_name: Option<String>,
    key_begins: Option<String>,
    ip: String,
    method: String,
    path: String,
    action: String,
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
/// organisation. That it was read is logged too.
///
/// # Errors
/// [`Problem::Malformed`] for a filter that is too long.
pub async fn list(ctx: &Context, account: AccountId, filter: AccessFilter) -> Result<Page<AccessEntry>> {
    let access = ctx.access(account, Permission::AccessLogRead).await?;
    let reads = access.list_reads(filter.is_narrow()).await?;
    let page = read(&*reads, &access, filter, PAGE).await?;
    drop(reads);
    access.log(Event::Audit(AuditEvent::AccessLogRead { records: page.rows.len() as u64 })).await?;
    Ok(page)
}

/// A page of the entries that a filter leaves. The caller logs that they are shown.
async fn read(
    db: &impl ConnectionTrait,
    access: &Access,
    filter: AccessFilter,
    size: u64,
) -> Result<Page<AccessEntry>> {
    let select = matching(db, access, &filter).await?;
    let total = page::count(db, select.clone());
    read_page(db, access, select, filter.cursor, size, total).await
}

/// As [`read`] of what happened before an instant, without counting.
pub(super) async fn read_without_total(
    db: &impl ConnectionTrait,
    access: &Access,
    filter: &AccessFilter,
    before: Timestamp,
    size: u64,
) -> Result<Page<AccessEntry>> {
    let select = matching(db, access, filter).await?.filter(access_entry::Column::CreatedAt.lt(before));
    read_page(db, access, select, filter.cursor.clone(), size, async { Ok(Total::NONE) }).await
}

async fn read_page(
    db: &impl ConnectionTrait,
    access: &Access,
    select: Select<access_entry::Entity>,
    cursor: Option<Cursor>,
    size: u64,
    total: impl Future<Output = Result<Total>>,
) -> Result<Page<AccessEntry>> {
    let sorting = Sorting {
        by: SortBy::Number(access_entry::Column::CreatedAt.into_expr()),
        id: access_entry::Column::Id.into_expr(),
        order: Order::Desc,
        indexed: true,
        size,
        cursor,
    };
    let key = |row: &Row| (SortKey::Number(row.created_at.0), row.id.0);
    let page = page::fetch_sorted(db, select, sorting, total, with_names, key).await?;
    let members = members(db, access, &page.rows).await?;
    let (ctx, moments) = (access.ctx(), access.ctx().moments());
    Ok(page.map(|row| entry(row, ctx, &moments, &members)))
}

/// The entries that a filter leaves.
pub(super) async fn matching(
    db: &impl ConnectionTrait,
    access: &Access,
    filter: &AccessFilter,
) -> Result<Select<access_entry::Entity>> {
    let AccessFilter { user, key, who, ips, path, outcome, permission, period, from, to, cursor: _ } = filter;
    if [who, ips, path].iter().any(|text| text.chars().count() > limit::LINE || text.chars().any(char::is_control)) {
        return Err(Problem::Malformed.into());
    }
    let mut select = visible(access)
        .await?
        .apply_if(*user, |select, user| select.filter(access_entry::Column::UserId.eq(user)))
        .apply_if(*key, |select, key| select.filter(access_entry::Column::ApiKeyId.eq(key)))
        .apply_if(*outcome, |select, outcome| select.filter(access_entry::Column::Outcome.eq(outcome)))
        .apply_if(*permission, |select, leaf| select.filter(access_entry::Column::Permission.eq(leaf.path())));
    let ips: Vec<String> = ips.split(',').map(str::trim).filter(|ip| !ip.is_empty()).map(text::canonical_ip).collect();
    if !ips.is_empty() {
        select = select.filter(access_entry::Column::Ip.is_in(ips));
    }
    let moments = access.ctx().moments();
    let first = from.or_else(|| period.map(|period| moments.first_day(period)));
    if let Some(day) = first {
        select = select.filter(access_entry::Column::CreatedAt.gte(moments.start_of(day)));
    }
    if let Some(day) = to {
        select = select.filter(access_entry::Column::CreatedAt.lt(moments.end_of(*day)));
    }
    if !who.trim().is_empty() {
        select = select.filter(by_name(access, who));
    }
    match path.trim() {
        "" => Ok(select),
        path => beginning_with(db, access, select, path).await,
    }
}

/// Done by a person, or through a key, with this in the name. Only whom the organisation's log knows is looked for.
fn by_name(access: &Access, name: &str) -> Condition {
    let entries = access
        .in_organisation::<access_entry::Entity>()
        .filter(
            Expr::col((access_entry::Entity, access_entry::Column::UserId)).equals((user::Entity, user::Column::Id)),
        )
        .select_only()
        .column(access_entry::Column::Id);
    let people = user::Entity::find()
        .filter(search::folded_mention([user::Column::NameFold.into_expr()], name))
        .filter(Expr::exists(entries.into_query()))
        .select_only()
        .column(user::Column::Id);
    let keys = access
        .in_organisation::<api_key::Entity>()
        .filter(search::folded_mention([api_key::Column::NameFold.into_expr()], name))
        .select_only()
        .column(api_key::Column::Id);
    Condition::any()
        .add(access_entry::Column::UserId.in_subquery(people.into_query()))
        .add(access_entry::Column::ApiKeyId.in_subquery(keys.into_query()))
}

/// The people of these entries as members of an account that the reader sees, for those who may see members.
async fn members(db: &impl ConnectionTrait, access: &Access, rows: &[Row]) -> Result<HashMap<UserId, MemberId>> {
    let Some(access) = access.narrowed_to(Permission::MemberRead) else { return Ok(HashMap::new()) };
    let people: HashSet<UserId> = rows.iter().flat_map(|row| [row.user_id, row.subject_user_id]).flatten().collect();
    let members = access
        .in_subtree::<membership::Entity>()
        .filter(membership::Column::UserId.is_in(people))
        .select_only()
        .columns([membership::Column::UserId, membership::Column::Id]);
    Ok(members.into_tuple::<(UserId, MemberId)>().all(db).await?.into_iter().collect())
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
pub(super) async fn visible(access: &Access) -> Result<Select<access_entry::Entity>> {
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
    let reads = access.expensive_reads().await?;
    let rows = with_names(select).into_model::<Row>().all(&*reads).await?;
    let members = members(&*reads, &access, &rows).await?;
    drop(reads);
    access.log(Event::Audit(AuditEvent::AccessLogRead { records: rows.len() as u64 })).await?;
    let (ctx, moments) = (access.ctx(), access.ctx().moments());
    Ok(Some(rows.into_iter().map(|row| entry(row, ctx, &moments, &members)).collect()))
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

/// `None` for somebody whose login is gone.
fn full_name(first: Option<String>, last: Option<String>) -> Option<String> {
    Some(format!("{} {}", first?, last?))
}

fn entry(row: Row, ctx: &Context, moments: &Moments, members: &HashMap<UserId, MemberId>) -> AccessEntry {
    let person = |user: Option<UserId>, name: Option<String>| {
        let missing = if user.is_some() { PersonName::Former } else { PersonName::Unknown };
        let member = user.and_then(|user| members.get(&user).copied());
        EntryPerson { user, name: name.map_or(missing, PersonName::Known), member }
    };
    let subject = person(row.subject_user_id, full_name(row.whom_first, row.whom_last));
    // An event of a later version is shown without its sentence rather than not at all.
    let event = event(&row.event).ok();
    let what = event
        .as_ref()
        .map_or_else(String::new, |event| EventSentence { event, whom: &subject.name }.text(ctx.locale()).into());
    AccessEntry {
        id: row.id,
        request: row.request_id,
        at: moments.of(row.created_at),
        repeats: u64::try_from(row.repeats).unwrap_or(1),
        last: moments.of(row.last_at.unwrap_or(row.created_at)),
        who: person(row.user_id, full_name(row.who_first, row.who_last)),
        key: row.api_key_id.map(|id| EntryKey {
            id,
            name: row.key_name.unwrap_or_default(),
            begins: row.key_begins.unwrap_or_default(),
        }),
        ip: row.ip,
        method: row.method,
        path: row.path,
        action: row.action,
        permission: row.permission.parse().ok(),
        what,
        records: u64::try_from(row.records).unwrap_or(0),
        outcome: row.outcome,
        refusal: event.as_ref().and_then(Event::refusal),
        contact: event.and_then(|event| event.facts().contact),
        subject: Some(subject).filter(|subject| subject.user.is_some()),
    }
}
