#[cfg(feature = "ssr")]
use super::session::edge;
use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{OwnPhone, SmsCodeSent};

/// The mobile number of the reader.
#[server(protocol = Form)]
pub async fn get_own_phone() -> Answer<OwnPhone> {
    crate::api::call(service::phone::get).await
}

/// Asks for another number, which a code that is sent to it verifies.
#[server(protocol = Form)]
pub async fn change_own_phone(form: model::ChangePhone) -> Answer<()> {
    crate::api::call(async |ctx| service::phone::ask(ctx, form).await).await
}

/// Sends the code once more that verifies the number.
#[server(protocol = Form)]
pub async fn send_phone_code() -> Answer<SmsCodeSent> {
    crate::api::answer_on_page();
    crate::api::call(service::phone::send_again).await
}

/// Takes the number into use that was asked for.
#[server(protocol = Form)]
pub async fn confirm_own_phone(form: model::ConfirmPhone) -> Answer<()> {
    crate::api::call(async |ctx| service::phone::confirm(ctx, form).await).await
}

/// Gives up the number that was asked for.
#[server(protocol = Form)]
pub async fn discard_phone_change() -> Answer<()> {
    crate::api::call(service::phone::cancel).await
}

/// Removes the number.
#[server(protocol = Form)]
pub async fn remove_own_phone(form: model::ConfirmIdentity) -> Answer<()> {
    crate::api::call(async |ctx| service::phone::remove(ctx, form).await).await
}

/// Takes codes by text message for a second factor; gives recovery codes to whoever has none.
#[server(protocol = Form)]
pub async fn start_sms_codes(form: model::ConfirmIdentity) -> Answer<Vec<String>> {
    crate::api::answer_on_page();
    crate::api::call(async |ctx| service::second_factor::start_sms(ctx, form).await).await
}

/// Takes them for one no longer.
#[server(protocol = Form)]
pub async fn stop_sms_codes(form: model::ConfirmIdentity) -> Answer<()> {
    crate::api::call(async |ctx| service::second_factor::stop_sms(ctx, form).await).await
}

/// Sends a code by which the reader confirms who they are.
#[server(protocol = Form)]
pub async fn send_own_code() -> Answer<SmsCodeSent> {
    crate::api::answer_on_page();
    crate::api::call(service::second_factor::send_own_code).await
}

/// Sends a code to whoever has shown their password, for the second step of signing in.
#[server(protocol = Form)]
pub async fn send_sign_in_code() -> Answer<SmsCodeSent> {
    crate::api::answer_on_page();
    let (login, _) = edge::who_needs_code().await?;
    crate::api::call(async |ctx| service::second_factor::send_code(ctx, login).await).await
}

reads! {
    GetOwnPhone: Nothing;
}
