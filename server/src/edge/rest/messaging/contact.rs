use crate::edge::rest::{
    Route,
    body::{Created, List, RestBody, timestamp},
    created,
    extract::{Caller, PathIds, StrictJson, StrictQuery},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, ContactFilter, ContactForm, ContactId, Permission, TagForm, Timestamp};
use serde::Serialize;
use service::contact;

#[derive(Serialize)]
struct Contact {
    id: ContactId,
    /// Left out without `contact.read.pii`.
    #[serde(flatten)]
    personal: Option<PersonalDetails>,
    tags: Vec<String>,
    created_at: String,
    /// A `PUT` that sends it back is refused when somebody saved the contact since.
    version: Timestamp,
}

/// An empty text stands for none, as in what is sent.
#[derive(Serialize)]
struct PersonalDetails {
    name: String,
    mobile: String,
    email: String,
}

impl RestBody for Contact {}
impl RestBody for Created<ContactId> {}

impl From<model::Contact> for Contact {
    fn from(model::Contact { id, personal, tags, created, version }: model::Contact) -> Self {
        Self { id, personal: personal.map(PersonalDetails::from), tags, created_at: timestamp(created), version }
    }
}

impl From<model::PersonalDetails> for PersonalDetails {
    fn from(model::PersonalDetails { name, mobile, email }: model::PersonalDetails) -> Self {
        Self { name, mobile, email }
    }
}

pub fn routes() -> [Route; 6] {
    const ALL: &str = "/v1/accounts/{account}/contacts";
    const ONE: &str = "/v1/accounts/{account}/contacts/{contact}";
    const TAGS: &str = "/v1/accounts/{account}/contacts/{contact}/tags";
    [
        Route::new(MethodFilter::GET, ALL, [Permission::ContactReadBasic], list),
        Route::new(MethodFilter::POST, ALL, [Permission::ContactCreate], create),
        Route::new(MethodFilter::GET, ONE, [Permission::ContactReadBasic], get),
        Route::new(MethodFilter::PUT, ONE, [Permission::ContactUpdateDetails, Permission::ContactReadPii], update),
        Route::new(MethodFilter::DELETE, ONE, [Permission::ContactDelete], delete),
        Route::new(MethodFilter::PUT, TAGS, [Permission::ContactUpdateTags], tag),
    ]
}

async fn list(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<ContactFilter>,
) -> Response {
    ok::<List<Contact>>(&ctx, contact::list(&ctx, account, filter).await)
}

async fn create(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictJson(form): StrictJson<ContactForm>,
) -> Response {
    created::<Created<ContactId>>(&ctx, contact::create(&ctx, account, form).await)
}

async fn get(Caller(ctx): Caller, PathIds((account, contact)): PathIds<(AccountId, ContactId)>) -> Response {
    ok::<Contact>(&ctx, contact::get(&ctx, account, contact).await)
}

async fn update(
    Caller(ctx): Caller,
    PathIds((account, contact)): PathIds<(AccountId, ContactId)>,
    StrictJson(form): StrictJson<ContactForm>,
) -> Response {
    no_content(&ctx, contact::update(&ctx, account, contact, form).await)
}

async fn delete(Caller(ctx): Caller, PathIds((account, contact)): PathIds<(AccountId, ContactId)>) -> Response {
    no_content(&ctx, contact::delete(&ctx, account, contact).await)
}

async fn tag(
    Caller(ctx): Caller,
    PathIds((account, contact)): PathIds<(AccountId, ContactId)>,
    StrictJson(form): StrictJson<TagForm>,
) -> Response {
    no_content(&ctx, contact::tag(&ctx, account, contact, form).await)
}
