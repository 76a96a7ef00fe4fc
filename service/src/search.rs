//! Searches for a part of a text, whatever the case, alike on both databases.

use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};

/// Any of the texts has `part` in it.
pub(crate) fn mentions(texts: impl IntoIterator<Item = Expr>, part: &str) -> Condition {
    let pattern = format!("%{}%", escaped(&part.trim().to_lowercase()));
    texts.into_iter().fold(Condition::any(), |any, text| {
        any.add(Expr::expr(Func::lower(text)).like(LikeExpr::new(&pattern).escape('\\')))
    })
}

/// The text begins with `part`.
pub(crate) fn begins(text: Expr, part: &str) -> Expr {
    text.like(LikeExpr::new(format!("{}%", escaped(part.trim()))).escape('\\'))
}

/// Makes what somebody typed stand for itself.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
