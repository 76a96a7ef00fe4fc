//! The people in an account, and what each may do.

use crate::{
    Access, Context, Result,
    entity::{account, membership, user},
    organisation,
    page::{self, Paging},
    search, session,
};
use model::{
    AccountId, Event, Member, MemberCounts, MemberDetails, MemberFilter, MemberId, MemberStatus, MemberUpdated, Node,
    Page, Permission, PermissionSet, Problem, Refusal, Role, Timestamp, UserId, change_sentence, limit, within_ceiling,
};
use sea_orm::sea_query::{BinOper, Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, JoinType,
    ModelTrait, Order, QueryFilter, QuerySelect, RelationDef, Select,
};
use std::sync::Arc;

/// Rows of a page.
const PAGE: u64 = 100;

#[derive(Clone, FromQueryResult)]
struct Row {
    id: MemberId,
    user_id: UserId,
    account_id: AccountId,
    role: Role,
    permissions: PermissionSet,
    suspended_at: Option<Timestamp>,
    created_at: Timestamp,
    email: String,
    first_name: String,
    last_name: String,
    account_name: String,
}

fn to_user() -> RelationDef {
    membership::Entity::belongs_to(user::Entity).from(membership::Column::UserId).to(user::Column::Id).into()
}

fn to_account() -> RelationDef {
    membership::Entity::belongs_to(account::Entity).from(membership::Column::AccountId).to(account::Column::Id).into()
}

fn joined_columns(select: Select<membership::Entity>) -> Select<membership::Entity> {
    select
        .join(JoinType::InnerJoin, to_account())
        .column(user::Column::Email)
        .column(user::Column::FirstName)
        .column(user::Column::LastName)
        .column_as(account::Column::Name, "account_name")
}

/// The members of an account and of those below it, the longest-standing first.
///
/// # Errors
/// [`Problem::Malformed`] for a search that is too long.
pub async fn list(ctx: &Context, account: AccountId, filter: MemberFilter) -> Result<Page<Member>> {
    let search = &filter.search;
    if search.chars().count() > limit::SEARCH || search.chars().any(char::is_control) {
        return Err(Problem::Malformed.into());
    }
    let access = ctx.access(account, Permission::MemberRead).await?;
    let found = find(&access, &filter);
    // What somebody types is seldom typed again.
    let found = if filter.search.is_empty() {
        ctx.service().members.or_read(ctx, (account, filter.clone()), found).await?
    } else {
        found.await?
    };
    let moments = ctx.moments();
    Ok(found.page.clone().map(|row| member(row, found.owner, &moments)))
}

/// A page of members, as the database has them.
pub(crate) struct Found {
    owner: UserId,
    page: Page<Row>,
}

