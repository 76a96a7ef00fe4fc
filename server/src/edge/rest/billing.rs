use super::{
    Route, done,
    extract::{Caller, Ids, Sent},
    found,
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

async fn get(Caller(ctx): Caller, Ids(account): Ids<AccountId>) -> Response {
    found(&ctx, billing::get(&ctx, account).await)
}

async fn update(Caller(ctx): Caller, Ids(account): Ids<AccountId>, Sent(form): Sent<BillingDetails>) -> Response {
    done(&ctx, billing::update(&ctx, account, form).await)
}
