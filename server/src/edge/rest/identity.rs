use super::{
    Route,
    body::{List, RestBody, paths, timestamp},
    extract::{Caller, PathIds, StrictQuery},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, ApiKeyFilter, ApiKeyId, KeyState, Permission, UserId};
use serde::Serialize;
use service::api_key;

#[derive(Serialize)]
struct ApiKey {
    id: ApiKeyId,
    name: String,
    /// How the secret begins.
    prefix: String,
    account: String,
    account_id: AccountId,
    state: KeyState,
    /// What it was given.
    permissions: Vec<&'static str>,
    created_by: String,
    created_by_id: UserId,
    created_at: String,
    last_used_at: Option<String>,
    expires_at: Option<String>,
}

impl RestBody for ApiKey {}

impl From<model::ApiKey> for ApiKey {
    fn from(key: model::ApiKey) -> Self {
        Self {
            id: key.id,
            name: key.name,
            prefix: key.begins,
            account: key.account_name,
            account_id: key.account,
            state: key.state,
            permissions: paths(key.permissions),
            created_by: key.creator,
            created_by_id: key.creator_id,
            created_at: timestamp(key.created),
            last_used_at: key.last_used.map(timestamp),
            expires_at: key.expires.map(timestamp),
        }
    }
}

#[derive(Serialize)]
struct ApiKeyDetails {
    #[serde(flatten)]
    key: ApiKey,
    /// What of its permissions its creator holds, which is all that it may do; for those who may see the members.
    effective_permissions: Option<Vec<&'static str>>,
}

impl RestBody for ApiKeyDetails {}

impl From<model::ApiKeyDetails> for ApiKeyDetails {
    fn from(details: model::ApiKeyDetails) -> Self {
        Self { key: details.key.into(), effective_permissions: details.effective.map(paths) }
    }
}

/// The key that the request was made with.
#[derive(Serialize)]
struct OwnKey {
    id: ApiKeyId,
    name: String,
    account_id: AccountId,
    /// What it may do now.
    permissions: Vec<&'static str>,
}

impl RestBody for OwnKey {}

impl From<model::OwnKey> for OwnKey {
    fn from(key: model::OwnKey) -> Self {
        Self { id: key.id, name: key.name, account_id: key.account, permissions: paths(key.permissions) }
    }
}

pub fn routes() -> [Route; 4] {
    const KEYS: &str = "/v1/accounts/{account}/api-keys";
    const KEY: &str = "/v1/accounts/{account}/api-keys/{key}";
    [
        Route::new(MethodFilter::GET, "/v1/key", [], own),
        Route::new(MethodFilter::GET, KEYS, [Permission::ApiKeyRead], list),
        Route::new(MethodFilter::GET, KEY, [Permission::ApiKeyRead], get),
        Route::new(MethodFilter::DELETE, KEY, [Permission::ApiKeyRevoke], revoke),
    ]
}

async fn own(Caller(ctx): Caller) -> Response {
    ok::<OwnKey>(&ctx, api_key::own(&ctx).await)
}

async fn list(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<ApiKeyFilter>,
) -> Response {
    ok::<List<ApiKey>>(&ctx, api_key::list(&ctx, account, filter).await)
}

async fn get(Caller(ctx): Caller, PathIds((account, key)): PathIds<(AccountId, ApiKeyId)>) -> Response {
    ok::<ApiKeyDetails>(&ctx, api_key::get(&ctx, account, key).await)
}

async fn revoke(Caller(ctx): Caller, PathIds((account, key)): PathIds<(AccountId, ApiKeyId)>) -> Response {
    no_content(&ctx, api_key::revoke(&ctx, account, key).await)
}
