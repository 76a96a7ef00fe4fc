use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{AccountId, Billing, BillingDetails};

#[server(protocol = Form)]
pub async fn get_billing(account: AccountId) -> Answer<Billing> {
    crate::api::call(async |ctx| service::billing::get(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn update_billing(account: AccountId, form: BillingDetails) -> Answer<()> {
    crate::api::call(async |ctx| service::billing::update(ctx, account, form).await).await
}

reads! {
    GetBilling: All(BillingRead);
}
