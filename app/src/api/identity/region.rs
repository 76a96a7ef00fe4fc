use crate::runtime::{Answer, Form};
use leptos::prelude::*;

/// One's own country and time zone, and the zones to choose from.
#[server(protocol = Form)]
pub async fn get_own_region() -> Answer<model::OwnRegion> {
    crate::api::call(service::region::get).await
}

#[server(protocol = Form)]
pub async fn update_own_region(form: model::UpdateRegion) -> Answer<()> {
    crate::api::call(async |ctx| service::region::update(ctx, form).await).await
}

reads! {
    GetOwnRegion: Nothing;
}
