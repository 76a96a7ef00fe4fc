use super::{
    Route,
    extract::{Caller, PathIds, StrictJson},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, BillingDetails, Permission};
use service::billing;

pub fn routes() -> [Route; 2] {
    const BILLING: &str = "/v1/accounts/{account}/billing";
    [
        Route::new(MethodFilter::GET, BILLING, Permission::BillingRead, get),
        Route::new(MethodFilter::PUT, BILLING, Permission::BillingManage, update),
    ]
}

async fn get(Caller(ctx): Caller, PathIds(account): PathIds<AccountId>) -> Response {
    ok(&ctx, billing::get(&ctx, account).await)
}

async fn update(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictJson(form): StrictJson<BillingDetails>,
) -> Response {
    no_content(&ctx, billing::update(&ctx, account, form).await)
}
