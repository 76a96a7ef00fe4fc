//! What the data access log comes to, day by day. Nobody is named in it, so that reading it leaves no entry.

use super::access_log::visible;
use crate::{Access, Context, Result, by_day::count_by_day, entity::access_entry};
use model::{AccountId, DayCount, Permission};
use sea_orm::{
    ColumnTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

/// Word for word as the indexes have it, or SQLite would not use them.
const PERSONAL: &str = "action IN ('contact.read', 'contact.view', 'contact.search')";
const REFUSED: &str = "outcome = 'refused'";

/// How often personal details of contacts were read.
pub async fn personal_reads(ctx: &Context, account: AccountId) -> Result<Vec<DayCount>> {
    entries(&ctx.access(account, Permission::AccessLogRead).await?, PERSONAL).await
}

/// How often somebody was refused something.
pub async fn refusals(ctx: &Context, account: AccountId) -> Result<Vec<DayCount>> {
    entries(&ctx.access(account, Permission::AccessLogRead).await?, REFUSED).await
}

async fn entries(access: &Access, which: &'static str) -> Result<Vec<DayCount>> {
    let rows = visible(access).await?.filter(Expr::cust(which));
    let times = access_entry::Column::Repeats.sum().cast_as("bigint");
    count_by_day(access, rows, access_entry::Column::CreatedAt, times).await
}
