//! Rows counted by the days of their reader.

use crate::kernel::{Access, Result};
use model::{DayCount, Period};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select,
    sea_query::{CaseStatement, Expr, ExprTrait},
};

/// What the charts show.
const SHOWN: Period = Period::Month;

/// How many of these rows fall on each of the last days, today last. The database counts them by `number`: no row is read.
pub(crate) async fn count_by_day<E: EntityTrait>(
    access: &Access,
    rows: Select<E>,
    at: E::Column,
    number: Expr,
) -> Result<Vec<DayCount>> {
    let moments = access.ctx().moments();
    let days = moments.days_of(SHOWN);
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(Vec::new()) };
    let positions = (0_i64..).zip(&days);
    let position = positions.fold(CaseStatement::new(), |case, (position, day)| {
        case.case(at.into_expr().lt(moments.end_of(*day)), position)
    });
    let counted: Vec<(i64, i64)> = rows
        .filter(at.gte(moments.start_of(*first)))
        .filter(at.lt(moments.end_of(*last)))
        .select_only()
        .expr_as(position, "day")
        .expr_as(number, "number")
        .group_by(Expr::col("day"))
        .into_tuple()
        .all(&*access.expensive_reads().await?)
        .await?;
    let count = |position: i64| counted.iter().find(|(day, _)| *day == position).map_or(0, |(_, number)| *number);
    let counts = (0_i64..).zip(days).map(|(position, day)| DayCount { day, count: count(position).unsigned_abs() });
    Ok(counts.collect())
}
