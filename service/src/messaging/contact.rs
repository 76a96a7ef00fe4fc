//! Contacts. Their personal fields leave the server only for readers with `contact.read.pii`, and
//! only after the log says so.

mod bulk;
mod indexing;
mod list;
mod matching;
mod personal;

pub use bulk::change_many;
pub use indexing::index_some;
pub use list::list;
pub(crate) use list::with_tag;
pub(crate) use personal::{Question, personal_query};

use crate::{
    Access, Change, Context, Result,
    database::ExpensiveReads,
    entity::{contact, contact_tag},
    moment::Moments,
};
use model::{
    AccountId, Conflict, Contact, ContactForm, ContactId, Event, Form, FoundContact, MessagingEvent, Permission,
    PersonalDetails, Problem, Refusal, TagForm, Timestamp, tag_list,
};
use personal::Disclosed;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use std::collections::HashMap;

/// The newest few contacts with `text` in a personal field, for readers who may see those.
pub(crate) async fn search(access: &Access, text: &str, most: u64) -> Result<Vec<FoundContact>> {
    if !access.may(Permission::ContactReadPii) {
        return Ok(Vec::new());
    }
    let newest = async |reads: &ExpensiveReads, select: Select<contact::Entity>| {
        let select = select.order_by_desc(contact::Column::CreatedAt).order_by_desc(contact::Column::Id);
        Ok(select.limit(most).all(&**reads).await?)
    };
    let chosen = personal_query(access, access.in_account(), Question::Mentions(text)).await?;
    let (rows, _) = chosen.read(newest, |rows| rows.len() as u64).await?;
    let found = |row: contact::Model| FoundContact {
        id: row.id,
        name: row.name,
        reached_at: if row.mobile.is_empty() { row.email } else { row.mobile },
    };
    Ok(rows.into_iter().map(found).collect())
}

async fn tags(access: &Access, contacts: Vec<ContactId>) -> Result<HashMap<ContactId, Vec<String>>> {
    let rows = access
        .in_account::<contact_tag::Entity>()
        .filter(contact_tag::Column::ContactId.is_in(contacts))
        .order_by_asc(contact_tag::Column::Tag)
        .all(access.readers())
        .await?;
    let mut tags: HashMap<ContactId, Vec<String>> = HashMap::new();
    for row in rows {
        tags.entry(row.contact_id).or_default().push(row.tag);
    }
    Ok(tags)
}

/// A contact as its reader may see it: with personal details once the log says that they are disclosed.
fn view(
    row: contact::Model,
    tags: &mut HashMap<ContactId, Vec<String>>,
    moments: &Moments,
    disclosed: Option<&Disclosed>,
) -> Contact {
    let personal = disclosed.map(|_| PersonalDetails { name: row.name, mobile: row.mobile, email: row.email });
    Contact {
        id: row.id,
        personal,
        tags: tags.remove(&row.id).unwrap_or_default(),
        created: moments.of(row.created_at),
        version: row.updated_at,
    }
}

/// One contact.
pub async fn get(ctx: &Context, account: AccountId, contact: ContactId) -> Result<Contact> {
    let access = ctx.access(account, Permission::ContactReadBasic).await?;
    let row =
        access.in_account::<contact::Entity>().filter(contact::Column::Id.eq(contact)).one(access.readers()).await?;
    let row = row.ok_or(Problem::NotFound)?;
    let mut tags = tags(&access, vec![contact]).await?;
    let disclosed = personal::disclose(&access, std::slice::from_ref(&row)).await?;
    Ok(view(row, &mut tags, &ctx.moments(), disclosed.as_ref()))
}

/// Adds a contact.
///
/// # Errors
/// [`Problem::Invalid`] for the form.
pub async fn create(ctx: &Context, account: AccountId, form: ContactForm) -> Result<ContactId> {
    let form = form.validated()?;
    ctx.access(account, Permission::ContactCreate)
        .await?
        .change(async |change| {
            let contact = insert(change, account, form, ctx.now()).await?;
            Ok((contact, Event::Messaging(MessagingEvent::ContactCreated { contact })))
        })
        .await
}

/// Writes a contact inside a change.
pub(crate) async fn insert(change: &Change, account: AccountId, form: ContactForm, at: Timestamp) -> Result<ContactId> {
    let access = change.access();
    let id = ContactId(access.ctx().new_id()?);
    let ContactForm { name, mobile, email, tags, version: _ } = form;
    let row = contact::ActiveModel {
        search_text: Set(matching::text(account, &name, &email, &mobile)),
        id: Set(id),
        organisation_id: Set(access.organisation()),
        account_id: Set(account),
        name: Set(name),
        mobile: Set(mobile),
        email: Set(email),
        created_at: Set(at),
        updated_at: Set(at),
    };
    row.insert(change.db()).await?;
    insert_tags(change, account, id, tag_list(&tags)).await?;
    Ok(id)
}

