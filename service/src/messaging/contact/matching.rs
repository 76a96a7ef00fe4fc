//! Finding contacts by a part of a name, an address or a number.

use crate::{Access, Result, entity::contact, search};
use model::{AccountId, ContactId, text::fold};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, QueryFilter, Select, Statement,
    sea_query::{Expr, ExprTrait, LikeExpr},
};

/// Matches that are looked up one by one. Of more than these, a page is full soon in the order of the list.
const CANDIDATES: usize = 1_000;
/// Groups of three letters that are looked up of one text; the whole of it is compared afterwards.
const TRIGRAMS: usize = 24;
/// What of a contact is searched: the personal fields, each in a line of its own, so that no match runs from
/// one into the next. Before them the account's mark, by which an index of three letters keeps accounts apart.
pub(super) fn text(account: AccountId, name: &str, email: &str, mobile: &str) -> String {
    format!("{}\n{}\n{}\n{}", mark(account), fold(name), fold(email), fold(mobile))
}

/// The folded name within what is searched, as `migrations` has it in an index. Empty for a contact from before.
pub(super) fn name(db: &impl ConnectionTrait) -> Expr {
    Expr::cust(match db.get_database_backend() {
        DbBackend::Sqlite => {
            r#"substr("contact"."search_text", 5, instr(substr("contact"."search_text", 5), char(10)) - 1)"#
        }
        _ => r#"split_part("contact"."search_text", E'\n', 2) COLLATE "C""#,
    })
}

/// The same, of a row.
pub(super) fn name_in(search_text: &str) -> String {
    search_text.split('\n').nth(1).unwrap_or_default().to_owned()
}

/// Three letters that no text has (Unicode's private use area), made from the account's id. Two accounts may
/// have the same, so it only narrows.
fn mark(account: AccountId) -> String {
    const FIRST: u32 = 0xE000;
    const MANY: u64 = 6_400;
    let (_, low) = account.0.as_u64_pair();
    let letter = |number: u64| char::from_u32(FIRST + u32::try_from(number % MANY).unwrap_or(0));
    [low, low / MANY, low / MANY / MANY].into_iter().filter_map(letter).collect()
}

/// Narrows the contacts of the actor's account to those with `part` in a personal field.
pub(super) async fn matching(
    db: &impl ConnectionTrait,
    access: &Access,
    select: Select<contact::Entity>,
    part: &str,
) -> Result<Select<contact::Entity>> {
    let folded = fold(part.trim());
    let pattern = LikeExpr::new(format!("%{}%", search::escaped(&folded))).escape('\\');
    let written = contact::Column::SearchText.into_expr().like(pattern);
    if access.in_account::<contact::Entity>().filter(is_unindexed()).one(db).await?.is_some() {
        let fields = [contact::Column::Name, contact::Column::Email, contact::Column::Mobile];
        let fields = search::contains(fields.map(ColumnTrait::into_expr), part);
        let fields = Condition::all().add(is_unindexed()).add(fields);
        return Ok(select.filter(Condition::any().add(written).add(fields)));
    }
    let select = select.filter(written);
    Ok(match candidates(db, access.account(), &folded).await? {
        Some(contacts) => select.filter(contact::Column::Id.is_in(contacts)),
        None => select,
    })
}

/// Written so that the database sees that its index of these rows has them all.
pub(super) fn is_unindexed() -> Expr {
    Expr::cust(r#""contact"."search_text" = ''"#)
}

/// The few contacts that have every three letters of `part`; `None` when they are not few, or it is shorter.
/// PostgreSQL uses its index by itself.
async fn candidates(db: &impl ConnectionTrait, account: AccountId, part: &str) -> Result<Option<Vec<ContactId>>> {
    let letters: Vec<char> = part.chars().collect();
    if db.get_database_backend() != DbBackend::Sqlite || letters.len() < 3 {
        return Ok(None);
    }
    let quoted = |letters: &[char]| format!("\"{}\"", letters.iter().collect::<String>().replace('"', "\"\""));
    let all = std::iter::once(format!("\"{}\"", mark(account)))
        .chain(letters.windows(3).take(TRIGRAMS).map(quoted))
        .collect::<Vec<_>>()
        .join(" AND ");
    let statement = Statement::from_sql_and_values(
        DbBackend::Sqlite,
        format!(
            "SELECT contact_search.contact_id FROM contact_trigram
             JOIN contact_search ON contact_search.id = contact_trigram.rowid
             WHERE contact_trigram MATCH $1 LIMIT {}",
            CANDIDATES + 1
        ),
        [all.into()],
    );
    let rows = db.query_all_raw(statement).await?;
    if rows.len() > CANDIDATES {
        return Ok(None);
    }
    Ok(Some(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?))
}
