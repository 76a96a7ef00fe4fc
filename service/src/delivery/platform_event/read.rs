//! Reports as a program sends them: JSON objects, of which every field has its place.

use crate::Result;
use jiff::Timestamp as Instant;
use model::{Amount, Currency, FieldErrors, FieldFault, PlatformEvent, PlatformEventKind, Problem, Timestamp, limit};
use serde_json::{Map, Value};
use std::time::Duration;

/// Older events are not taken up.
const MAX_AGE: Duration = Duration::from_hours(24);
/// How far a platform's clock may be ahead.
const MAX_CLOCK_SKEW: Duration = Duration::from_mins(5);

/// An event that is reported.
#[derive(Clone, Debug)]
pub(super) struct Report {
    /// What stands before the names of its fields in errors: nothing for a single one, `[3].` for the fourth of a list.
    pub field: String,
    pub reported_id: String,
    pub event: PlatformEvent,
    pub at: Timestamp,
    /// Why the event is too old to be new.
    pub time_fault: Option<FieldFault>,
}

/// Reads one report, or a list of up to [`limit::REPORTED_EVENTS`].
///
/// # Errors
/// [`Problem::Invalid`] with every field in which something is wrong, also where there are more than the event has;
/// [`Problem::Malformed`] for what is neither an object nor a list of objects.
pub(super) fn reports(body: Value, now: Timestamp) -> Result<Vec<Report>> {
    let (list, is_list) = match body {
        Value::Array(list) => (list, true),
        one => (vec![one], false),
    };
    if list.len() > limit::REPORTED_EVENTS {
        let fault = FieldFault::TooManyEvents { limit: limit::REPORTED_EVENTS };
        return Err(FieldErrors::one("events", fault).into());
    }
    let mut errors = FieldErrors::default();
    let mut reports = Vec::with_capacity(list.len());
    for (position, value) in list.into_iter().enumerate() {
        let Value::Object(unread) = value else { return Err(Problem::Malformed.into()) };
        let field = if is_list { format!("[{position}].") } else { String::new() };
        let mut fields = Fields { unread, prefix: &field, errors: &mut errors };
        let report = fields.report(now);
        fields.reject_unknown();
        reports.extend(report);
    }
    if errors.is_empty() { Ok(reports) } else { Err(errors.into()) }
}

/// The fields of one object that are still to be read. What is faulty is noted; the caller takes nothing up where
/// there is a fault.
struct Fields<'a> {
    unread: Map<String, Value>,
    prefix: &'a str,
    errors: &'a mut FieldErrors,
}

