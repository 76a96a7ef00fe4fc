use crate::{AccountId, Amount, Cursor, Moment};
use serde::{Deserialize, Serialize};

id! { PlatformEventId }

/// What a messaging platform reports of its own. Its ids are its own texts. Stored forms are frozen
/// (`tests/it/platform_events.jsonl`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum PlatformEvent {
    #[serde(rename = "message.failed")]
    MessageFailed { message: String, campaign: Option<String>, reason: String },
    /// What is left, in credits or money.
    #[serde(rename = "credits.balance")]
    CreditsBalance { balance: Amount },
    #[serde(rename = "hook.failed")]
    HookFailed {
        hook: String,
        campaign: Option<String>,
        /// Of HTTP, if there was an answer.
        status: Option<u16>,
        reason: String,
    },
    /// Contacts that were imported.
    #[serde(rename = "import.finished")]
    ImportFinished { rows: u64, added: u64, rejected: u64 },
    #[serde(rename = "invoice.issued")]
    InvoiceIssued { invoice: String, total: Amount },
    #[serde(rename = "payment.received")]
    PaymentReceived { payment: String, paid: Amount },
    /// By platforms that keep contacts themselves.
    #[serde(rename = "contacts.created")]
    ContactsCreated { contacts: u64 },
}

macro_rules! kinds {
    ($($kind:ident $name:literal;)+) => {
        /// What a platform event is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum PlatformEventKind { $(#[serde(rename = $name)] $kind),+ }

        impl PlatformEventKind {
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// As programs call it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),+ }
            }
        }

        impl PlatformEvent {
            pub const fn kind(&self) -> PlatformEventKind {
                match self { $(Self::$kind { .. } => PlatformEventKind::$kind),+ }
            }
        }
    };
}

kinds! {
    MessageFailed "message.failed";
    CreditsBalance "credits.balance";
    HookFailed "hook.failed";
    ImportFinished "import.finished";
    InvoiceIssued "invoice.issued";
    PaymentReceived "payment.received";
    ContactsCreated "contacts.created";
}

impl PlatformEventKind {
    /// Whether it says what is paid and owed, which takes `billing.read` to see.
    pub const fn is_of_billing(self) -> bool {
        match self {
            Self::InvoiceIssued | Self::PaymentReceived => true,
            Self::MessageFailed
            | Self::CreditsBalance
            | Self::HookFailed
            | Self::ImportFinished
            | Self::ContactsCreated => false,
        }
    }
}

impl std::str::FromStr for PlatformEventKind {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name).ok_or(())
    }
}

/// A platform event as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReportedEvent {
    pub id: PlatformEventId,
    /// The platform's own id.
    pub reported_id: String,
    pub event: PlatformEvent,
    pub account: AccountId,
    pub account_name: String,
    /// When it happened, as the platform says.
    pub time: Moment,
}

/// Which platform events a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlatformEventFilter {
    pub kind: Option<PlatformEventKind>,
    pub cursor: Option<Cursor>,
}

/// What became of events that were reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventReceipt {
    pub accepted: u64,
    /// Reported before.
    pub repeated: u64,
}
