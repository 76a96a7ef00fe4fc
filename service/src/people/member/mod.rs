//! The people in an account, and what each may do.

mod bulk;
mod change;
mod granters;
mod list_scope;
mod preview;
mod reader;
mod rules;
mod second_factor;
mod undo;

use crate::joins;
pub use bulk::{change_many, preview_many};
pub use change::{leave, remove, restore, set_role, suspend, switch_permission};
pub use granters::granters;
pub use list_scope::{above, accounts};
pub use second_factor::reset_second_factor;
pub use undo::undo;

pub(crate) use change::take_away;
pub(crate) use preview::{preview_role, subject};

use crate::{
    Access, Context, Result,
    cache::VersionedCache,
    entity::{self, account, membership, user},
    grants,
    moment::SeenFrom,
    page::{self, SortBy, Sorting},
    pending_invitations::{self, Loss},
    search,
    second_factor::holders,
    session, tenant,
};
use list_scope::ListScope;
use model::{
    AccountId, Event, FoundPerson, Grant, Member, MemberCounts, MemberDetails, MemberFilter, MemberId, MemberSort,
    MemberStatus, Page, PeopleEvent, Permission, PermissionSet, Problem, Role, RoleId, SortKey, Timestamp, Total,
    UserId,
};
use reader::{for_reader, last_seen, page_for_reader, require_filter};
use rules::Rules;
use sea_orm::{
    ColumnTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{CaseStatement, Expr, ExprTrait},
};
use std::{collections::HashMap, sync::Arc};

/// Rows of a page.
const PAGE: u64 = 100;

#[derive(Clone, FromQueryResult)]
struct Row {
    id: MemberId,
    user_id: UserId,
    account_id: AccountId,
    role: Role,
    permissions: PermissionSet,
    named: Option<String>,
    named_permissions: Option<PermissionSet>,
    suspended_at: Option<Timestamp>,
    created_at: Timestamp,
    email: String,
    first_name: String,
    last_name: String,
    account_name: String,
    depth: i16,
    sort_name: String,
    has_second_factor: bool,
}

impl Row {
    /// What can be held in the member's account.
    fn reach(&self) -> PermissionSet {
        PermissionSet::reach(self.depth == 0)
    }

    fn grant(&self) -> Grant {
        let named = self.named.clone().zip(self.named_permissions);
        grants::grant(self.role, self.permissions, named).within(self.reach())
    }
}

fn joined_columns(select: Select<membership::Entity>) -> Select<membership::Entity> {
    select
        .join(JoinType::InnerJoin, joins::member_to_account())
        .join(JoinType::LeftJoin, grants::of_membership())
        .column_as(entity::role::Column::Name, "named")
        .column_as(entity::role::Column::Permissions, "named_permissions")
        .column(user::Column::Email)
        .column(user::Column::FirstName)
        .column(user::Column::LastName)
        .column_as(account::Column::Name, "account_name")
        .column(account::Column::Depth)
        .column_as(membership::Column::UserId.in_subquery(holders()), "has_second_factor")
        .column_as(user::Column::NameFold, "sort_name")
}

/// The place of a membership's role among all.
fn rank(owner: UserId) -> Expr {
    let is_owner = membership::Column::UserId.into_expr().eq(owner);
    let rank = CaseStatement::new().case(is_owner, Role::Owner.rank());
    let others = Role::ASSIGNABLE.into_iter();
    let rank =
        others.fold(rank, |rank, role| rank.case(membership::Column::Role.into_expr().eq(role.name()), role.rank()));
    rank.finally(Role::Named(RoleId(uuid::Uuid::nil())).rank()).into()
}

/// The members of an account and of those below it, in the order that the filter says.
///
/// # Errors
/// [`Problem::Malformed`] for a search that is too long, and for the cursor of another order;
/// [`Problem::NotFound`] for an account to narrow it to that does not lie below; [`Problem::Refused`] for a filter
/// that is not for the actor to ask.
pub async fn list(ctx: &Context, account: AccountId, filter: MemberFilter) -> Result<Page<Member>> {
    search::validate(&filter.search)?;
    let access = ctx.access(account, Permission::MemberRead).await?;
    require_filter(&access, &filter).await?;
    let page = page_for_reader(&access, page_of(&access, filter).await?).await?;
    access.log_read_by_key(Event::People(PeopleEvent::MembersRead { records: page.rows.len() as u64 })).await?;
    Ok(page)
}

