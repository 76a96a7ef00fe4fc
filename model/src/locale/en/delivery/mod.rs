mod platform_events;

use super::{English, count, number};
use crate::{Amount, AmountFault, DeliveryEvent, PlatformEvent, PlatformEventKind};
use std::borrow::Cow;

/// What happened, after the name of who did it.
impl English for DeliveryEvent {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::EventsReported { .. } => "reported platform events".into(),
        }
    }
}

impl English for PlatformEventKind {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::MessageFailed => "Message failed",
            Self::CreditsBalance => "Credit balance",
            Self::HookFailed => "Hook failed",
            Self::ImportFinished => "Import finished",
            Self::InvoiceIssued => "Invoice issued",
            Self::PaymentReceived => "Payment received",
            Self::ContactsCreated => "Contacts added",
        }
        .into()
    }
}

impl English for PlatformEvent {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::MessageFailed { message, campaign: Some(campaign), reason } => {
                format!("Message {message} of campaign {campaign}: {reason}")
            }
            Self::MessageFailed { message, campaign: None, reason } => format!("Message {message}: {reason}"),
            Self::CreditsBalance { balance } => format!("{} left", balance.en()),
            Self::HookFailed { hook, campaign, status, reason } => {
                let campaign = campaign.as_ref().map(|name| format!(" of campaign {name}")).unwrap_or_default();
                let status = status.map(|status| format!(" (status {status})")).unwrap_or_default();
                format!("{hook}{campaign}: {reason}{status}")
            }
            Self::ImportFinished { rows, added, rejected } => {
                let rows = count(*rows, "row", "rows");
                format!("{rows}: {} added, {} rejected", number(*added), number(*rejected))
            }
            Self::InvoiceIssued { invoice, total } => format!("Invoice {invoice}: {}", total.en()),
            Self::PaymentReceived { payment, paid } => format!("Payment {payment}: {}", paid.en()),
            Self::ContactsCreated { contacts } => count(*contacts, "contact", "contacts"),
        }
        .into()
    }
}

/// "1,250 credits", "EUR 1,250.00".
impl English for Amount {
    fn en(&self) -> Cow<'static, str> {
        let text = self.to_string();
        let (sign, text) = text.strip_prefix('-').map_or(("", &*text), |text| ("-", text));
        let (whole, decimals) =
            text.split_once('.').map_or((text, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
        let whole = whole.parse().map_or_else(|_| whole.to_owned(), number);
        match self.currency() {
            Some(currency) => format!("{} {sign}{whole}{decimals}", currency.code()),
            None if text == "1" => format!("{sign}1 credit"),
            None => format!("{sign}{whole} credits"),
        }
        .into()
    }
}

impl English for AmountFault {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::NotANumber => "Enter a number, such as 12.50.".into(),
            Self::Decimals { limit: 0 } => "Enter a whole number.".into(),
            Self::Decimals { limit } => format!("Use {limit} decimals or fewer.").into(),
            Self::TooLarge => "Enter a smaller amount.".into(),
        }
    }
}