impl Fields<'_> {
    fn report(&mut self, now: Timestamp) -> Option<Report> {
        let (id, at) = (self.text("id"), self.time("time", now));
        let Some(kind) = self.kind() else {
            // Without its kind nobody knows which fields an event has.
            self.unread.clear();
            return None;
        };
        let event = self.event(kind);
        let at = at?;
        let is_old = now.since(at) > MAX_AGE;
        let time_fault = is_old.then_some(FieldFault::TimePast { hours: MAX_AGE.as_secs() / 3_600 });
        Some(Report { field: self.prefix.to_owned(), reported_id: id?, event: event?, at, time_fault })
    }

    fn kind(&mut self) -> Option<PlatformEventKind> {
        let kind = self.text("kind")?.parse().ok();
        self.valid("kind", kind, FieldFault::NotOffered)
    }

    /// Reads every field before it gives up for want of one, so that all faults are told at once.
    fn event(&mut self, kind: PlatformEventKind) -> Option<PlatformEvent> {
        Some(match kind {
            PlatformEventKind::MessageFailed => {
                let (message, campaign, reason) =
                    (self.text("message"), self.optional("campaign"), self.text("reason"));
                PlatformEvent::MessageFailed { message: message?, campaign, reason: reason? }
            }
            PlatformEventKind::CreditsBalance => PlatformEvent::CreditsBalance { balance: self.amount("balance")? },
            PlatformEventKind::HookFailed => {
                let (hook, campaign) = (self.text("hook"), self.optional("campaign"));
                let (status, reason) = (self.status("status"), self.text("reason"));
                PlatformEvent::HookFailed { hook: hook?, campaign, status, reason: reason? }
            }
            PlatformEventKind::ImportFinished => {
                let (rows, added, rejected) = (self.count("rows"), self.count("added"), self.count("rejected"));
                PlatformEvent::ImportFinished { rows: rows?, added: added?, rejected: rejected? }
            }
            PlatformEventKind::InvoiceIssued => {
                let (invoice, total) = (self.text("invoice"), self.money("total"));
                PlatformEvent::InvoiceIssued { invoice: invoice?, total: total? }
            }
            PlatformEventKind::PaymentReceived => {
                let (payment, paid) = (self.text("payment"), self.money("paid"));
                PlatformEvent::PaymentReceived { payment: payment?, paid: paid? }
            }
            PlatformEventKind::ContactsCreated => PlatformEvent::ContactsCreated { contacts: self.count("contacts")? },
        })
    }

    fn fault(&mut self, name: &str, fault: impl Into<FieldFault>) {
        self.errors.add(format!("{}{name}", self.prefix), fault);
    }

    fn reject_unknown(&mut self) {
        for (name, _) in std::mem::take(&mut self.unread) {
            self.fault(&name, FieldFault::UnknownField);
        }
    }

    /// A value as it was read; without one the field is faulty.
    fn valid<T>(&mut self, name: &str, value: Option<T>, fault: FieldFault) -> Option<T> {
        if value.is_none() {
            self.fault(name, fault);
        }
        value
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.unread.remove(name).filter(|value| !value.is_null())
    }

    /// One that has to be there.
    fn required(&mut self, name: &str) -> Option<Value> {
        let value = self.take(name);
        self.valid(name, value, FieldFault::Required)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        let value = self.required(name)?;
        let text = self.line(name, value)?;
        self.valid(name, Some(text).filter(|text| !text.is_empty()), FieldFault::Required)
    }

    fn optional(&mut self, name: &str) -> Option<String> {
        let value = self.take(name)?;
        self.line(name, value).filter(|text| !text.is_empty())
    }

    fn line(&mut self, name: &str, value: Value) -> Option<String> {
        let Value::String(mut text) = value else {
            self.fault(name, FieldFault::NotText);
            return None;
        };
        self.errors.optional(format!("{}{name}", self.prefix), &mut text, limit::LINE);
        Some(text)
    }

    fn count(&mut self, name: &str) -> Option<u64> {
        let count = self.required(name)?.as_u64().filter(|count| i64::try_from(*count).is_ok());
        self.valid(name, count, FieldFault::NotACount)
    }

    fn status(&mut self, name: &str) -> Option<u16> {
        let status = self.take(name)?.as_u64().and_then(|status| u16::try_from(status).ok());
        self.valid(name, status.filter(|status| (100..600).contains(status)), FieldFault::NotAStatus)
    }

    /// RFC 3339.
    fn time(&mut self, name: &str, now: Timestamp) -> Option<Timestamp> {
        let text = self.text(name)?;
        let at = text.parse::<Instant>().ok().map(|instant| Timestamp(instant.as_microsecond()));
        let at = self.valid(name, at, FieldFault::NotATime)?;
        self.valid(name, Some(at).filter(|at| *at <= now + MAX_CLOCK_SKEW), FieldFault::TimeAhead)
    }

    /// Credits, or money with its currency.
    fn amount(&mut self, name: &str) -> Option<Amount> {
        let value = self.required(name);
        let currency = match self.optional("currency") {
            None => None,
            Some(code) => Some(self.known_currency(&code)?),
        };
        self.parsed_amount(name, &value?, currency)
    }

    /// Money alone.
    fn money(&mut self, name: &str) -> Option<Amount> {
        let value = self.required(name);
        let code = self.text("currency")?;
        let currency = self.known_currency(&code)?;
        self.parsed_amount(name, &value?, Some(currency))
    }

    fn known_currency(&mut self, code: &str) -> Option<Currency> {
        self.valid("currency", code.parse().ok(), FieldFault::UnknownCurrency)
    }

    /// Text such as "12.50", or a whole number: JSON's other numbers are binary, and not what was written.
    fn parsed_amount(&mut self, name: &str, value: &Value, currency: Option<Currency>) -> Option<Amount> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) if !number.is_f64() => number.to_string(),
            _ => String::new(),
        };
        match Amount::parse(&text, currency) {
            Ok(amount) => Some(amount),
            Err(fault) => {
                self.fault(name, fault);
                None
            }
        }
    }
}