async fn page_of(access: &Access, filter: MemberFilter) -> Result<Page<Member>> {
    let (ctx, account) = (access.ctx(), access.account());
    let moments = ctx.moments();
    let as_read = |found: Arc<MemberPage>| found.page.clone().map(|row| member(row, found.owner, &moments));
    // Large, and seldom needed: made only when it is.
    let found = || Box::pin(find(access, &filter));
    // What somebody types is seldom typed again.
    if !filter.search.is_empty() {
        return Ok(as_read(found().await?));
    }
    let Caches { pages, pages_as_read, .. } = ctx.service().extension();
    let read = async { Ok(as_read(pages.get_or_read(ctx, (account, filter.clone()), found()).await?)) };
    pages_as_read.get_or_read(ctx, (account, filter.clone(), moments.seen_from()), read).await
}

/// What is kept of the members of accounts.
pub(crate) struct Caches {
    pages: VersionedCache<(AccountId, MemberFilter), Arc<MemberPage>>,
    /// The same as one reader sees them: who joined when, in words.
    pages_as_read: VersionedCache<(AccountId, MemberFilter, SeenFrom), Page<Member>>,
    counts: VersionedCache<AccountId, MemberCounts>,
    /// How many members match a filter, whatever the page.
    totals: VersionedCache<(AccountId, MemberFilter), Total>,
}

impl Caches {
    pub fn new() -> Self {
        Self {
            // A hundred rows each.
            pages: VersionedCache::new(100),
            pages_as_read: VersionedCache::new(100),
            counts: VersionedCache::new(10_000),
            totals: VersionedCache::new(1_000),
        }
    }
}

/// A page of members, as the database has them.
pub(crate) struct MemberPage {
    owner: UserId,
    page: Page<Row>,
}

async fn find(access: &Access, filter: &MemberFilter) -> Result<Arc<MemberPage>> {
    let ctx = access.ctx();
    let reads = access.expensive_reads().await?;
    let db = &*reads;
    let owner = tenant::owner(db, access).await?;
    let members = ListScope::of(db, access, filter.within).await?.members(access);
    let select = matching(members, filter, owner);
    // Whatever the order and the page, as many match.
    let all = MemberFilter { cursor: None, sort: MemberSort::default(), descending: false, ..filter.clone() };
    let total = ctx.service().extension::<Caches>().totals.get_or_read(
        ctx,
        (access.account(), all),
        page::count(db, select.clone()),
    );
    let sorting = Sorting {
        by: match filter.sort {
            MemberSort::Joined => SortBy::Number(membership::Column::CreatedAt.into_expr()),
            MemberSort::Name => SortBy::Text(user::Column::NameFold.into_expr()),
            MemberSort::Role => SortBy::Number(rank(owner)),
        },
        id: membership::Column::Id.into_expr(),
        order: if filter.descending { Order::Desc } else { Order::Asc },
        indexed: filter.sort == MemberSort::Joined,
        size: PAGE,
        cursor: filter.cursor.clone(),
    };
    let key = |row: &Row| {
        let key = match filter.sort {
            MemberSort::Joined => SortKey::Number(row.created_at.0),
            MemberSort::Name => SortKey::Text(row.sort_name.clone()),
            MemberSort::Role if row.user_id == owner => SortKey::Number(Role::Owner.rank()),
            MemberSort::Role => SortKey::Number(row.role.rank()),
        };
        (key, row.id.0)
    };
    let page = page::fetch_sorted(db, with_users(select, filter), sorting, total, joined_columns, key).await?;
    Ok(Arc::new(MemberPage { owner, page }))
}

/// Those of the memberships that a filter lets through. Their users are joined when they are searched.
fn matching(members: Select<membership::Entity>, filter: &MemberFilter, owner: UserId) -> Select<membership::Entity> {
    let MemberFilter {
        search,
        role,
        status,
        second_factor: with_second_factor,
        within: _,
        sort: _,
        descending: _,
        cursor: _,
    } = filter;
    let mut select = members;
    if is_search(filter) {
        let texts = [user::Column::NameFold, user::Column::Email].map(ColumnTrait::into_expr);
        select =
            select.join(JoinType::InnerJoin, joins::member_to_user()).filter(search::folded_mention(texts, search));
    }
    select = match role {
        None => select,
        Some(Role::Owner) => select.filter(membership::Column::UserId.eq(owner)),
        Some(role) => select.filter(membership::Column::Role.eq(*role)).filter(membership::Column::UserId.ne(owner)),
    };
    select = match status {
        None => select,
        Some(MemberStatus::Active) => select.filter(membership::Column::SuspendedAt.is_null()),
        Some(MemberStatus::Suspended) => select.filter(membership::Column::SuspendedAt.is_not_null()),
    };
    match with_second_factor {
        None => select,
        Some(true) => select.filter(membership::Column::UserId.in_subquery(holders())),
        Some(false) => select.filter(membership::Column::UserId.not_in_subquery(holders())),
    }
}

fn is_search(filter: &MemberFilter) -> bool {
    !filter.search.trim().is_empty()
}

