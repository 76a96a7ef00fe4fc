use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{AccountId, Overview};

#[server(protocol = Form)]
pub async fn get_overview(account: AccountId) -> Answer<Overview> {
    crate::api::call(async |ctx| service::overview::get(ctx, account).await).await
}
