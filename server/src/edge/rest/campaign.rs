use super::{
    Route, done,
    extract::{Caller, Filter, Ids, Sent},
    found, made,
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

async fn list(Caller(ctx): Caller, Ids(account): Ids<AccountId>, Filter(filter): Filter<CampaignFilter>) -> Response {
    found(&ctx, campaign::list(&ctx, account, filter).await)
}

async fn create(Caller(ctx): Caller, Ids(account): Ids<AccountId>, Sent(form): Sent<CampaignForm>) -> Response {
    made(&ctx, campaign::create(&ctx, account, form).await)
}

async fn get(Caller(ctx): Caller, Ids((account, campaign)): Ids<(AccountId, CampaignId)>) -> Response {
    found(&ctx, campaign::get(&ctx, account, campaign).await)
}

async fn update(
    Caller(ctx): Caller,
    Ids((account, campaign)): Ids<(AccountId, CampaignId)>,
    Sent(form): Sent<CampaignForm>,
) -> Response {
    done(&ctx, campaign::update(&ctx, account, campaign, form).await)
}

async fn delete(Caller(ctx): Caller, Ids((account, campaign)): Ids<(AccountId, CampaignId)>) -> Response {
    done(&ctx, campaign::delete(&ctx, account, campaign).await)
}
