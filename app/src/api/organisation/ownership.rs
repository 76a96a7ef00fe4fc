use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{AccountId, Ownership};

#[server(protocol = Form)]
pub async fn get_ownership(account: AccountId) -> Answer<Ownership> {
    crate::api::call(async |ctx| service::ownership::get(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn offer_ownership(account: AccountId, form: model::OfferOwnership) -> Answer<()> {
    crate::api::call(async |ctx| service::ownership::offer(ctx, account, form).await).await
}

#[server(protocol = Form)]
pub async fn withdraw_ownership(account: AccountId) -> Answer<()> {
    crate::api::call(async |ctx| service::ownership::withdraw(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn accept_ownership(account: AccountId) -> Answer<()> {
    crate::api::call(async |ctx| service::ownership::accept(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn decline_ownership(account: AccountId) -> Answer<()> {
    crate::api::call(async |ctx| service::ownership::decline(ctx, account).await).await
}

reads! {
    GetOwnership: Nothing;
}
