#[cfg(feature = "ssr")]
use super::edge;
use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{PasskeyAdded, PasskeyOptions, Passkeys};

/// The passkeys of the reader.
#[server(protocol = Form)]
pub async fn get_passkeys() -> Answer<Passkeys> {
    crate::api::call(service::passkey::list).await
}

/// What the reader's browser is to make a passkey by.
#[server(protocol = Form)]
pub async fn begin_passkey(form: model::ConfirmIdentity) -> Answer<PasskeyOptions> {
    crate::api::call(async |ctx| service::passkey::begin_adding(ctx, form).await).await
}

/// Keeps the passkey that the browser made.
#[server(protocol = Form)]
pub async fn add_passkey(form: model::AddPasskey) -> Answer<PasskeyAdded> {
    crate::api::call(async |ctx| service::passkey::add(ctx, form).await).await
}

#[server(protocol = Form)]
pub async fn rename_passkey(form: model::RenamePasskey) -> Answer<()> {
    crate::api::call(async |ctx| service::passkey::rename(ctx, form).await).await
}

#[server(protocol = Form)]
pub async fn remove_passkey(form: model::RemovePasskey) -> Answer<()> {
    crate::api::call(async |ctx| service::passkey::remove(ctx, form).await).await
}

/// What the reader's browser is to show a passkey by, in the place of a code.
#[server(protocol = Form)]
pub async fn begin_confirming_by_passkey() -> Answer<PasskeyOptions> {
    crate::api::call(service::passkey::begin_confirming).await
}

/// What a browser is to show a passkey by that signs in.
#[server(protocol = Form)]
pub async fn begin_passkey_sign_in(form: model::BeginPasskeySignIn) -> Answer<PasskeyOptions> {
    crate::api::call(async |ctx| service::passkey::begin_sign_in(ctx, form).await).await
}

/// Signs in by a passkey alone.
#[server(protocol = Form)]
pub async fn sign_in_with_passkey(form: model::PasskeySignIn) -> Answer<()> {
    let then = if model::is_local_path(&form.then) { form.then.clone() } else { "/".to_owned() };
    let login = crate::api::call(async |ctx| service::passkey::sign_in(ctx, form).await).await?;
    edge::sign_in(login, &then).await
}

/// What a browser is to show a passkey by in the second step of signing in.
#[server(protocol = Form)]
pub async fn begin_passkey_second_step() -> Answer<PasskeyOptions> {
    let (login, _) = edge::who_needs_code().await?;
    crate::api::call(async |ctx| service::passkey::begin_second_step(ctx, login).await).await
}

/// The second step of signing in, by a passkey.
#[server(protocol = Form)]
pub async fn confirm_sign_in_with_passkey(form: model::PasskeySecondStep) -> Answer<()> {
    let (login, then) = edge::who_needs_code().await?;
    let remember = form.remember;
    let login = crate::api::call(async |ctx| service::passkey::confirm_sign_in(ctx, login, form).await).await?;
    edge::sign_in_by_second_factor(login, &then, remember).await
}

reads! {
    GetPasskeys: Nothing;
}