async fn insert_tags(change: &Change, account: AccountId, contact: ContactId, tags: Vec<String>) -> Result<()> {
    if tags.is_empty() {
        return Ok(());
    }
    let access = change.access();
    let rows = tags.into_iter().map(|tag| contact_tag::ActiveModel {
        organisation_id: Set(access.organisation()),
        account_id: Set(account),
        contact_id: Set(contact),
        tag: Set(tag),
    });
    contact_tag::Entity::insert_many(rows).exec_without_returning(change.db()).await?;
    Ok(())
}

/// Replaces the tags; says whether they were others before.
async fn replace_tags(change: &Change, contact: ContactId, tags: Vec<String>) -> Result<bool> {
    let rows = change.access().in_account::<contact_tag::Entity>().filter(contact_tag::Column::ContactId.eq(contact));
    let mut before: Vec<String> = rows.all(change.db()).await?.into_iter().map(|row| row.tag).collect();
    before.sort();
    if before == tags {
        return Ok(false);
    }
    contact_tag::Entity::delete_many().filter(contact_tag::Column::ContactId.eq(contact)).exec(change.db()).await?;
    insert_tags(change, change.access().account(), contact, tags).await?;
    Ok(true)
}

async fn row(change: &Change, contact: ContactId) -> Result<contact::Model> {
    let select = change.access().in_account::<contact::Entity>().filter(contact::Column::Id.eq(contact));
    Ok(select.one(change.db()).await?.ok_or(Problem::NotFound)?)
}

/// Whether it is still what a form shows.
fn check_version(row: &contact::Model, shown: Option<Timestamp>) -> Result<(), Conflict> {
    if shown.is_some_and(|shown| shown != row.updated_at) { Err(Conflict::ChangedMeanwhile) } else { Ok(()) }
}

/// Changes a contact's details, and its tags where they differ.
///
/// # Errors
/// [`Problem::Refused`] without `contact.read.pii`, since the form replaces what it shows; without
/// `contact.update.tags` when the tags differ. [`Problem::Invalid`] for the form; [`Conflict::ChangedMeanwhile`] when it is
/// no longer the version that the form shows.
pub async fn update(ctx: &Context, account: AccountId, contact: ContactId, form: ContactForm) -> Result<()> {
    let form = form.validated()?;
    ctx.access(account, Permission::ContactUpdateDetails)
        .await?
        .change(async |change| {
            let row = row(change, contact).await?;
            if !change.access().may(Permission::ContactReadPii) {
                return Err(Refusal::Permission(Permission::ContactReadPii).into());
            }
            check_version(&row, form.version)?;
            let retagged = replace_tags(change, contact, tag_list(&form.tags)).await?;
            if retagged && !change.access().may(Permission::ContactUpdateTags) {
                return Err(Refusal::Permission(Permission::ContactUpdateTags).into());
            }
            let ContactForm { name, mobile, email, tags: _, version: _ } = form;
            let updated_at = ctx.now().after(row.updated_at);
            let mut row = row.into_active_model();
            row.search_text = Set(matching::text(account, &name, &email, &mobile));
            row.name = Set(name);
            row.mobile = Set(mobile);
            row.email = Set(email);
            row.updated_at = Set(updated_at);
            row.update(change.db()).await?;
            Ok(((), Event::Messaging(MessagingEvent::ContactUpdated { contact })))
        })
        .await
}

/// Changes a contact's tags alone.
///
/// # Errors
/// As [`update`].
pub async fn tag(ctx: &Context, account: AccountId, contact: ContactId, form: TagForm) -> Result<()> {
    let form = form.validated()?;
    ctx.access(account, Permission::ContactUpdateTags)
        .await?
        .change(async |change| {
            let row = row(change, contact).await?;
            check_version(&row, form.version)?;
            replace_tags(change, contact, tag_list(&form.tags)).await?;
            let updated_at = ctx.now().after(row.updated_at);
            let mut row = row.into_active_model();
            row.updated_at = Set(updated_at);
            row.update(change.db()).await?;
            Ok(((), Event::Messaging(MessagingEvent::ContactUpdated { contact })))
        })
        .await
}

/// Deletes a contact.
pub async fn delete(ctx: &Context, account: AccountId, contact: ContactId) -> Result<()> {
    ctx.access(account, Permission::ContactDelete)
        .await?
        .change(async |change| {
            let row = row(change, contact).await?;
            contact::Entity::delete_by_id(row.id).exec(change.db()).await?;
            Ok(((), Event::Messaging(MessagingEvent::ContactDeleted { contact })))
        })
        .await
}
