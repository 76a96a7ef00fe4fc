use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{
    AccountId, Contact, ContactAct, ContactFilter, ContactForm, ContactId, ContactSelection, ContactsChanged, Page,
    TagForm,
};

#[server(protocol = Form)]
pub async fn list_contacts(account: AccountId, filter: ContactFilter) -> Answer<Page<Contact>> {
    crate::api::call(async |ctx| service::contact::list(ctx, account, filter).await).await
}

#[server(protocol = Form)]
pub async fn get_contact(account: AccountId, contact: ContactId) -> Answer<Contact> {
    crate::api::call(async |ctx| service::contact::get(ctx, account, contact).await).await
}

#[server(protocol = Form)]
pub async fn create_contact(account: AccountId, form: ContactForm) -> Answer<()> {
    crate::api::call(async |ctx| service::contact::create(ctx, account, form).await).await?;
    to_list(account);
    Ok(())
}

#[server(protocol = Form)]
pub async fn update_contact(account: AccountId, contact: ContactId, form: ContactForm) -> Answer<()> {
    crate::api::call(async |ctx| service::contact::update(ctx, account, contact, form).await).await?;
    to_list(account);
    Ok(())
}

#[server(protocol = Form)]
pub async fn tag_contact(account: AccountId, contact: ContactId, form: TagForm) -> Answer<()> {
    crate::api::call(async |ctx| service::contact::tag(ctx, account, contact, form).await).await?;
    to_list(account);
    Ok(())
}

#[server(protocol = Form)]
pub async fn delete_contact(account: AccountId, contact: ContactId) -> Answer<()> {
    crate::api::call(async |ctx| service::contact::delete(ctx, account, contact).await).await?;
    to_list(account);
    Ok(())
}

#[server(protocol = Form)]
pub async fn change_contacts(
    account: AccountId,
    selection: ContactSelection,
    act: ContactAct,
) -> Answer<ContactsChanged> {
    crate::api::call(async |ctx| service::contact::change_many(ctx, account, selection, act).await).await
}

#[cfg(feature = "ssr")]
fn to_list(account: AccountId) {
    leptos_axum::redirect(&format!("/accounts/{account}/contacts"));
}

reads! {
    ListContacts: All(ContactReadBasic);
    GetContact: All(ContactReadBasic);
}
