use super::{
    Route,
    extract::{Caller, PathIds, StrictQuery},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, ApiKeyFilter, ApiKeyId, Permission};
use service::api_key;

pub fn routes() -> [Route; 4] {
    const KEYS: &str = "/v1/accounts/{account}/api-keys";
    const KEY: &str = "/v1/accounts/{account}/api-keys/{key}";
    [
        Route::new(MethodFilter::GET, "/v1/key", None, own),
        Route::new(MethodFilter::GET, KEYS, Permission::ApiKeyRead, list),
        Route::new(MethodFilter::GET, KEY, Permission::ApiKeyRead, get),
        Route::new(MethodFilter::DELETE, KEY, Permission::ApiKeyRevoke, revoke),
    ]
}

/// The key that the request was made with.
async fn own(Caller(ctx): Caller) -> Response {
    ok(&ctx, api_key::own(&ctx).await)
}

async fn list(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<ApiKeyFilter>,
) -> Response {
    ok(&ctx, api_key::list(&ctx, account, filter).await)
}

async fn get(Caller(ctx): Caller, PathIds((account, key)): PathIds<(AccountId, ApiKeyId)>) -> Response {
    ok(&ctx, api_key::get(&ctx, account, key).await)
}

async fn revoke(Caller(ctx): Caller, PathIds((account, key)): PathIds<(AccountId, ApiKeyId)>) -> Response {
    no_content(&ctx, api_key::revoke(&ctx, account, key).await)
}
