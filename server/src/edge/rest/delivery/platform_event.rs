use crate::edge::rest::{
    Route,
    body::{List, RestBody, timestamp},
    extract::{Caller, PathIds, StrictJson, StrictQuery},
    ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, Amount, Permission, PlatformEventFilter, PlatformEventId, ReportedEvent};
use serde::Serialize;
use service::platform_event;

/// What the platform reported.
#[derive(Serialize)]
struct PlatformEvent {
    id: PlatformEventId,
    /// The platform's own id.
    reference: String,
    account: String,
    account_id: AccountId,
    time: String,
    #[serde(flatten)]
    content: Content,
}

impl RestBody for PlatformEvent {}

/// With the fields that they are reported with.
#[derive(Serialize)]
#[serde(tag = "kind")]
enum Content {
    #[serde(rename = "message.failed")]
    MessageFailed { message: String, campaign: Option<String>, reason: String },
    #[serde(rename = "credits.balance")]
    CreditsBalance { balance: String, currency: Option<&'static str> },
    #[serde(rename = "hook.failed")]
    HookFailed { hook: String, campaign: Option<String>, status: Option<u16>, reason: String },
    #[serde(rename = "import.finished")]
    ImportFinished { rows: u64, added: u64, rejected: u64 },
    #[serde(rename = "invoice.issued")]
    InvoiceIssued { invoice: String, total: String, currency: Option<&'static str> },
    #[serde(rename = "payment.received")]
    PaymentReceived { payment: String, paid: String, currency: Option<&'static str> },
    #[serde(rename = "contacts.created")]
    ContactsCreated { contacts: u64 },
}

impl From<model::PlatformEvent> for Content {
    fn from(event: model::PlatformEvent) -> Self {
        use model::PlatformEvent as E;
        let currency = |amount: Amount| amount.currency().map(model::Currency::code);
        match event {
            E::MessageFailed { message, campaign, reason } => Self::MessageFailed { message, campaign, reason },
            E::CreditsBalance { balance } => {
                Self::CreditsBalance { balance: balance.to_string(), currency: currency(balance) }
            }
            E::HookFailed { hook, campaign, status, reason } => Self::HookFailed { hook, campaign, status, reason },
            E::ImportFinished { rows, added, rejected } => Self::ImportFinished { rows, added, rejected },
            E::InvoiceIssued { invoice, total } => {
                Self::InvoiceIssued { invoice, total: total.to_string(), currency: currency(total) }
            }
            E::PaymentReceived { payment, paid } => {
                Self::PaymentReceived { payment, paid: paid.to_string(), currency: currency(paid) }
            }
            E::ContactsCreated { contacts } => Self::ContactsCreated { contacts },
        }
    }
}

impl From<ReportedEvent> for PlatformEvent {
    fn from(ReportedEvent { id, reported_id, event, account, account_name, time }: ReportedEvent) -> Self {
        let (account, account_id) = (account_name, account);
        Self { id, reference: reported_id, account, account_id, time: timestamp(time), content: event.into() }
    }
}

/// What became of the events.
#[derive(Serialize)]
struct EventReceipt {
    accepted: u64,
    /// Reported before.
    repeated: u64,
}

impl RestBody for EventReceipt {}

impl From<model::EventReceipt> for EventReceipt {
    fn from(model::EventReceipt { accepted, repeated }: model::EventReceipt) -> Self {
        Self { accepted, repeated }
    }
}

pub fn routes() -> [Route; 2] {
    const ALL: &str = "/v1/accounts/{account}/events";
    [
        Route::new(MethodFilter::GET, ALL, [Permission::AlertRead], list),
        Route::new(MethodFilter::POST, ALL, [Permission::EventReport], report),
    ]
}

async fn list(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<PlatformEventFilter>,
) -> Response {
    ok::<List<PlatformEvent>>(&ctx, platform_event::list(&ctx, account, filter).await)
}

async fn report(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictJson(body): StrictJson<serde_json::Value>,
) -> Response {
    ok::<EventReceipt>(&ctx, platform_event::report(&ctx, account, body).await)
}
