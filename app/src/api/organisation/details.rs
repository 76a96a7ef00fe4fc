use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{AccountId, Contents, Deletion, Organisation, Standing};

/// Where an account is, and what the reader may do there now.
#[server(protocol = Form)]
pub async fn get_standing(account: AccountId) -> Answer<Standing> {
    crate::api::call(async |ctx| service::organisation::standing(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn get_organisation(account: AccountId) -> Answer<Organisation> {
    crate::api::call(async |ctx| service::organisation::get(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn update_organisation(account: AccountId, form: model::UpdateOrganisation) -> Answer<()> {
    crate::api::call(async |ctx| service::organisation::update(ctx, account, form).await).await
}

/// Founds an organisation, and leads into it.
#[server(protocol = Form)]
pub async fn create_organisation(form: model::NewOrganisation) -> Answer<()> {
    let account = crate::api::call(async |ctx| service::organisation::create(ctx, form).await).await?;
    leptos_axum::redirect(&format!("/accounts/{account}"));
    Ok(())
}

#[server(protocol = Form)]
pub async fn preview_organisation_delete(account: AccountId) -> Answer<Contents> {
    crate::api::call(async |ctx| service::deletion::preview(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn delete_organisation(account: AccountId, form: model::DeleteOrganisation) -> Answer<()> {
    crate::api::call(async |ctx| service::deletion::delete(ctx, account, form).await).await
}

/// When an organisation that was deleted ends.
#[server(protocol = Form)]
pub async fn get_deletion(account: AccountId) -> Answer<Deletion> {
    crate::api::call(async |ctx| service::deletion::get(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn restore_organisation(account: AccountId) -> Answer<()> {
    crate::api::call(async |ctx| service::deletion::restore(ctx, account).await).await
}

reads! {
    GetStanding: Nothing;
    GetDeletion: Nothing;
    PreviewOrganisationDelete: Owner;
    GetOrganisation: All(OrganisationRead);
}
