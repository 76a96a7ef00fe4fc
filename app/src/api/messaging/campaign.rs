use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{AccountId, Campaign, CampaignDetails, CampaignFilter, CampaignForm, CampaignId, Page};

#[server(protocol = Form)]
pub async fn list_campaigns(account: AccountId, filter: CampaignFilter) -> Answer<Page<Campaign>> {
    crate::api::call(async |ctx| service::campaign::list(ctx, account, filter).await).await
}

#[server(protocol = Form)]
pub async fn get_campaign(account: AccountId, campaign: CampaignId) -> Answer<CampaignDetails> {
    crate::api::call(async |ctx| service::campaign::get(ctx, account, campaign).await).await
}

#[server(protocol = Form)]
pub async fn create_campaign(account: AccountId, form: CampaignForm) -> Answer<()> {
    crate::api::call(async |ctx| service::campaign::create(ctx, account, form).await).await?;
    to_list(account);
    Ok(())
}

#[server(protocol = Form)]
pub async fn update_campaign(account: AccountId, campaign: CampaignId, form: CampaignForm) -> Answer<()> {
    crate::api::call(async |ctx| service::campaign::update(ctx, account, campaign, form).await).await?;
    to_list(account);
    Ok(())
}

#[server(protocol = Form)]
pub async fn delete_campaign(account: AccountId, campaign: CampaignId) -> Answer<()> {
    crate::api::call(async |ctx| service::campaign::delete(ctx, account, campaign).await).await?;
    to_list(account);
    Ok(())
}

#[cfg(feature = "ssr")]
fn to_list(account: AccountId) {
    leptos_axum::redirect(&format!("/accounts/{account}/campaigns"));
}

reads! {
    ListCampaigns: All(CampaignRead);
    GetCampaign: All(CampaignRead);
}
