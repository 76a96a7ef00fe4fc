//! Searches for a part of a text, whatever the case, alike on both databases.

use crate::kernel::Result;
use model::{Problem, limit, text};
use sea_orm::{
    Condition,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};

/// Whether this can be searched for.
///
/// # Errors
/// [`Problem::Malformed`] for a text that is too long, or has control characters.
pub(crate) fn validate(text: &str) -> Result<()> {
    if text.chars().count() > limit::SEARCH || text.chars().any(char::is_control) {
        return Err(Problem::Malformed.into());
    }
    Ok(())
}

/// Any of the texts has `part` in it. The texts are stored folded, or are e-mail addresses.
pub(crate) fn folded_mention(texts: impl IntoIterator<Item = Expr>, part: &str) -> Condition {
    // An address is stored lowered and not folded. What nobody sees is folded to nothing, and is not everywhere.
    let mut parts = vec![text::nfc(part.trim()).to_lowercase(), text::fold(part)];
    parts.dedup();
    parts.retain(|part| !part.is_empty());
    let patterns: Vec<String> = parts.iter().map(|part| format!("%{}%", escaped(part))).collect();
    texts.into_iter().fold(Condition::any(), |any, text| {
        patterns.iter().fold(any, |any, pattern| any.add(text.clone().like(LikeExpr::new(pattern).escape('\\'))))
    })
}

/// Any of the texts has `part` in it.
pub(crate) fn contains(texts: impl IntoIterator<Item = Expr>, part: &str) -> Condition {
    let patterns: Vec<String> = spellings(part.trim()).iter().map(|part| format!("%{}%", escaped(part))).collect();
    texts.into_iter().fold(Condition::any(), |any, text| {
        patterns.iter().fold(any, |any, pattern| {
            any.add(Expr::expr(Func::lower(text.clone())).like(LikeExpr::new(pattern).escape('\\')))
        })
    })
}

/// The ways in which a database may have lowered `part`: SQLite, and PostgreSQL without a locale,
/// lower the letters of ASCII alone.
fn spellings(part: &str) -> Vec<String> {
    let mut capitals = String::new();
    for (position, word) in part.to_lowercase().split(' ').enumerate() {
        capitals.extend((position > 0).then_some(' '));
        let mut letters = word.chars();
        capitals.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
    }
    let mut spellings = vec![part.to_lowercase()];
    if !part.is_ascii() {
        spellings.extend([part, &part.to_uppercase(), &capitals].map(str::to_ascii_lowercase));
        spellings.dedup();
    }
    spellings
}

/// The text begins with `part`.
pub(crate) fn starts_with(text: Expr, part: &str) -> Expr {
    text.like(LikeExpr::new(format!("{}%", escaped(part.trim()))).escape('\\'))
}

/// Makes what somebody typed stand for itself.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
