//! The accounts that are open to somebody, in all their organisations.

use super::tree::in_order;
use crate::{
    Context, Result,
    entity::{account, account_ancestor as tree, membership, organisation},
    search,
};
use model::{Account, AccountId, OrganisationId, Timestamp, UserId, limit};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef, Select,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, WindowStatement},
};
use std::collections::{HashMap, HashSet};

/// Accounts of each organisation in the switcher before anything is searched for.
const SHOWN: u64 = 100;

#[derive(FromQueryResult)]
struct Row {
    id: AccountId,
    parent_id: Option<AccountId>,
    organisation_id: OrganisationId,
    organisation_name: String,
    founded_at: Timestamp,
    deleted_at: Option<Timestamp>,
    name: String,
    depth: i16,
}

/// Accounts that the reader may enter, whose name or organisation's name has `text` in it, each with
/// the names above it; at most [`limit::FOUND_ACCOUNTS`].
///
/// # Errors
/// [`model::Problem::SignedOut`]; [`model::Problem::Malformed`] for a text that is too long.
pub async fn search_open(ctx: &Context, text: &str) -> Result<Vec<Account>> {
    search_first(ctx, text, limit::FOUND_ACCOUNTS).await
}

/// The first few of [`search_open`].
pub(crate) async fn search_first(ctx: &Context, text: &str, most: u64) -> Result<Vec<Account>> {
    search::validate(text)?;
    let names = [account::Column::NameFold.into_expr(), organisation::Column::NameFold.into_expr()];
    let select = with_organisation(open_to(ctx.user()?))
        .filter(organisation::Column::DeletedAt.is_null())
        .filter(search::folded_mention(names, text))
        .limit(most);
    let found = rows(ctx, select).await?;
    let mut names = names_above(ctx, &found).await?;
    let placed = |row: Row| Account { above: names.remove(&row.id).unwrap_or_default(), ..to_account(row, true) };
    Ok(found.into_iter().map(placed).collect())
}

/// The names of the accounts above each of these, from the root down.
async fn names_above(ctx: &Context, rows: &[Row]) -> Result<HashMap<AccountId, Vec<String>>> {
    let to_above: RelationDef =
        tree::Entity::belongs_to(account::Entity).from(tree::Column::AncestorId).to(account::Column::Id).into();
    let above: Vec<(AccountId, String)> = tree::Entity::find()
        .join(JoinType::InnerJoin, to_above)
        .filter(tree::Column::AccountId.is_in(rows.iter().map(|row| row.id)))
        .filter(tree::Column::AncestorId.into_expr().ne(tree::Column::AccountId.into_expr()))
        .order_by_asc(account::Column::Depth)
        .select_only()
        .column(tree::Column::AccountId)
        .column(account::Column::Name)
        .into_tuple()
        .all(ctx.readers())
        .await?;
    let mut names: HashMap<AccountId, Vec<String>> = HashMap::new();
    for (account, name) in above {
        names.entry(account).or_default().push(name);
    }
    Ok(names)
}

/// The first of the accounts that a user may enter in each of their organisations, each below those
/// above it; the ones above that they may not enter stand there for orientation. Beside them, the
/// organisations in which more is open.
pub(crate) async fn first(ctx: &Context, user: UserId) -> Result<(Vec<Account>, Vec<OrganisationId>)> {
    let mut open = rows(ctx, with_organisation(first_of_each(user))).await?;
    let (mut counts, mut more_in) = (HashMap::new(), Vec::new());
    open.retain(|row| {
        let count = counts.entry(row.organisation_id).or_insert(0);
        *count += 1;
        if *count > SHOWN {
            more_in.push(row.organisation_id);
        }
        *count <= SHOWN
    });
    let ids: HashSet<AccountId> = open.iter().map(|row| row.id).collect();
    let above = Query::select()
        .column(tree::Column::AncestorId)
        .from(tree::Entity)
        .and_where(tree::Column::AccountId.is_in(ids.iter().copied()))
        .to_owned();
    let mut shown = rows(ctx, with_organisation(above)).await?;
    shown.retain(|row| !ids.contains(&row.id));
    shown.extend(open);
    shown.sort_by_key(|row| (row.founded_at, row.organisation_id));
    let told = |row: Row| {
        let reached = ids.contains(&row.id);
        to_account(row, reached)
    };
    Ok((in_order(shown, |row| (row.id, row.parent_id)).into_iter().map(told).collect(), more_in))
}

/// Of each organisation as many accounts as are shown, and one more where there are more.
fn first_of_each(user: UserId) -> SelectStatement {
    let mut in_its_organisation = WindowStatement::partition_by(account::Column::OrganisationId);
    for column in [account::Column::Depth, account::Column::NameFold, account::Column::Id] {
        in_its_organisation.order_by(column, Order::Asc);
    }
    let numbered = Query::select()
        .column(account::Column::Id)
        .expr_window_as(Expr::cust("ROW_NUMBER()"), in_its_organisation, "place")
        .from(account::Entity)
        .and_where(account::Column::Id.in_subquery(open_to(user)))
        .to_owned();
    Query::select()
        .column(account::Column::Id)
        .from_subquery(numbered, "numbered")
        .and_where(Expr::col("place").lte(SHOWN + 1))
        .to_owned()
}

/// The accounts that a user's memberships reach.
fn open_to(user: UserId) -> SelectStatement {
    Query::select()
        .column((tree::Entity, tree::Column::AccountId))
        .from(tree::Entity)
        .inner_join(
            membership::Entity,
            Expr::col((membership::Entity, membership::Column::AccountId))
                .eq(Expr::col((tree::Entity, tree::Column::AncestorId)))
                .and(
                    Expr::col((membership::Entity, membership::Column::OrganisationId))
                        .eq(Expr::col((tree::Entity, tree::Column::OrganisationId))),
                ),
        )
        .and_where(membership::Column::UserId.eq(user))
        .and_where(membership::Column::SuspendedAt.is_null())
        .to_owned()
}

fn with_organisation(accounts: SelectStatement) -> Select<account::Entity> {
    let to_organisation: RelationDef = account::Entity::belongs_to(organisation::Entity)
        .from(account::Column::OrganisationId)
        .to(organisation::Column::Id)
        .into();
    account::Entity::find()
        .join(JoinType::InnerJoin, to_organisation)
        .column_as(organisation::Column::Name, "organisation_name")
        .column_as(organisation::Column::CreatedAt, "founded_at")
        .column(organisation::Column::DeletedAt)
        .filter(account::Column::Id.in_subquery(accounts))
}

async fn rows(ctx: &Context, select: Select<account::Entity>) -> Result<Vec<Row>> {
    let select = select
        .order_by_asc(organisation::Column::CreatedAt)
        .order_by_asc(account::Column::OrganisationId)
        .order_by_asc(account::Column::Depth)
        .order_by_asc(account::Column::NameFold)
        .order_by_asc(account::Column::Id);
    Ok(select.into_model::<Row>().all(ctx.readers()).await?)
}

fn to_account(row: Row, reached: bool) -> Account {
    Account {
        id: row.id,
        organisation: row.organisation_id,
        organisation_name: row.organisation_name,
        name: row.name,
        depth: u8::try_from(row.depth).unwrap_or(0),
        above: Vec::new(),
        open: reached && row.deleted_at.is_none(),
        deleting: reached && row.deleted_at.is_some(),
    }
}
