//! The accounts that are open to somebody, in all their organisations.

use super::check;
use crate::{
    Context, Result,
    entity::{account, account_ancestor as tree, membership, organisation},
    search,
};
use model::{Account, AccountId, OrganisationId, Timestamp, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef, Select,
};
use std::collections::{HashMap, HashSet};

/// Accounts of the switcher before anything is searched for.
const SHOWN: u64 = 100;
/// Accounts that a search of the switcher shows.
const FOUND: u64 = 30;

#[derive(FromQueryResult)]
struct Row {
    id: AccountId,
    parent_id: Option<AccountId>,
    organisation_id: OrganisationId,
    organisation_name: String,
    deleted_at: Option<Timestamp>,
    name: String,
    depth: i16,
}

/// Accounts by their place, and whether a membership reaches each.
type Children = HashMap<(OrganisationId, Option<AccountId>), Vec<(Row, bool)>>;

/// Accounts that the reader may enter, whose name or organisation's name has `text` in it.
///
/// # Errors
/// [`model::Problem::SignedOut`]; [`model::Problem::Malformed`] for a text that is too long.
pub async fn search_open(ctx: &Context, text: &str) -> Result<Vec<Account>> {
    check(text)?;
    let names = [account::Column::Name.into_expr(), organisation::Column::Name.into_expr()];
    let select = among(reached(ctx.user()?, tree::Column::AccountId, tree::Column::AncestorId));
    let select = select.filter(organisation::Column::DeletedAt.is_null());
    let found = rows(ctx, select.filter(search::mentions(names, text)), FOUND).await?;
    Ok(found.into_iter().map(|row| told(row, true)).collect())
}

/// The first of the accounts that a user may enter, each below those above it; the ones above that
/// they may not enter stand there for orientation.
pub(crate) async fn first(ctx: &Context, user: UserId) -> Result<Vec<Account>> {
    let open = rows(ctx, among(reached(user, tree::Column::AccountId, tree::Column::AncestorId)), SHOWN).await?;
    let above = rows(ctx, among(reached(user, tree::Column::AncestorId, tree::Column::AccountId)), SHOWN).await?;
    let ids: HashSet<AccountId> = open.iter().map(|row| row.id).collect();
    let closed = above.into_iter().filter(|row| !ids.contains(&row.id));
    let mut organisations = Vec::new();
    let mut children = Children::new();
    let closed: Vec<(Row, bool)> = closed.map(|row| (row, false)).collect();
    for (row, is_open) in closed.into_iter().chain(open.into_iter().map(|row| (row, true))) {
        if !organisations.contains(&row.organisation_id) {
            organisations.push(row.organisation_id);
        }
        children.entry((row.organisation_id, row.parent_id)).or_default().push((row, is_open));
    }
    let mut ordered = Vec::new();
    for organisation in organisations {
        let mut waiting = children.remove(&(organisation, None)).unwrap_or_default();
        while let Some((row, is_open)) = waiting.pop() {
            let below = children.remove(&(organisation, Some(row.id))).unwrap_or_default();
            waiting.extend(below.into_iter().rev());
            ordered.push(told(row, is_open));
        }
    }
    Ok(ordered)
}

/// The accounts in the tree that a user's memberships lead to, downwards or upwards.
fn reached(user: UserId, to: tree::Column, from: tree::Column) -> SelectStatement {
    Query::select()
        .column((tree::Entity, to))
        .from(tree::Entity)
        .inner_join(
            membership::Entity,
            Expr::col((membership::Entity, membership::Column::AccountId)).eq(Expr::col((tree::Entity, from))).and(
                Expr::col((membership::Entity, membership::Column::OrganisationId))
                    .eq(Expr::col((tree::Entity, tree::Column::OrganisationId))),
            ),
        )
        .and_where(membership::Column::UserId.eq(user))
        .and_where(membership::Column::SuspendedAt.is_null())
        .to_owned()
}

fn among(accounts: SelectStatement) -> Select<account::Entity> {
    let to_organisation: RelationDef = account::Entity::belongs_to(organisation::Entity)
        .from(account::Column::OrganisationId)
        .to(organisation::Column::Id)
        .into();
    account::Entity::find()
        .join(JoinType::InnerJoin, to_organisation)
        .column_as(organisation::Column::Name, "organisation_name")
        .column(organisation::Column::DeletedAt)
        .filter(account::Column::Id.in_subquery(accounts))
}

async fn rows(ctx: &Context, select: Select<account::Entity>, most: u64) -> Result<Vec<Row>> {
    let select = select
        .order_by_asc(organisation::Column::CreatedAt)
        .order_by_asc(account::Column::OrganisationId)
        .order_by_asc(account::Column::Depth)
        .order_by_asc(account::Column::Name)
        .order_by_asc(account::Column::Id)
        .limit(most);
    Ok(select.into_model::<Row>().all(ctx.readers()).await?)
}

fn told(row: Row, reached: bool) -> Account {
    Account {
        id: row.id,
        organisation_name: row.organisation_name,
        name: row.name,
        depth: u8::try_from(row.depth).unwrap_or(0),
        open: reached && row.deleted_at.is_none(),
        deleting: reached && row.deleted_at.is_some(),
    }
}
