use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{AccountId, OrganisationPolicy, PolicyPoint};

#[server(protocol = Form)]
pub async fn get_policy(account: AccountId) -> Answer<OrganisationPolicy> {
    crate::api::call(async |ctx| service::policy::get(ctx, account).await).await
}

/// Changes one point, and gives how it was before.
#[server(protocol = Form)]
pub async fn update_policy(account: AccountId, form: PolicyPoint) -> Answer<PolicyPoint> {
    crate::api::call(async |ctx| service::policy::update(ctx, account, form).await).await
}

/// Draws tighter what is loose by default.
#[server(protocol = Form)]
pub async fn make_policy_safer(account: AccountId) -> Answer<()> {
    crate::api::call(async |ctx| service::policy::make_safer(ctx, account).await).await
}

reads! {
    GetPolicy: All(OrganisationRead);
}
