use super::{
    Route,
    extract::{Caller, PathIds, StrictJson},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, BillingDetails, Permission};
use service::{account, billing};

pub fn routes() -> [Route; 3] {
    const ACCOUNTS: &str = "/v1/accounts/{account}/accounts";
    const BILLING: &str = "/v1/accounts/{account}/billing";
    [
        Route::new(MethodFilter::GET, ACCOUNTS, Permission::AccountRead, list_accounts),
        Route::new(MethodFilter::GET, BILLING, Permission::BillingRead, get_billing),
        Route::new(MethodFilter::PUT, BILLING, Permission::BillingManage, update_billing),
    ]
}

async fn list_accounts(Caller(ctx): Caller, PathIds(account): PathIds<AccountId>) -> Response {
    ok(&ctx, account::list(&ctx, account, "").await)
}

async fn get_billing(Caller(ctx): Caller, PathIds(account): PathIds<AccountId>) -> Response {
    ok(&ctx, billing::get(&ctx, account).await)
}

async fn update_billing(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictJson(form): StrictJson<BillingDetails>,
) -> Response {
    no_content(&ctx, billing::update(&ctx, account, form).await)
}
