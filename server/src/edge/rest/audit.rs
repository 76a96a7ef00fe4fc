use super::{
    Route,
    extract::{Caller, PathIds, StrictQuery},
    ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccessFilter, AccountId, Permission};
use service::access_log;

pub fn routes() -> [Route; 1] {
    const LOG: &str = "/v1/accounts/{account}/access-log";
    [Route::new(MethodFilter::GET, LOG, Permission::AccessLogRead, list)]
}

async fn list(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<AccessFilter>,
) -> Response {
    ok(&ctx, access_log::list(&ctx, account, filter).await)
}
