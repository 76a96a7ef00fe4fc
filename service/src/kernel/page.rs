use crate::kernel::Result;
use model::{Cursor, Page, Problem, SortKey, Total, Towards, limit};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Query, Value},
};
use std::sync::Arc;
use uuid::Uuid;

/// How a list is cut into pages: by a time and an id, so that a late page costs what the first costs.
pub(crate) struct Paging<C> {
    pub at: C,
    pub id: C,
    /// The order in which the list reads.
    pub order: Order,
    pub size: u64,
    pub cursor: Option<Cursor>,
}

/// As [`Paging`], by anything that rows can be sorted by.
pub(crate) struct Sorting {
    pub by: SortBy,
    pub id: Expr,
    pub order: Order,
    /// Whether an index has the rows in this order. Otherwise ids alone are sorted first, so that the columns are
    /// read for the rows of the page and not for all that match.
    pub indexed: bool,
    pub size: u64,
    pub cursor: Option<Cursor>,
}

/// What rows are sorted by; ids decide between those that are alike.
pub(crate) enum SortBy {
    Number(Expr),
    Text(Expr),
}

impl SortBy {
    fn expression(&self) -> Expr {
        match self {
            Self::Number(by) | Self::Text(by) => by.clone(),
        }
    }

    /// What a cursor says, if it is one of a list in this order.
    fn edge(&self, key: &SortKey) -> Option<Value> {
        match (self, key) {
            (Self::Number(_), SortKey::Number(number)) => Some(Value::BigInt(Some(*number))),
            (Self::Text(_), SortKey::Text(text)) => Some(Value::String(Some(text.clone()))),
            (Self::Number(_), SortKey::Text(_)) | (Self::Text(_), SortKey::Number(_)) => None,
        }
    }
}

/// How many rows match, counted no further than [`model::limit::TOTAL`] and one more.
pub(crate) async fn count<E: EntityTrait>(db: &impl ConnectionTrait, select: Select<E>) -> Result<Total> {
    let rows = select.select_only().expr_as(Expr::val(1), "row").limit(limit::TOTAL + 1).into_query();
    let count = Query::select().expr_as(Expr::cust("COUNT(*)"), "rows").from_subquery(rows, "matching").take();
    let row = db.query_one(&count).await?;
    let counted = row.map(|row| row.try_get::<i64>("", "rows")).transpose()?.unwrap_or(0);
    Ok(Total::counted(u64::try_from(counted).unwrap_or(0)))
}

/// Fetches one page. `columns` adds joins and columns that only the rows need; `key` gives the time
/// and id of a row.
pub(crate) async fn fetch<E, R>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    paging: Paging<E::Column>,
    columns: impl FnOnce(Select<E>) -> Select<E>,
    key: impl Fn(&R) -> (i64, Uuid),
) -> Result<Page<R>>
where
    E: EntityTrait,
    R: FromQueryResult,
{
    let total = count(db, select.clone());
    let Paging { at, id, order, size, cursor } = paging;
    let (by, id) = (SortBy::Number(at.into_expr()), id.into_expr());
    let sorting = Sorting { by, id, order, indexed: true, size, cursor };
    let key = |row: &R| {
        let (at, id) = key(row);
        (SortKey::Number(at), id)
    };
    fetch_sorted(db, select, sorting, total, columns, key).await
}

/// Fetches one page of a list, and one row more, which tells whether another page follows. `total` counts all
/// that match, and is awaited only when the page itself does not tell: nothing is said of a list to somebody
/// who asks for a page that is none.
///
/// # Errors
/// [`Problem::Malformed`] for the cursor of a list in another order.
pub(crate) async fn fetch_sorted<E, R>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    sorting: Sorting,
    total: impl Future<Output = Result<Total>>,
    columns: impl FnOnce(Select<E>) -> Select<E>,
    key: impl Fn(&R) -> (SortKey, Uuid),
) -> Result<Page<R>>
where
    E: EntityTrait,
    R: FromQueryResult,
{
    let Sorting { by, id, order, indexed, size, cursor } = sorting;
    let backwards = cursor.as_ref().is_some_and(|cursor| cursor.towards == Towards::Newer);
    let order = match (order, backwards) {
        (Order::Asc, false) | (Order::Desc, true) => Order::Asc,
        _ => Order::Desc,
    };
    let sorted =
        |select: Select<E>| select.order_by(by.expression(), order.clone()).order_by(id.clone(), order.clone());
    let mut select = select;
    if let Some(cursor) = &cursor {
        let edge = by.edge(&cursor.at).ok_or(Problem::Malformed)?;
        select = select.filter(after_cursor([by.expression(), id.clone()], [edge, cursor.id.into()], &order));
    }
    if !indexed {
        let ids = sorted(select.clone().select_only().expr(id.clone())).limit(size + 1);
        select = select.filter(id.clone().in_subquery(ids.into_query()));
    }
    let mut rows = sorted(columns(select)).limit(size + 1).into_model::<R>().all(db).await?;
    let more = rows.len() as u64 > size;
    if more {
        rows.pop();
    }
    if backwards {
        rows.reverse();
    }
    let total = match (&cursor, rows.len() as u64) {
        (None, shown) if !more => Total::counted(shown),
        (Some(_), 0) => Total::NONE,
        _ => total.await?,
    };

    // A page that was reached from its other side has that one behind it.
    let (has_newer, has_older) = match &cursor {
        None => (false, more),
        Some(_) if backwards => (more, true),
        Some(_) => (true, more),
    };
    // It came with the request: it may be any number.
    let before = match cursor.map_or(0, |cursor| cursor.before) {
        _ if backwards && !more => 0,
        // Rows were added in front since it was counted.
        0 if has_newer => 1,
        before => before,
    };
    let cursor = |row: Option<&R>, towards, before| row.map(&key).map(|(at, id)| Cursor { at, id, before, towards });
    let behind = before.saturating_add(rows.len() as u64);
    Ok(Page {
        newer: if has_newer { cursor(rows.first(), Towards::Newer, before.saturating_sub(size)) } else { None },
        older: if has_older { cursor(rows.last(), Towards::Older, behind) } else { None },
        rows: Arc::new(rows),
        before,
        total,
    })
}

/// The rows after the one with this key, in this order.
fn after_cursor(columns: [Expr; 2], edge: [Value; 2], order: &Order) -> Expr {
    use sea_orm::sea_query::ExprTrait;
    let (row, edge) = (Expr::tuple(columns), Expr::tuple(edge.map(Expr::val)));
    if *order == Order::Asc { row.gt(edge) } else { row.lt(edge) }
}
