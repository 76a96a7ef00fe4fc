//! Text messages: to a gateway over HTTP, or to the page of this machine.

mod http_gateway;
mod template;

pub use http_gateway::{HttpGateway, HttpGatewaySetting, HttpGatewaySettings};

use crate::{
    Context, Error, Result, Service,
    moment::Moments,
    throttle::{self, Throttle},
};
use http_gateway::Failure;
use model::{Conflict, Locale, Moment, Phone, SmsState, SmsText, Text, Timestamp};
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// A text message, ready to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sms {
    pub to: Phone,
    pub text: String,
}

impl Sms {
    pub(crate) fn new(to: Phone, text: &SmsText, locale: Locale) -> Self {
        Self { to, text: text.text(locale).into_owned() }
    }

    /// One with a code that is typed into a page of this installation.
    pub(crate) fn with_code(ctx: &Context, to: Phone, code: String) -> Self {
        let host = host(&ctx.service().settings.public_url).to_owned();
        Self::new(to, &SmsText::Code { code, host }, ctx.locale())
    }
}

/// The host that a code is bound to: without a port.
fn host(public_url: &str) -> &str {
    let authority = public_url.split_once("://").map_or(public_url, |(_, authority)| authority);
    match authority.rsplit_once(':') {
        // A colon within brackets is one of an IPv6 address.
        Some((host, port)) if !port.contains(']') => host,
        _ => authority,
    }
}

/// The way that text messages take.
pub enum SmsGateway {
    Http(Box<HttpGateway>),
    /// They stay here, to be read on this machine. Never on disk: they carry codes.
    Local(Mutex<VecDeque<(Sms, Timestamp)>>),
    /// There is none: nobody is offered one.
    Off,
}

/// A message on the page of this machine.
pub struct LocalSms {
    pub to: Phone,
    pub text: String,
    pub sent: Moment,
}

/// Messages the local outbox keeps.
const LOCAL_OUTBOX_CAPACITY: usize = 2_000;

impl SmsGateway {
    pub fn http(gateway: HttpGateway) -> Self {
        Self::Http(Box::new(gateway))
    }

    pub fn local() -> Self {
        Self::Local(Mutex::default())
    }
}

impl Service {
    pub fn sms(&self) -> &SmsGateway {
        self.extension()
    }

    /// What the local outbox holds, the newest first; `None` when messages go to a gateway, or nowhere.
    pub fn local_sms(&self) -> Option<Vec<LocalSms>> {
        let SmsGateway::Local(messages) = self.sms() else { return None };
        let moments = Moments::new(self.now(), jiff::tz::TimeZone::UTC, Locale::default());
        let messages = messages.lock().unwrap_or_else(PoisonError::into_inner);
        let local = |(sms, at): &(Sms, Timestamp)| LocalSms {
            to: sms.to.clone(),
            text: sms.text.clone(),
            sent: moments.of(*at),
        };
        Some(messages.iter().rev().map(local).collect())
    }
}

/// Failures of the gateway within the time that pages speak of them. It refuses nothing: the next message may go.
const FAILURES: Throttle = Throttle { name: "sms-gateway", tries: i32::MAX, within: Duration::from_mins(2) };
/// There is one gateway.
const GATEWAY: &str = "";

/// Whether text messages go out, as far as the latest of them show: whoever needs one is told before they wait for it.
pub async fn state(ctx: &Context) -> Result<SmsState> {
    Ok(match ctx.service().sms() {
        SmsGateway::Off => SmsState::Off,
        SmsGateway::Http(_) if throttle::tries(ctx, FAILURES, GATEWAY).await? > 0 => SmsState::Down,
        SmsGateway::Http(_) | SmsGateway::Local(_) => SmsState::Up,
    })
}

/// # Errors
/// [`Conflict::SmsUnavailable`] unless text messages go out.
pub(crate) async fn require_up(ctx: &Context) -> Result<()> {
    match state(ctx).await? {
        SmsState::Up => Ok(()),
        SmsState::Down | SmsState::Off => Err(Conflict::SmsUnavailable.into()),
    }
}

/// Sends a message, and gives the id that the gateway gave it, if it gave one. `id` is the same on every try.
///
/// # Errors
/// [`Error::Undeliverable`] for one that will never go; [`Error::Sms`] for one that may go later.
pub(crate) async fn send(ctx: &Context, sms: Sms, id: &str) -> Result<Option<String>> {
    match ctx.service().sms() {
        SmsGateway::Off => Err(Error::Undeliverable("there is no SMS gateway: set TENANTRY_SMS_URL".to_owned())),
        SmsGateway::Local(messages) => {
            let mut messages = messages.lock().unwrap_or_else(PoisonError::into_inner);
            if messages.len() == LOCAL_OUTBOX_CAPACITY {
                messages.pop_front();
            }
            messages.push_back((sms, ctx.now()));
            Ok(None)
        }
        SmsGateway::Http(gateway) => match gateway.send(&sms, id).await {
            Ok(gateway_id) => {
                note_success(ctx).await;
                Ok(gateway_id)
            }
            Err(Failure::Message(why)) => Err(Error::Undeliverable(why)),
            Err(Failure::Settings(why)) => {
                throttle::count(ctx, FAILURES, GATEWAY).await?;
                Err(Error::Undeliverable(why))
            }
            Err(Failure::Passing(why)) => {
                throttle::count(ctx, FAILURES, GATEWAY).await?;
                Err(Error::Sms(why))
            }
        },
    }
}

/// The message is sent: were it to fail here, it would be sent once more.
async fn note_success(ctx: &Context) {
    if let Err(error) = throttle::reset(ctx, FAILURES, GATEWAY).await {
        tracing::warn!(%error, "pages say for some minutes yet that the SMS gateway is down");
    }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn codes_are_bound_to_the_host_alone() {
        for (url, bound_to) in [
            ("https://tenantry.example", "tenantry.example"),
            ("https://tenantry.example:8443", "tenantry.example"),
            ("http://127.0.0.1:3000", "127.0.0.1"),
            ("http://[::1]:3000", "[::1]"),
            ("http://[::1]", "[::1]"),
        ] {
            assert_eq!(host(url), bound_to);
        }
    }
}
