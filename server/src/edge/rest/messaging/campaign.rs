use crate::edge::rest::{
    Route,
    body::{Created, List, RestBody, timestamp},
    created,
    extract::{Caller, PathIds, StrictJson, StrictQuery},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, CampaignFilter, CampaignForm, CampaignId, Permission, Timestamp, UserId};
use serde::Serialize;
use service::campaign;

#[derive(Serialize)]
struct Campaign {
    id: CampaignId,
    name: String,
    text: String,
    /// The tag of the contacts it goes to; empty for all of the account.
    tag: String,
    updated_by: Option<String>,
    updated_by_id: Option<UserId>,
    updated_at: String,
    /// A `PUT` that sends it back is refused when somebody saved the campaign since.
    version: Timestamp,
}

impl RestBody for Campaign {}
impl RestBody for Created<CampaignId> {}

impl From<model::Campaign> for Campaign {
    fn from(
        model::Campaign { id, name, text, tag, updated_by, updated_by_id, updated, version }: model::Campaign,
    ) -> Self {
        let updated_by = updated_by_id.map(|_| updated_by);
        Self { id, name, text, tag, updated_by, updated_by_id, updated_at: timestamp(updated), version }
    }
}

#[derive(Serialize)]
struct CampaignDetails {
    #[serde(flatten)]
    campaign: Campaign,
    /// Contacts with a mobile number that it goes to, for keys with `contact.read`.
    recipient_count: Option<u64>,
}

impl RestBody for CampaignDetails {}

impl From<model::CampaignDetails> for CampaignDetails {
    fn from(model::CampaignDetails { campaign, recipients }: model::CampaignDetails) -> Self {
        Self { campaign: campaign.into(), recipient_count: recipients }
    }
}

pub fn routes() -> [Route; 5] {
    const ALL: &str = "/v1/accounts/{account}/campaigns";
    const ONE: &str = "/v1/accounts/{account}/campaigns/{campaign}";
    [
        Route::new(MethodFilter::GET, ALL, [Permission::CampaignRead], list),
        Route::new(MethodFilter::POST, ALL, [Permission::CampaignCreate], create),
        Route::new(MethodFilter::GET, ONE, [Permission::CampaignRead], get),
        Route::new(MethodFilter::PUT, ONE, [Permission::CampaignUpdate], update),
        Route::new(MethodFilter::DELETE, ONE, [Permission::CampaignDelete], delete),
    ]
}

async fn list(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<CampaignFilter>,
) -> Response {
    ok::<List<Campaign>>(&ctx, campaign::list(&ctx, account, filter).await)
}

async fn create(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictJson(form): StrictJson<CampaignForm>,
) -> Response {
    created::<Created<CampaignId>>(&ctx, campaign::create(&ctx, account, form).await)
}

async fn get(Caller(ctx): Caller, PathIds((account, campaign)): PathIds<(AccountId, CampaignId)>) -> Response {
    ok::<CampaignDetails>(&ctx, campaign::get(&ctx, account, campaign).await)
}

async fn update(
    Caller(ctx): Caller,
    PathIds((account, campaign)): PathIds<(AccountId, CampaignId)>,
    StrictJson(form): StrictJson<CampaignForm>,
) -> Response {
    no_content(&ctx, campaign::update(&ctx, account, campaign, form).await)
}

async fn delete(Caller(ctx): Caller, PathIds((account, campaign)): PathIds<(AccountId, CampaignId)>) -> Response {
    no_content(&ctx, campaign::delete(&ctx, account, campaign).await)
}
