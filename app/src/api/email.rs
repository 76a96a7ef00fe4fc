use super::{Answer, Form};
use leptos::prelude::*;
use model::OwnEmail;

/// The address of the reader.
#[server(protocol = Form)]
pub async fn get_own_email() -> Answer<OwnEmail> {
    super::call(service::email::get).await
}

/// Asks for another address, which a letter to it confirms.
#[server(protocol = Form)]
pub async fn change_own_email(form: model::ChangeEmail) -> Answer<()> {
    super::call(async |ctx| service::email::ask(ctx, form).await).await
}

/// The address that a link confirms.
#[server(protocol = Form)]
pub async fn open_email_change(secret: String) -> Answer<String> {
    super::call(async |ctx| service::email::open(ctx, &service::Secret::presented(secret)).await).await
}

/// Takes the address of a link into use.
#[server(protocol = Form)]
pub async fn confirm_email(secret: String) -> Answer<()> {
    super::call(async |ctx| service::email::confirm(ctx, &service::Secret::presented(secret)).await).await?;
    leptos_axum::redirect("/email");
    Ok(())
}
