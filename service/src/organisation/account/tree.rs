//! How the tree is kept: every account with itself and all accounts above it, so that "here and
//! below" is one look-up.

use crate::{
    Change, Result,
    entity::{Scope, TABLES, account, account_ancestor as tree},
};
use model::AccountId;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use std::collections::{HashMap, HashSet};

/// The ids of an account and of those above it.
pub(super) async fn ids_above(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<AccountId>> {
    let above = tree::Entity::find().filter(tree::Column::AccountId.eq(account));
    Ok(above.select_only().column(tree::Column::AncestorId).into_tuple().all(db).await?)
}

/// Writes an account below `parent`, and its place in the tree.
pub(crate) async fn insert(change: &Change, id: AccountId, parent: Option<AccountId>, name: String) -> Result<()> {
    let access = change.access();
    let mut above = match parent {
        Some(parent) => ids_above(change.db(), parent).await?,
        None => Vec::new(),
    };
    let account = account::ActiveModel {
        id: Set(id),
        organisation_id: Set(access.organisation()),
        parent_id: Set(parent),
        name: Set(name),
        depth: Set(i16::try_from(above.len()).unwrap_or(i16::MAX)),
        created_at: Set(access.ctx().now()),
        ..Default::default()
    };
    account.insert(change.db()).await?;
    above.push(id);
    write(change, &[id], &above).await
}

async fn write(change: &Change, accounts: &[AccountId], above: &[AccountId]) -> Result<()> {
    let organisation = change.access().organisation();
    let pairs = accounts.iter().flat_map(|account| above.iter().map(move |ancestor| (*account, *ancestor)));
    let rows: Vec<tree::ActiveModel> = pairs
        .map(|(account, ancestor)| tree::ActiveModel {
            organisation_id: Set(organisation),
            account_id: Set(account),
            ancestor_id: Set(ancestor),
        })
        .collect();
    for batch in rows.chunks(1_000) {
        tree::Entity::insert_many(batch.to_vec()).exec_without_returning(change.db()).await?;
    }
    Ok(())
}

/// Hangs a branch below another parent: `levels` deeper than it was.
pub(super) async fn move_branch(change: &Change, branch: &[AccountId], parent: AccountId, levels: i16) -> Result<()> {
    let db = change.db();
    let Some(top) = branch.first() else { return Ok(()) };
    let inside = Query::select()
        .column(tree::Column::AccountId)
        .from(tree::Entity)
        .and_where(tree::Column::AncestorId.eq(*top))
        .to_owned();
    tree::Entity::delete_many()
        .filter(tree::Column::AccountId.in_subquery(inside.clone()))
        .filter(tree::Column::AncestorId.not_in_subquery(inside))
        .exec(db)
        .await?;
    write(change, branch, &ids_above(db, parent).await?).await?;
    account::Entity::update_many()
        .col_expr(account::Column::Depth, Expr::col(account::Column::Depth).add(levels))
        .filter(account::Column::Id.is_in(branch.iter().copied()))
        .exec(db)
        .await?;
    account::Entity::update_many()
        .col_expr(account::Column::ParentId, Expr::value(parent))
        .filter(account::Column::Id.eq(*top))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes the account of a change and those below it out of the tree, with all by which somebody could enter them. What
/// lies in them is reached by the tree alone, and is nobody's from then on.
pub(super) async fn detach(change: &Change) -> Result<()> {
    let (db, access) = (change.db(), change.access());
    let branch = access.subtree_of(access.account());
    for table in TABLES.iter().filter(|table| table.scope == Scope::Account) {
        let mut rows = Query::delete();
        rows.from_table((table.name)()).and_where(Expr::col("account_id").in_subquery(branch.clone()));
        db.execute(&rows).await?;
    }
    account::Entity::update_many()
        .col_expr(account::Column::DeletedAt, Expr::value(access.ctx().now()))
        // They go in any order.
        .col_expr(account::Column::ParentId, Expr::value(None::<AccountId>))
        .filter(account::Column::Id.in_subquery(branch.clone()))
        .exec(db)
        .await?;
    tree::Entity::delete_many().filter(tree::Column::AccountId.in_subquery(branch.clone())).exec(db).await?;
    Ok(())
}

/// Each account followed by those below it; `place` says which it is, and what it lies below.
pub(crate) fn in_order<T>(accounts: Vec<T>, place: impl Fn(&T) -> (AccountId, Option<AccountId>)) -> Vec<T> {
    let ids: HashSet<AccountId> = accounts.iter().map(|account| place(account).0).collect();
    let mut children: HashMap<Option<AccountId>, Vec<T>> = HashMap::new();
    for account in accounts {
        // Where the parent is not shown, the account stands by itself.
        let parent = place(&account).1.filter(|parent| ids.contains(parent));
        children.entry(parent).or_default().push(account);
    }
    let mut ordered = Vec::new();
    let mut waiting = children.remove(&None).unwrap_or_default();
    waiting.reverse();
    while let Some(account) = waiting.pop() {
        let below = children.remove(&Some(place(&account).0)).unwrap_or_default();
        waiting.extend(below.into_iter().rev());
        ordered.push(account);
    }
    ordered
}
