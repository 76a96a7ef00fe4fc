//! Places of work inside an organisation: a tree, at whose root everything of the organisation comes
//! together.

mod change;
mod choice;
mod moving;
mod open;
mod purge;
mod tree;

pub use change::{create, delete, preview_delete, rename};
pub use choice::choices;
pub use moving::{move_below, preview_move};
pub(crate) use open::search_first;
pub use open::search_open;
pub use purge::{purge_some, wait_for_deleted};

pub(crate) use change::rename_root;
pub(crate) use choice::{ChoiceCache, choices_of, in_subtree};
pub(crate) use open::first;
pub(crate) use tree::insert;

use crate::{
    Context, Result,
    entity::{account, contact as contacts, membership},
    search,
};
use model::{AccountId, AccountNode, AccountTree, Permission, Problem};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

/// Accounts that the page shows at once.
const SHOWN: u64 = 500;

#[derive(FromQueryResult)]
struct Row {
    id: AccountId,
    parent_id: Option<AccountId>,
    name: String,
    depth: i16,
    members: i64,
    contacts: i64,
}

impl Row {
    fn node(self) -> AccountNode {
        AccountNode {
            id: self.id,
            parent: self.parent_id,
            name: self.name,
            depth: u8::try_from(self.depth).unwrap_or(0),
            members: u64::try_from(self.members).unwrap_or(0),
            contacts: u64::try_from(self.contacts).unwrap_or(0),
        }
    }
}

/// An account and those below it, parents before their children; with a part of a name, those of
/// them that have it.
///
/// # Errors
/// [`Problem::Malformed`] for a text that is too long.
pub async fn list(ctx: &Context, account: AccountId, name: &str) -> Result<AccountTree> {
    search::validate(name)?;
    let access = ctx.access(account, Permission::AccountRead).await?;
    let mut select = access.in_subtree::<account::Entity>();
    if !name.trim().is_empty() {
        select = select.filter(search::folded_mention([account::Column::NameFold.into_expr()], name));
    }
    let reads = access.expensive_reads().await?;
    let total = select.clone().count(&*reads).await?;
    let rows = with_counts(select)
        .order_by_asc(account::Column::Depth)
        .order_by_asc(account::Column::NameFold)
        .order_by_asc(account::Column::Id)
        .limit(SHOWN)
        .into_model::<Row>()
        .all(&*reads)
        .await?;
    let nodes = rows.into_iter().map(Row::node).collect();
    Ok(AccountTree { rows: tree::in_order(nodes, |node: &AccountNode| (node.id, node.parent)), total })
}

/// One account, here or below.
///
/// # Errors
/// [`Problem::NotFound`] for an account that is neither.
pub async fn get(ctx: &Context, account: AccountId, place: AccountId) -> Result<AccountNode> {
    let access = ctx.access(account, Permission::AccountRead).await?;
    let select = access.in_subtree::<account::Entity>().filter(account::Column::Id.eq(place));
    let row = with_counts(select).into_model::<Row>().one(&*access.expensive_reads().await?).await?;
    Ok(row.ok_or(Problem::NotFound)?.node())
}

/// These accounts, each with how many members and contacts are in it.
fn with_counts(select: Select<account::Entity>) -> Select<account::Entity> {
    let id = || Expr::col((account::Entity, account::Column::Id));
    let members = membership::Entity::find().filter(membership::Column::AccountId.into_expr().eq(id()));
    let contacts = contacts::Entity::find().filter(contacts::Column::AccountId.into_expr().eq(id()));
    let count = |mut query: SelectStatement| Expr::from(query.clear_selects().expr(Expr::cust("COUNT(*)")).to_owned());
    select.expr_as(count(members.into_query()), "members").expr_as(count(contacts.into_query()), "contacts")
}
