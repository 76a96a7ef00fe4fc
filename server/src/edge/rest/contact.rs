use super::{
    Route, done,
    extract::{Caller, Filter, Ids, Sent},
    found, made,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, ContactFilter, ContactForm, ContactId, Permission, TagForm};
use service::contact;

pub fn routes() -> [Route; 6] {
    const ALL: &str = "/v1/accounts/{account}/contacts";
    const ONE: &str = "/v1/accounts/{account}/contacts/{contact}";
    const TAGS: &str = "/v1/accounts/{account}/contacts/{contact}/tags";
    [
        Route::new(MethodFilter::GET, ALL, Permission::ContactReadBasic, list),
        Route::new(MethodFilter::POST, ALL, Permission::ContactCreate, create),
        Route::new(MethodFilter::GET, ONE, Permission::ContactReadBasic, get),
        Route::new(MethodFilter::PUT, ONE, Permission::ContactUpdateDetails, update),
        Route::new(MethodFilter::DELETE, ONE, Permission::ContactDelete, delete),
        Route::new(MethodFilter::PUT, TAGS, Permission::ContactUpdateTags, tag),
    ]
}

async fn list(Caller(ctx): Caller, Ids(account): Ids<AccountId>, Filter(filter): Filter<ContactFilter>) -> Response {
    found(&ctx, contact::list(&ctx, account, filter).await)
}

async fn create(Caller(ctx): Caller, Ids(account): Ids<AccountId>, Sent(form): Sent<ContactForm>) -> Response {
    made(&ctx, contact::create(&ctx, account, form).await)
}

async fn get(Caller(ctx): Caller, Ids((account, contact)): Ids<(AccountId, ContactId)>) -> Response {
    found(&ctx, contact::get(&ctx, account, contact).await)
}

async fn update(
    Caller(ctx): Caller,
    Ids((account, contact)): Ids<(AccountId, ContactId)>,
    Sent(form): Sent<ContactForm>,
) -> Response {
    done(&ctx, contact::update(&ctx, account, contact, form).await)
}

async fn delete(Caller(ctx): Caller, Ids((account, contact)): Ids<(AccountId, ContactId)>) -> Response {
    done(&ctx, contact::delete(&ctx, account, contact).await)
}

async fn tag(
    Caller(ctx): Caller,
    Ids((account, contact)): Ids<(AccountId, ContactId)>,
    Sent(form): Sent<TagForm>,
) -> Response {
    done(&ctx, contact::tag(&ctx, account, contact, form).await)
}
