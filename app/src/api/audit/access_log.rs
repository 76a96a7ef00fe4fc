use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{AccessEntry, AccessFilter, AccountId, Page};

#[server(protocol = Form)]
pub async fn list_access_entries(account: AccountId, filter: AccessFilter) -> Answer<Page<AccessEntry>> {
    crate::api::call(async |ctx| service::access_log::list(ctx, account, filter).await).await
}

reads! {
    ListAccessEntries: All(AccessLogRead);
}