async fn find(access: &Access, filter: &MemberFilter) -> Result<Arc<Found>> {
    let MemberFilter { search, role, status, cursor } = filter;
    let db = access.readers();
    let owner = organisation::owner(db, access).await?;
    let mut select = access.here_and_below::<membership::Entity>().join(JoinType::InnerJoin, to_user());
    if !search.trim().is_empty() {
        let join = |left: Expr, right: Expr| left.binary(BinOper::Custom("||"), right);
        let name = join(join(user::Column::FirstName.into_expr(), Expr::val(" ")), user::Column::LastName.into_expr());
        select = select.filter(search::mentions([name, user::Column::Email.into_expr()], search));
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
    let paging = Paging {
        at: membership::Column::CreatedAt,
        id: membership::Column::Id,
        order: Order::Asc,
        size: PAGE,
        cursor: *cursor,
    };
    let page = page::fetch(db, select, paging, joined_columns, |row: &Row| (row.created_at.0, row.id.0)).await?;
    Ok(Arc::new(Found { owner, page }))
}

fn member(row: Row, owner: UserId, moments: &crate::moment::Moments) -> Member {
    Member {
        id: row.id,
        user: row.user_id,
        name: format!("{} {}", row.first_name, row.last_name),
        email: row.email,
        role: if row.user_id == owner { Role::Owner } else { row.role },
        account: row.account_id,
        account_name: row.account_name,
        suspended: row.suspended_at.is_some(),
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
    let counts = ctx.service().member_counts.or_read(ctx, access.account(), count_members(access)).await?;
    let invited =
        if access.may(Permission::MemberInvite) { crate::invitation::count_pending(access).await? } else { 0 };
    Ok(MemberCounts { invited, ..counts })
}

async fn count_members(access: &Access) -> Result<MemberCounts> {
    let all = access.here_and_below::<membership::Entity>().select_only();
    let counted = all
        .column_as(membership::Column::Id.count(), "members")
        .column_as(membership::Column::SuspendedAt.count(), "suspended")
        .into_tuple::<(i64, i64)>()
        .one(access.readers())
        .await?;
    let (members, suspended) = counted.unwrap_or_default();
    let count = |rows: i64| u64::try_from(rows).unwrap_or(0);
    Ok(MemberCounts { active: count(members - suspended), suspended: count(suspended), invited: 0 })
}

/// One member with their permissions, and what the reader may do about them.
pub async fn get(ctx: &Context, account: AccountId, member: MemberId) -> Result<MemberDetails> {
    let access = ctx.access(account, Permission::MemberRead).await?;
    let db = access.readers();
    let owner = organisation::owner(db, &access).await?;
    let select = access
        .here_and_below::<membership::Entity>()
        .filter(membership::Column::Id.eq(member))
        .join(JoinType::InnerJoin, to_user());
    let row = joined_columns(select).into_model::<Row>().one(db).await?.ok_or(Problem::NotFound)?;
    let target = Target { user: row.user_id, role: row.role, is_owner: row.user_id == owner };
    let may =
        |permission| if access.may(permission) { target.guard(&access) } else { Err(Refusal::Permission(permission)) };
    Ok(MemberDetails {
        permissions: row.role.permissions(row.permissions),
        open_sessions: session::count_open(ctx, row.user_id).await?,
        update: may(Permission::MemberUpdate),
        suspend: may(Permission::MemberSuspend),
        remove: may(Permission::MemberRemove),
        ceiling: access.rights().permissions,
        member: self::member(row, owner, &ctx.moments()),
    })
}

/// Whom a change is about.
struct Target {
    user: UserId,
    role: Role,
    is_owner: bool,
}

impl Target {
    /// Who may not be touched, whatever permission the actor holds.
    fn guard(&self, access: &Access) -> Result<(), Refusal> {
        if self.is_owner {
            Err(Refusal::Owner)
        } else if access.user() == Some(self.user) {
            Err(Refusal::Oneself)
        } else if self.role == Role::Admin && !access.rights().is_owner() {
            Err(Refusal::AdminByOwnerOnly)
        } else {
            Ok(())
        }
    }
}

/// An open change of one member, whom the actor may touch.
struct MemberChange {
    change: crate::Change,
    row: membership::Model,
}

async fn change(ctx: &Context, account: AccountId, member: MemberId, permission: Permission) -> Result<MemberChange> {
    let change = ctx.access(account, permission).await?.change().await?;
    let access = change.access();
    let row = access
        .here_and_below::<membership::Entity>()
        .filter(membership::Column::Id.eq(member))
        .one(change.db())
        .await?;
    let row = row.ok_or(Problem::NotFound)?;
    let owner = organisation::owner(change.db(), access).await?;
    let target = Target { user: row.user_id, role: row.role, is_owner: row.user_id == owner };
    if let Err(refusal) = target.guard(access) {
        return change.refuse(refusal).await;
    }
    Ok(MemberChange { change, row })
}

/// Gives a member another role. A role of their own begins with what they hold.
///
/// # Errors
/// [`Problem::Refused`] by the grant ceiling, and for the owner, Admins and oneself.
pub async fn set_role(ctx: &Context, account: AccountId, member: MemberId, role: Role) -> Result<MemberUpdated> {
    if role == Role::Owner {
        return Err(Problem::Malformed.into());
    }
    let open = change(ctx, account, member, Permission::MemberUpdate).await?;
    let own = open.row.role.permissions(open.row.permissions);
    update(ctx, open, role, own).await
}

/// Switches a node of the permission tree on or off for a member, whose role is their own from then on.
///
/// # Errors
/// As [`set_role`]; [`Problem::Malformed`] for a node that the tree does not have.
pub async fn switch_permission(
    ctx: &Context,
    account: AccountId,
    member: MemberId,
    path: &str,
    on: bool,
) -> Result<MemberUpdated> {
    let node = Node::at(path).ok_or(Problem::Malformed)?;
    let open = change(ctx, account, member, Permission::MemberUpdate).await?;
    let own = open.row.role.permissions(open.row.permissions);
    let touchable = node.leaves().intersection(open.change.access().rights().permissions);
    if touchable.is_empty() {
        return open.change.refuse(Refusal::AboveOwnPermissions).await;
    }
    let own = if on { own.union(touchable) } else { own.without(touchable) };
    update(ctx, open, Role::Custom, own).await
}

async fn update(ctx: &Context, open: MemberChange, role: Role, own: PermissionSet) -> Result<MemberUpdated> {
    let MemberChange { change, row } = open;
    let (before, after) = (row.role.permissions(row.permissions), role.permissions(own));
    if let Err(refusal) = within_ceiling(change.access().rights().permissions, before, after) {
        return change.refuse(refusal).await;
    }
    let (member, user) = (row.id, row.user_id);
    let mut row = row.into_active_model();
    row.role = Set(role);
    row.permissions = Set(if role == Role::Custom { own } else { PermissionSet::EMPTY });
    row.update(change.db()).await?;
    let (lost, gained) = (before.without(after), after.without(before));
    change.commit(Event::MemberUpdated { user, member, role, lost, gained }).await?;
    let name =
        user::Entity::find_by_id(user).one(ctx.readers()).await?.map_or_else(String::new, |user| user.first_name);
    Ok(MemberUpdated {
        role,
        permissions: after,
        sentence: change_sentence(&name, before, after),
        open_sessions: session::count_open(ctx, user).await?,
    })
}

/// Suspends a member: what they may do here ends with this call, until they are restored.
///
/// # Errors
/// [`Problem::Refused`] for the owner, Admins and oneself.
pub async fn suspend(ctx: &Context, account: AccountId, member: MemberId) -> Result<()> {
    let MemberChange { change, row } = change(ctx, account, member, Permission::MemberSuspend).await?;
    let user = row.user_id;
    let mut row = row.into_active_model();
    row.suspended_at = Set(Some(ctx.now()));
    row.update(change.db()).await?;
    change.commit(Event::MemberSuspended { user, member }).await
}

/// Restores a suspended member to what they could do before.
///
/// # Errors
/// As [`suspend`].
pub async fn restore(ctx: &Context, account: AccountId, member: MemberId) -> Result<()> {
    let MemberChange { change, row } = change(ctx, account, member, Permission::MemberSuspend).await?;
    let user = row.user_id;
    let mut row = row.into_active_model();
    row.suspended_at = Set(None);
    row.update(change.db()).await?;
    change.commit(Event::MemberRestored { user, member }).await
}

/// Removes a member from their account.
///
/// # Errors
/// As [`suspend`].
pub async fn remove(ctx: &Context, account: AccountId, member: MemberId) -> Result<()> {
    let MemberChange { change, row } = change(ctx, account, member, Permission::MemberRemove).await?;
    let user = row.user_id;
    row.delete(change.db()).await?;
    change.commit(Event::MemberRemoved { user, member }).await
}
