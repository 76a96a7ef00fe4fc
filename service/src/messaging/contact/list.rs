//! The list of contacts: what is asked, in which order, page by page.

use super::{Question, matching, personal, personal_query, tags, view};
use crate::{
    Access, Context, Result,
    database::ExpensiveReads,
    entity::{contact, contact_tag},
    page::{self, SortBy, Sorting},
    search,
};
use model::{AccountId, Contact, ContactFilter, ContactSort, Cursor, Page, Permission, SortKey};
use sea_orm::{ColumnTrait, Order, QueryFilter, QuerySelect, QueryTrait, Select};

/// Rows of a page.
const PAGE: u64 = 50;

/// The contacts of an account, in the order that the filter says.
///
/// # Errors
/// [`model::Problem::Refused`] for a search, or an order by name, without `contact.read.pii`: it would tell what it may not show.
/// Either stands in the log whatever it finds.
pub async fn list(ctx: &Context, account: AccountId, filter: ContactFilter) -> Result<Page<Contact>> {
    validate(&filter)?;
    let access = ctx.access(account, Permission::ContactReadBasic).await?;
    let select = matching_tag(&access, &filter);
    let ContactFilter { search, sort, cursor, tag: _ } = filter;
    let fetch = async |reads: &ExpensiveReads, select| fetch(reads, select, sort, cursor).await;
    let (page, disclosed) = if let Some(question) = question(&search, sort) {
        let chosen = personal_query(&access, select, question).await?;
        let (page, disclosed) = chosen.read(fetch, |page| page.rows.len() as u64).await?;
        (page, Some(disclosed))
    } else {
        let page = fetch(&access.page_reads().await?, select).await?;
        let disclosed = personal::disclose(&access, &page.rows).await?;
        (page, disclosed)
    };
    let mut tags = tags(&access, page.rows.iter().map(|row| row.id).collect()).await?;
    let moments = ctx.moments();
    Ok(page.map(|row| view(row, &mut tags, &moments, disclosed.as_ref())))
}

pub(super) fn validate(filter: &ContactFilter) -> Result<()> {
    search::validate(&filter.search)?;
    search::validate(&filter.tag)
}

/// The contacts of an account that a filter lets through, but for what it asks of personal columns.
pub(super) fn matching_tag(access: &Access, filter: &ContactFilter) -> Select<contact::Entity> {
    let (all, tag) = (access.in_account(), model::tag(&filter.tag));
    if tag.is_empty() { all } else { with_tag(access, all, &tag) }
}

/// What a list asks of personal columns.
fn question(search: &str, sort: ContactSort) -> Option<Question<'_>> {
    match search.trim() {
        "" if sort.is_by_name() => Some(Question::ByName),
        "" => None,
        _ => Some(Question::Mentions(search)),
    }
}

async fn fetch(
    reads: &ExpensiveReads,
    select: Select<contact::Entity>,
    sort: ContactSort,
    cursor: Option<Cursor>,
) -> Result<Page<contact::Model>> {
    let by = if sort.is_by_name() {
        SortBy::Text(matching::name(&**reads))
    } else {
        SortBy::Number(contact::Column::CreatedAt.into_expr())
    };
    let order = if sort.is_descending() { Order::Desc } else { Order::Asc };
    let sorting = Sorting { by, id: contact::Column::Id.into_expr(), order, indexed: true, size: PAGE, cursor };
    let key = |row: &contact::Model| {
        let by = if sort.is_by_name() {
            SortKey::Text(matching::name_in(&row.search_text))
        } else {
            SortKey::Number(row.created_at.0)
        };
        (by, row.id.0)
    };
    let total = page::count(&**reads, select.clone());
    page::fetch_sorted(&**reads, select, sorting, total, |select| select, key).await
}

/// Those of the selected contacts that have a tag.
pub(crate) fn with_tag(access: &Access, select: Select<contact::Entity>, tag: &str) -> Select<contact::Entity> {
    let tagged = access
        .in_account::<contact_tag::Entity>()
        .filter(contact_tag::Column::Tag.eq(tag))
        .select_only()
        .column(contact_tag::Column::ContactId);
    select.filter(contact::Column::Id.in_subquery(tagged.into_query()))
}
