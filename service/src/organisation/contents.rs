//! What goes with an organisation or an account, counted as the entities declare it.

use crate::{
    Access, Result,
    entity::{Counted, TABLES, account},
};
use model::{Contents, Resource};
use sea_orm::{
    ConnectionTrait, PaginatorTrait, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

/// What lies in the account of an access and below it, and the accounts below.
pub(crate) async fn of_account(db: &impl ConnectionTrait, access: &Access) -> Result<Contents> {
    let mut counts =
        vec![(Resource::Account, access.in_subtree::<account::Entity>().count(db).await?.saturating_sub(1))];
    for table in TABLES.iter().filter(|table| table.is_of_account()) {
        let Some(counted) = &table.counted else { continue };
        counts.push(count(db, access, (table.name)(), counted, Some(access.subtree_of(access.account()))).await?);
    }
    Ok(counts.into_iter().collect())
}

/// What an organisation holds, without what still lies in accounts that were deleted.
pub(crate) async fn of_organisation(db: &impl ConnectionTrait, access: &Access) -> Result<Contents> {
    let accounts = access.in_organisation::<account::Entity>();
    let mut counts = vec![(Resource::Account, accounts.clone().count(db).await?)];
    let accounts = accounts.select_only().column(account::Column::Id).into_query();
    for table in TABLES {
        let Some(counted) = &table.counted else { continue };
        let within = table.is_of_account().then(|| accounts.clone());
        counts.push(count(db, access, (table.name)(), counted, within).await?);
    }
    Ok(counts.into_iter().collect())
}

async fn count(
    db: &impl ConnectionTrait,
    access: &Access,
    table: &'static str,
    counted: &Counted,
    accounts: Option<SelectStatement>,
) -> Result<(Resource, u64)> {
    let mut rows = Query::select();
    rows.expr((counted.count)())
        .from(table)
        .and_where(Expr::col("organisation_id").eq(access.organisation()))
        .cond_where((counted.is_live)(access.ctx().now()));
    if let Some(accounts) = accounts {
        rows.and_where(Expr::col("account_id").in_subquery(accounts));
    }
    let number: i64 = match db.query_one(&rows).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => 0,
    };
    Ok((counted.resource, u64::try_from(number).unwrap_or_default()))
}
