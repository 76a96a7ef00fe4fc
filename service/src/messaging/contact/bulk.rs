//! The same act on many contacts: one durable change, with an entry in the log for each.

use super::{
    Question,
    list::{matching_tag, validate},
    personal_query,
};
use crate::{
    Access, Change, Context, Result,
    change::BATCH,
    database::ExpensiveReads,
    entity::{contact, contact_tag},
};
use model::{
    AccountId, Conflict, ContactAct, ContactFilter, ContactId, ContactSelection, ContactsChanged, Event, Form,
    MessagingEvent, Permission, Problem, limit, tag_list, text,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select,
    sea_query::{CaseStatement, Expr, ExprTrait},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Does it to every selected contact, and says to how many. What is not there is passed over.
///
/// # Errors
/// [`Problem::Conflict`] for more than [`limit::SELECTED`] contacts; [`Problem::Invalid`] for the tags;
/// [`Problem::Malformed`] for a search that is too long; [`Problem::Refused`] for one without `contact.read.pii`.
pub async fn change_many(
    ctx: &Context,
    account: AccountId,
    selection: ContactSelection,
    act: ContactAct,
) -> Result<ContactsChanged> {
    let act = act.validated()?;
    let access = ctx.access(account, act.permission()).await?;
    // A search is logged by itself, so it comes before the change.
    let selected = selected(&access, selection).await?;
    access
        .change(async |change| {
            let there = existing(change, selected).await?;
            let (answer, changed) = match act {
                ContactAct::Tag(tags) => tag(change, &there, &tag_list(&tags)).await?,
                ContactAct::Untag(tags) => untag(change, &there, &tag_list(&tags)).await?,
                ContactAct::Delete => delete(change, there).await?,
            };
            let events: Vec<Event> = changed.into_iter().map(Event::Messaging).collect();
            Ok((answer, events))
        })
        .await
}

/// What became of them, and what the log says of those that changed.
type Outcome = (ContactsChanged, Vec<MessagingEvent>);

async fn selected(access: &Access, selection: ContactSelection) -> Result<Vec<ContactId>> {
    let contacts = match selection {
        ContactSelection::Contacts(contacts) => contacts.into_iter().collect::<BTreeSet<_>>().into_iter().collect(),
        ContactSelection::Matching(filter) => matching(access, &filter).await?,
    };
    if contacts.len() > limit::SELECTED {
        return Err(Problem::Conflict(Conflict::TooManySelected { limit: limit::SELECTED }).into());
    }
    Ok(contacts)
}

async fn matching(access: &Access, filter: &ContactFilter) -> Result<Vec<ContactId>> {
    validate(filter)?;
    let access = access.require_permission(Permission::ContactReadBasic).await?;
    let select = matching_tag(&access, filter);
    let ids = async |reads: &ExpensiveReads, select: Select<contact::Entity>| {
        let ids = select.select_only().column(contact::Column::Id).limit(limit::SELECTED as u64 + 1);
        Ok(ids.into_tuple::<ContactId>().all(&**reads).await?)
    };
    if filter.search.trim().is_empty() {
        return ids(&access.expensive_reads().await?, select).await;
    }
    let chosen = personal_query(&access, select, Question::Mentions(&filter.search)).await?;
    Ok(chosen.read(ids, |ids| ids.len() as u64).await?.0)
}

/// Those of the contacts that are this account's.
async fn existing(change: &Change, contacts: Vec<ContactId>) -> Result<Vec<ContactId>> {
    let mut there = Vec::new();
    for batch in contacts.chunks(BATCH) {
        let in_batch = contact::Column::Id.is_in(batch.iter().copied());
        let ids = change.access().in_account::<contact::Entity>().filter(in_batch).select_only();
        there.extend(ids.column(contact::Column::Id).into_tuple::<ContactId>().all(change.db()).await?);
    }
    Ok(there)
}

async fn tags_of(change: &Change, contacts: &[ContactId]) -> Result<HashMap<ContactId, Vec<String>>> {
    let mut tags: HashMap<ContactId, Vec<String>> = HashMap::new();
    for batch in contacts.chunks(BATCH) {
        let of_these = contact_tag::Column::ContactId.is_in(batch.iter().copied());
        let rows = change.access().in_account::<contact_tag::Entity>().filter(of_these).all(change.db()).await?;
        for row in rows {
            tags.entry(row.contact_id).or_default().push(row.tag);
        }
    }
    Ok(tags)
}

async fn tag(change: &Change, contacts: &[ContactId], tags: &[String]) -> Result<Outcome> {
    let (held, mut answer) = (tags_of(change, contacts).await?, ContactsChanged::default());
    let (mut changed, mut rows) = (Vec::new(), Vec::new());
    for contact in contacts {
        let held = held.get(contact).map_or(&[][..], Vec::as_slice);
        let is_new = |tag: &&String| !held.iter().any(|held| text::same(held, tag));
        let new: Vec<&String> = tags.iter().filter(is_new).collect();
        if new.is_empty() {
            answer.unchanged += 1;
        } else if held.len() + new.len() > limit::TAGS {
            answer.full += 1;
        } else {
            changed.push(*contact);
            rows.extend(new.into_iter().map(|tag| (*contact, tag.clone())));
        }
    }
    let (organisation, account) = (change.access().organisation(), change.access().account());
    for batch in rows.chunks(BATCH) {
        let row = |(contact, tag): &(ContactId, String)| contact_tag::ActiveModel {
            organisation_id: Set(organisation),
            account_id: Set(account),
            contact_id: Set(*contact),
            tag: Set(tag.clone()),
        };
        contact_tag::Entity::insert_many(batch.iter().map(row)).exec_without_returning(change.db()).await?;
    }
    updated(change, answer, changed).await
}

async fn untag(change: &Change, contacts: &[ContactId], tags: &[String]) -> Result<Outcome> {
    let (held, mut answer) = (tags_of(change, contacts).await?, ContactsChanged::default());
    let (mut changed, mut removed) = (Vec::new(), BTreeMap::<&str, Vec<ContactId>>::new());
    for contact in contacts {
        let held = held.get(contact).map_or(&[][..], Vec::as_slice);
        let old: Vec<&String> = held.iter().filter(|held| tags.iter().any(|tag| text::same(held, tag))).collect();
        if old.is_empty() {
            answer.unchanged += 1;
        } else {
            changed.push(*contact);
        }
        for tag in old {
            removed.entry(tag).or_default().push(*contact);
        }
    }
    for (tag, contacts) in removed {
        for batch in contacts.chunks(BATCH) {
            let of_these = contact_tag::Column::ContactId.is_in(batch.iter().copied());
            let rows = contact_tag::Entity::delete_many().filter(of_these).filter(contact_tag::Column::Tag.eq(tag));
            rows.exec(change.db()).await?;
        }
    }
    updated(change, answer, changed).await
}

/// Gives those that changed a new version.
async fn updated(change: &Change, mut answer: ContactsChanged, contacts: Vec<ContactId>) -> Result<Outcome> {
    let (now, last) = (change.access().ctx().now(), contact::Column::UpdatedAt.into_expr());
    let version = CaseStatement::new()
        .case(last.clone().gte(Expr::value(now)), ExprTrait::add(last, 1))
        .finally(Expr::value(now));
    for batch in contacts.chunks(BATCH) {
        let in_batch = contact::Column::Id.is_in(batch.iter().copied());
        let rows = contact::Entity::update_many().filter(in_batch);
        rows.col_expr(contact::Column::UpdatedAt, version.clone().into()).exec(change.db()).await?;
    }
    answer.changed = contacts.len() as u64;
    Ok((answer, contacts.into_iter().map(|contact| MessagingEvent::ContactUpdated { contact }).collect()))
}

async fn delete(change: &Change, contacts: Vec<ContactId>) -> Result<Outcome> {
    for batch in contacts.chunks(BATCH) {
        let in_batch = contact::Column::Id.is_in(batch.iter().copied());
        contact::Entity::delete_many().filter(in_batch).exec(change.db()).await?;
    }
    let answer = ContactsChanged { changed: contacts.len() as u64, ..ContactsChanged::default() };
    Ok((answer, contacts.into_iter().map(|contact| MessagingEvent::ContactDeleted { contact }).collect()))
}
