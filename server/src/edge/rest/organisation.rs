use super::{
    Route,
    body::{List, RestBody, timestamp},
    extract::{Caller, PathIds, StrictJson},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, AccountNode, AccountTree, BillingDetails, Permission, UserId};
use serde::Serialize;
use service::{account, billing};

#[derive(Serialize)]
struct Account {
    id: AccountId,
    parent_id: Option<AccountId>,
    name: String,
    /// 0 for the organisation's first account.
    depth: u8,
    /// In this very account.
    member_count: u64,
    contact_count: u64,
}

impl RestBody for Account {}

impl From<AccountNode> for Account {
    fn from(AccountNode { id, parent, name, depth, members, contacts }: AccountNode) -> Self {
        Self { id, parent_id: parent, name, depth, member_count: members, contact_count: contacts }
    }
}

impl From<AccountTree> for List<Account> {
    fn from(AccountTree { rows, total }: AccountTree) -> Self {
        Self::of(rows, total)
    }
}

/// What stands on the organisation's invoices.
#[derive(Serialize)]
struct Billing {
    organisation: String,
    address: Address,
    email: String,
    vat_number: String,
    /// Missing where the organisation's last change was about something else.
    updated_by: Option<String>,
    updated_by_id: Option<UserId>,
    updated_at: Option<String>,
}

#[derive(Serialize)]
struct Address {
    street: String,
    extra: String,
    city: String,
    region: String,
    postal_code: String,
    /// The code of ISO 3166-1; what was typed before there was a list may stand here too.
    country: String,
}

impl RestBody for Billing {}

impl From<model::Billing> for Billing {
    fn from(model::Billing { name, details, updated }: model::Billing) -> Self {
        let BillingDetails { address, email, vat_number } = details;
        Self {
            organisation: name,
            address: address.into(),
            email,
            vat_number,
            updated_by: updated.as_ref().map(|updated| updated.by.clone()),
            updated_by_id: updated.as_ref().map(|updated| updated.by_id),
            updated_at: updated.map(|updated| timestamp(updated.at)),
        }
    }
}

impl From<model::Address> for Address {
    fn from(model::Address { street, extra, city, region, postal_code, country }: model::Address) -> Self {
        Self { street, extra, city, region, postal_code, country: country.value().to_owned() }
    }
}

pub fn routes() -> [Route; 3] {
    const ACCOUNTS: &str = "/v1/accounts/{account}/accounts";
    const BILLING: &str = "/v1/accounts/{account}/billing";
    [
        Route::new(MethodFilter::GET, ACCOUNTS, [Permission::AccountRead], list_accounts),
        Route::new(MethodFilter::GET, BILLING, [Permission::BillingRead], get_billing),
        Route::new(MethodFilter::PUT, BILLING, [Permission::BillingManage], update_billing),
    ]
}

async fn list_accounts(Caller(ctx): Caller, PathIds(account): PathIds<AccountId>) -> Response {
    ok::<List<Account>>(&ctx, account::list(&ctx, account, "").await)
}

async fn get_billing(Caller(ctx): Caller, PathIds(account): PathIds<AccountId>) -> Response {
    ok::<Billing>(&ctx, billing::get(&ctx, account).await)
}

async fn update_billing(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictJson(form): StrictJson<BillingDetails>,
) -> Response {
    no_content(&ctx, billing::update(&ctx, account, form).await)
}
