use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::UserDeletion;

/// What would go with the reader's login.
#[server(protocol = Form)]
pub async fn preview_user_delete() -> Answer<UserDeletion> {
    crate::api::call(service::user_deletion::preview).await
}

/// Deletes the reader's login for good.
#[server(protocol = Form)]
pub async fn delete_user(form: model::DeleteUser) -> Answer<()> {
    crate::api::call(async |ctx| service::user_deletion::delete(ctx, form).await).await?;
    crate::api::edge::end_session("/account-deleted").await
}

reads! {
    PreviewUserDelete: Nothing;
}