/// The memberships that match, with their users.
fn with_users(select: Select<membership::Entity>, filter: &MemberFilter) -> Select<membership::Entity> {
    if is_search(filter) { select } else { select.join(JoinType::InnerJoin, joins::member_to_user()) }
}

/// The first few members whose name or address has `text` in it.
pub(crate) async fn search(access: &Access, text: &str, most: u64) -> Result<Vec<FoundPerson>> {
    let reads = access.expensive_reads().await?;
    let db = &*reads;
    let filter = MemberFilter { search: text.to_owned(), ..MemberFilter::default() };
    let members = ListScope::of(db, access, None).await?.members(access);
    let select = with_users(matching(members, &filter, tenant::owner(db, access).await?), &filter);
    let select = select.order_by_asc(membership::Column::CreatedAt).order_by_asc(membership::Column::Id).limit(most);
    let rows = joined_columns(select).into_model::<Row>().all(db).await?;
    let person =
        |row: Row| FoundPerson { id: row.id, name: format!("{} {}", row.first_name, row.last_name), email: row.email };
    Ok(rows.into_iter().map(person).collect())
}

fn member(row: Row, owner: UserId, moments: &crate::moment::Moments) -> Member {
    let grant = if row.user_id == owner { Grant::of(Role::Owner, PermissionSet::ALL) } else { row.grant() };
    Member {
        id: row.id,
        user: row.user_id,
        name: format!("{} {}", row.first_name, row.last_name),
        email: row.email,
        role: grant.role,
        role_name: grant.role_name,
        account: row.account_id,
        account_name: row.account_name,
        suspended: row.suspended_at.is_some(),
        second_factor: Some(row.has_second_factor),
        last_seen: None,
        joined: moments.of(row.created_at),
    }
}

/// How many members an account has, those below it included.
pub async fn counts(ctx: &Context, account: AccountId) -> Result<MemberCounts> {
    let access = ctx.access(account, Permission::MemberRead).await?;
    count(&access).await
}

pub(crate) async fn count(access: &Access) -> Result<MemberCounts> {
    let ctx = access.ctx();
    let counts =
        ctx.service().extension::<Caches>().counts.get_or_read(ctx, access.account(), count_members(access)).await?;
    let invited =
        if access.may(Permission::MemberInvite) { pending_invitations::count_pending(access).await? } else { 0 };
    Ok(MemberCounts { invited, ..counts })
}

async fn count_members(access: &Access) -> Result<MemberCounts> {
    let reads = access.expensive_reads().await?;
    let all = access.in_subtree::<membership::Entity>().select_only();
    let counted = all
        .column_as(membership::Column::Id.count(), "members")
        .column_as(membership::Column::SuspendedAt.count(), "suspended")
        .into_tuple::<(i64, i64)>()
        .one(&*reads)
        .await?;
    let (members, suspended) = counted.unwrap_or_default();
    let count = |rows: i64| u64::try_from(rows).unwrap_or(0);
    let above = list_scope::reaching_down(access).count(&*reads).await?;
    Ok(MemberCounts { active: count(members - suspended), suspended: count(suspended), invited: 0, above })
}

/// One member with their permissions, and what the reader may do about them.
pub async fn get(ctx: &Context, account: AccountId, member: MemberId) -> Result<MemberDetails> {
    let access = ctx.access(account, Permission::MemberRead).await?;
    let db = access.readers();
    let rules = Rules::read(db, &access).await?;
    let select = access
        .in_subtree::<membership::Entity>()
        .filter(membership::Column::Id.eq(member))
        .join(JoinType::InnerJoin, joins::member_to_user());
    let row = joined_columns(select).into_model::<Row>().one(db).await?.ok_or(Problem::NotFound)?;
    access.log_read_by_key(Event::People(PeopleEvent::MembersRead { records: 1 })).await?;
    let may = |permission| rules.may_manage_with(permission, row.user_id, row.role);
    let seen = last_seen(&access, std::iter::once(row.user_id)).await?;
    let moments = ctx.moments();
    let without = Loss::Members(HashMap::from([(row.id, (row.user_id, PermissionSet::EMPTY))]));
    Ok(MemberDetails {
        invitations: pending_invitations::preview_ended(&access, &without).await?,
        permissions: row.grant().permissions,
        open_sessions: session::count_open(ctx, row.user_id).await?,
        update: rules.may_change_role(row.user_id, row.role),
        suspend: may(Permission::MemberSuspend),
        remove: may(Permission::MemberRemove),
        reset_second_factor: second_factor::may_reset(db, &rules, row.user_id).await?,
        ceiling: access.rights().permissions,
        reach: row.reach(),
        member: for_reader(&access, &moments, self::member(row, rules.owner, &moments), &seen),
    })
}
