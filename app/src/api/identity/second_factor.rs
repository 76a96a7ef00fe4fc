use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::SecondFactor;

/// How the reader's sign-in is protected.
#[server(protocol = Form)]
pub async fn get_second_factor() -> Answer<SecondFactor> {
    crate::api::call(service::second_factor::get).await
}

/// Begins to set up a second factor.
#[server(protocol = Form)]
pub async fn begin_second_factor(#[server(default)] form: model::ConfirmIdentity) -> Answer<()> {
    crate::api::call(async |ctx| service::second_factor::begin(ctx, form).await).await
}

/// Takes into use what was begun.
#[server(protocol = Form)]
pub async fn confirm_second_factor(form: model::ConfirmByCode) -> Answer<()> {
    crate::api::call(async |ctx| service::second_factor::confirm(ctx, form).await).await
}

/// Removes the authenticator app.
#[server(protocol = Form)]
pub async fn remove_second_factor(form: model::ConfirmIdentity) -> Answer<()> {
    crate::api::call(async |ctx| service::second_factor::remove(ctx, form).await).await
}

/// Gives the reader new recovery codes in the place of those they have.
#[server(protocol = Form)]
pub async fn renew_recovery_codes(form: model::ConfirmIdentity) -> Answer<Vec<String>> {
    crate::api::answer_on_page();
    crate::api::call(async |ctx| service::second_factor::renew_codes(ctx, form).await).await
}

reads! {
    GetSecondFactor: Nothing;
}
