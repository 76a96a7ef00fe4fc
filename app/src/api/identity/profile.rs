use crate::runtime::{Answer, Form};
use leptos::prelude::*;

/// One's own name and address, and one's roles.
#[server(protocol = Form)]
pub async fn get_own_profile() -> Answer<model::OwnProfile> {
    crate::api::call(service::profile::get).await
}

#[server(protocol = Form)]
pub async fn update_own_name(form: model::UpdateName) -> Answer<()> {
    crate::api::call(async |ctx| service::profile::update_name(ctx, form).await).await
}

reads! {
    GetOwnProfile: Nothing;
}
