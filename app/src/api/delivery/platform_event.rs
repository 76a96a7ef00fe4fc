use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{AccountId, Page, PlatformEventFilter, ReportedEvent};

#[server(protocol = Form)]
pub async fn list_platform_events(
    account: AccountId,
    #[server(default)] filter: PlatformEventFilter,
) -> Answer<Page<ReportedEvent>> {
    crate::api::call(async |ctx| service::platform_event::list(ctx, account, filter).await).await
}

reads! {
    ListPlatformEvents: All(AlertRead);
}
