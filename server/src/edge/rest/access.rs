use super::{
    Route,
    extract::{Caller, PathIds, StrictQuery},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccessFilter, AccountId, ApiKeyFilter, ApiKeyId, Permission};
use service::{access_log, account, api_key, role};

pub fn routes() -> [Route; 6] {
    const ACCOUNTS: &str = "/v1/accounts/{account}/accounts";
    const ROLES: &str = "/v1/accounts/{account}/roles";
    const KEYS: &str = "/v1/accounts/{account}/api-keys";
    const KEY: &str = "/v1/accounts/{account}/api-keys/{key}";
    const LOG: &str = "/v1/accounts/{account}/access-log";
    [
        Route::new(MethodFilter::GET, ACCOUNTS, Permission::AccountRead, list_accounts),
        Route::new(MethodFilter::GET, ROLES, Permission::RoleRead, list_roles),
        Route::new(MethodFilter::GET, KEYS, Permission::ApiKeyRead, list_keys),
        Route::new(MethodFilter::GET, KEY, Permission::ApiKeyRead, get_key),
        Route::new(MethodFilter::DELETE, KEY, Permission::ApiKeyRevoke, revoke_key),
        Route::new(MethodFilter::GET, LOG, Permission::AccessLogRead, list_entries),
    ]
}

/// The key that the request was made with.
pub async fn own_key(Caller(ctx): Caller) -> Response {
    ok(&ctx, api_key::own(&ctx).await)
}

async fn list_accounts(Caller(ctx): Caller, PathIds(account): PathIds<AccountId>) -> Response {
    ok(&ctx, account::list(&ctx, account, "").await)
}

async fn list_roles(Caller(ctx): Caller, PathIds(account): PathIds<AccountId>) -> Response {
    ok(&ctx, role::list(&ctx, account).await)
}

async fn list_keys(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<ApiKeyFilter>,
) -> Response {
    ok(&ctx, api_key::list(&ctx, account, filter).await)
}

async fn get_key(Caller(ctx): Caller, PathIds((account, key)): PathIds<(AccountId, ApiKeyId)>) -> Response {
    ok(&ctx, api_key::get(&ctx, account, key).await)
}

async fn revoke_key(Caller(ctx): Caller, PathIds((account, key)): PathIds<(AccountId, ApiKeyId)>) -> Response {
    no_content(&ctx, api_key::revoke(&ctx, account, key).await)
}

async fn list_entries(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<AccessFilter>,
) -> Response {
    ok(&ctx, access_log::list(&ctx, account, filter).await)
}
