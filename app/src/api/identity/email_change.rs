use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{OpenEmail, OwnEmail};

/// The address of the reader.
#[server(protocol = Form)]
pub async fn get_own_email() -> Answer<OwnEmail> {
    crate::api::call(service::email_change::get).await
}

/// Asks for another address, which a letter to it confirms.
#[server(protocol = Form)]
pub async fn change_own_email(form: model::ChangeEmail) -> Answer<()> {
    crate::api::call(async |ctx| service::email_change::ask(ctx, form).await).await
}

/// Sends the letter that confirms the reader's address once more.
#[server(protocol = Form)]
pub async fn send_confirmation() -> Answer<()> {
    crate::api::call(service::email_change::send_confirmation).await
}

/// What the link of a letter confirms.
#[server(protocol = Form)]
pub async fn open_email_change(secret: String) -> Answer<OpenEmail> {
    crate::api::call(async |ctx| service::email_change::open(ctx, &service::Secret::from_client(secret)).await).await
}

/// Takes the address of a link into use.
#[server(protocol = Form)]
pub async fn confirm_email(form: model::ConfirmEmail) -> Answer<()> {
    crate::api::call(async |ctx| service::email_change::confirm(ctx, form).await).await?;
    leptos_axum::redirect("/email");
    Ok(())
}

/// Whether letters stand on a page of this machine instead of going out.
#[server(protocol = Form)]
pub async fn has_local_outbox() -> Answer<bool> {
    let is_local = |parts: http::request::Parts| parts.extensions.get::<crate::LocalOutbox>().is_some();
    crate::api::call(async |_| Ok(use_context::<http::request::Parts>().is_some_and(is_local))).await
}

reads! {
    GetOwnEmail: Nothing;
    HasLocalOutbox: Nothing;
    OpenEmailChange: Nothing;
}
