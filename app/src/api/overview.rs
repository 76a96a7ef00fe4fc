use super::{Answer, Form};
use leptos::prelude::*;
use model::{AccountId, Overview};

#[server(protocol = Form)]
pub async fn get_overview(account: AccountId) -> Answer<Overview> {
    super::call(async |ctx| service::overview::get(ctx, account).await).await
}
