use crate::runtime::{Answer, Form};
use leptos::prelude::*;

/// Takes another password of the reader into use.
#[server(protocol = Form)]
pub async fn change_own_password(form: model::ChangePassword) -> Answer<()> {
    crate::api::answer_on_page();
    crate::api::call(async |ctx| service::password_change::change(ctx, form).await).await
}

/// Asks for a link to choose a new password; the answer is the same for every address.
#[server(protocol = Form)]
pub async fn ask_password_reset(form: model::AskPasswordReset) -> Answer<()> {
    crate::api::call(async |ctx| service::password_reset::ask(ctx, form).await).await?;
    leptos_axum::redirect("/forgot-password/sent");
    Ok(())
}

/// What that link opens.
#[server(protocol = Form)]
pub async fn open_password_reset(secret: String) -> Answer<model::OpenPasswordReset> {
    crate::api::call(async |ctx| service::password_reset::open(ctx, &service::Secret::from_client(secret)).await).await
}

/// Takes a new password into use by such a link; nobody is signed in by it.
#[server(protocol = Form)]
pub async fn reset_password(form: model::ResetPassword) -> Answer<()> {
    crate::api::call(async |ctx| service::password_reset::reset(ctx, form).await).await?;
    leptos_axum::redirect("/sign-in?password=reset");
    Ok(())
}

/// What the link to a former address restores.
#[server(protocol = Form)]
pub async fn open_email_undo(secret: String) -> Answer<model::OpenEmailUndo> {
    crate::api::call(async |ctx| service::email_undo::open(ctx, &service::Secret::from_client(secret)).await).await
}

/// Restores a former address, and leads to where a new password is chosen.
#[server(protocol = Form)]
pub async fn undo_email_change(form: model::UndoEmailChange) -> Answer<()> {
    let reset = crate::api::call(async |ctx| service::email_undo::undo(ctx, form).await).await?;
    leptos_axum::redirect(&format!("/password-reset/{}?address=restored", reset.reveal()));
    Ok(())
}

reads! {
    OpenPasswordReset: Nothing;
    OpenEmailUndo: Nothing;
}
