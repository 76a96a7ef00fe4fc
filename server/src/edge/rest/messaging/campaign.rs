use crate::edge::rest::{
    Route, created,
    extract::{Caller, PathIds, StrictJson, StrictQuery},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, CampaignFilter, CampaignForm, CampaignId, Permission};
use service::campaign;

pub fn routes() -> [Route; 5] {
    const ALL: &str = "/v1/accounts/{account}/campaigns";
    const ONE: &str = "/v1/accounts/{account}/campaigns/{campaign}";
    [
        Route::new(MethodFilter::GET, ALL, Permission::CampaignRead, list),
        Route::new(MethodFilter::POST, ALL, Permission::CampaignCreate, create),
        Route::new(MethodFilter::GET, ONE, Permission::CampaignRead, get),
        Route::new(MethodFilter::PUT, ONE, Permission::CampaignUpdate, update),
        Route::new(MethodFilter::DELETE, ONE, Permission::CampaignDelete, delete),
    ]
}

async fn list(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<CampaignFilter>,
) -> Response {
    ok(&ctx, campaign::list(&ctx, account, filter).await)
}

async fn create(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictJson(form): StrictJson<CampaignForm>,
) -> Response {
    created(&ctx, campaign::create(&ctx, account, form).await)
}

async fn get(Caller(ctx): Caller, PathIds((account, campaign)): PathIds<(AccountId, CampaignId)>) -> Response {
    ok(&ctx, campaign::get(&ctx, account, campaign).await)
}

async fn update(
    Caller(ctx): Caller,
    PathIds((account, campaign)): PathIds<(AccountId, CampaignId)>,
    StrictJson(form): StrictJson<CampaignForm>,
) -> Response {
    no_content(&ctx, campaign::update(&ctx, account, campaign, form).await)
}

async fn delete(Caller(ctx): Caller, PathIds((account, campaign)): PathIds<(AccountId, CampaignId)>) -> Response {
    no_content(&ctx, campaign::delete(&ctx, account, campaign).await)
}
