use crate::Result;
use model::{Cursor, Page, Towards};
use sea_orm::sea_query::{Expr, Value};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect, Select};
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
    let total =
        select.clone().select_only().column_as(Expr::cust("COUNT(*)"), "rows").into_tuple::<i64>().one(db).await?;
    let total = total.and_then(|rows| u64::try_from(rows).ok()).unwrap_or(0);

    let backwards = paging.cursor.is_some_and(|cursor| cursor.towards == Towards::Newer);
    let order = match (&paging.order, backwards) {
        (Order::Asc, false) | (Order::Desc, true) => Order::Asc,
        _ => Order::Desc,
    };
    let mut query = columns(select);
    if let Some(cursor) = paging.cursor {
        query = query.filter(beyond(&paging, cursor, &order));
    }
    let query = query.order_by(paging.at, order.clone()).order_by(paging.id, order).limit(paging.size);
    let mut rows = query.into_model::<R>().all(db).await?;
    if backwards {
        rows.reverse();
    }

    let shown = rows.len() as u64;
    let before = paging.cursor.map_or(0, |cursor| cursor.before);
    let cursor = |row: Option<&R>, towards, before| row.map(&key).map(|(at, id)| Cursor { at, id, before, towards });
    let previous =
        if before > 0 { cursor(rows.first(), Towards::Newer, before.saturating_sub(paging.size)) } else { None };
    // `before` came with the request: it may be any number.
    let shown = before.saturating_add(shown);
    let next = if shown < total { cursor(rows.last(), Towards::Older, shown) } else { None };
    Ok(Page { rows, before, total, newer: previous, older: next })
}

/// The rows after the cursor's, in this order.
fn beyond<C: sea_orm::ColumnTrait>(paging: &Paging<C>, cursor: Cursor, order: &Order) -> Expr {
    use sea_orm::sea_query::ExprTrait;
    let row = Expr::tuple([paging.at.into_expr(), paging.id.into_expr()]);
    let edge = Expr::tuple([Expr::val(Value::BigInt(Some(cursor.at))), Expr::val(cursor.id)]);
    if *order == Order::Asc { row.gt(edge) } else { row.lt(edge) }
}
