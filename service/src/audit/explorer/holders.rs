//! Who can do something in an account.

use crate::{
    Access, Context, Result,
    cache::VersionedCache,
    entity::{account_ancestor as tree, membership, role, user},
    grant_paths::GrantPaths,
    grants,
    page::{self, SortBy, Sorting},
    tenant,
};
use model::{AccountId, Cursor, Holder, Page, Permission, PermissionSet, Role, SortKey, TREE, Total, UserId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QuerySelect,
    QueryTrait,
    sea_query::{BinOper, Expr, ExprTrait, SelectStatement},
};
use std::sync::Arc;

/// Rows of a page.
const PAGE: u64 = 50;

#[derive(Clone, FromQueryResult)]
struct Row {
    id: UserId,
    email: String,
    first_name: String,
    last_name: String,
    created_at: model::Timestamp,
}

/// How many people hold a permission in an account.
pub(crate) type HolderTotals = VersionedCache<(AccountId, Permission), Total>;

/// Everyone who holds a permission in an account, those from accounts above among them, with every
/// way that gives it.
pub async fn holders(
    ctx: &Context,
    account: AccountId,
    permission: Permission,
    cursor: Option<Cursor>,
) -> Result<Page<Holder>> {
    let access = ctx.access(account, Permission::MemberRead).await?;
    let reads = access.expensive_reads().await?;
    let db = &*reads;
    let holding = holding(db, &access, account, permission).await?;
    let people = user::Entity::find().filter(user::Column::Id.in_subquery(holding));
    let total = ctx.service().extension::<HolderTotals>().get_or_read(
        ctx,
        (account, permission),
        page::count(db, people.clone()),
    );
    let sorting = Sorting {
        by: SortBy::Number(user::Column::CreatedAt.into_expr()),
        id: user::Column::Id.into_expr(),
        order: Order::Asc,
        indexed: true,
        size: PAGE,
        cursor,
    };
    let key = |row: &Row| (SortKey::Number(row.created_at.0), row.id.0);
    let page = page::fetch_sorted(db, people, sorting, total, |select| select, key).await?;
    let paths = GrantPaths::read(db, &access, account, page.rows.iter().map(|row| row.id).collect()).await?;
    let Page { rows, before, total, newer, older } = page;
    let rows = Arc::unwrap_or_clone(rows).into_iter().filter_map(|row| holder(&paths, row, permission)).collect();
    Ok(Page { rows: Arc::new(rows), before, total, newer, older })
}

/// An account and those above it.
pub(super) fn path_to(access: &Access, account: AccountId) -> SelectStatement {
    tree::Entity::find()
        .select_only()
        .column(tree::Column::AncestorId)
        .filter(tree::Column::OrganisationId.eq(access.organisation()))
        .filter(tree::Column::AccountId.eq(account))
        .into_query()
}

/// Everyone who holds a permission in an account.
pub(super) async fn holding(
    db: &impl ConnectionTrait,
    access: &Access,
    account: AccountId,
    permission: Permission,
) -> Result<SelectStatement> {
    let mut giving = gives(permission);
    if permission.is_of_organisation() {
        giving = giving.add(membership::Column::AccountId.eq(tenant::root(db, access).await?));
    }
    // The owner has a membership in the first account as well.
    let is_owner = membership::Column::UserId.eq(tenant::owner(db, access).await?);
    let holding = access
        .in_organisation::<membership::Entity>()
        .filter(membership::Column::AccountId.in_subquery(path_to(access, account)))
        .join(JoinType::LeftJoin, grants::of_membership())
        .filter(Condition::any().add(is_owner).add(giving));
    Ok(holding.select_only().column(membership::Column::UserId).into_query())
}

/// `None` for somebody who went between the two queries.
fn holder(paths: &GrantPaths, row: Row, permission: Permission) -> Option<Holder> {
    let all = paths.of(row.id);
    Some(Holder {
        member: all.last()?.member,
        name: format!("{} {}", row.first_name, row.last_name),
        email: if paths.may_see(row.id) { row.email } else { String::new() },
        chains: all.into_iter().filter(|way| way.gives.contains(permission)).map(|way| way.chain).collect(),
    })
}

/// Whether a membership gives a permission, as [`grants::grant`] has it.
fn gives(permission: Permission) -> Condition {
    let holds = |role: &Role| role.permissions(PermissionSet::EMPTY).contains(permission);
    let given: Vec<Role> = Role::ALL.into_iter().filter(holds).collect();
    let own = Condition::all()
        .add(membership::Column::Role.eq(Role::Custom))
        .add(has(membership::Column::Permissions.into_expr(), permission));
    let any = Condition::any()
        .add(membership::Column::Role.is_in(given))
        .add(own)
        .add(has(role::Column::Permissions.into_expr(), permission));
    Condition::all().add(membership::Column::SuspendedAt.is_null()).add(any)
}

/// Whether the text of a set has a permission in it: itself, or a node above it that is held whole.
pub(super) fn has(text: Expr, permission: Permission) -> Condition {
    let join = |left: Expr, right: Expr| left.binary(BinOper::Custom("||"), right);
    let words = join(join(Expr::val(" "), text), Expr::val(" "));
    let nodes = TREE.iter().filter(|node| node.leaves().contains(permission));
    nodes.fold(Condition::any(), |any, node| any.add(words.clone().like(format!("% {} %", node.path))))
}
