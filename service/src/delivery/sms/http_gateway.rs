use super::{
    Sms,
    template::{Encoding, Values, fill},
};
use crate::http_client::HttpClient;
use http_body_util::Full;
use hyper::{
    HeaderMap, Method, Request, StatusCode, Uri,
    body::Bytes,
    header::{self, HeaderName, HeaderValue},
};
use std::{fmt, time::Duration};

/// What the operator sets for a gateway over HTTP. `{to}`, `{text}`, `{from}` and `{id}` in the address and in the body
/// stand for the number, the text, the sender, and the id of the message, which is the same on every try.
#[derive(Clone)]
pub struct HttpGatewaySettings {
    pub url: String,
    pub method: String,
    /// A header a line, such as `Authorization: Bearer …`.
    pub headers: String,
    /// JSON, or else a form; empty for a request without a body.
    pub body: String,
    pub from: String,
    /// Where the answer has the id that the gateway gave the message: a JSON pointer, or empty.
    pub id: String,
    /// How long the gateway has for its answer.
    pub patience: Duration,
}

impl HttpGatewaySettings {
    pub const PATIENCE: Duration = Duration::from_secs(15);
}

/// The setting that cannot stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpGatewaySetting {
    Url,
    Method,
    Headers,
    Body,
    From,
    Id,
}

/// A gateway that takes messages over HTTP.
#[derive(Clone)]
pub struct HttpGateway {
    client: HttpClient,
    url: String,
    method: Method,
    headers: HeaderMap,
    encoding: Encoding,
    body: String,
    from: String,
    id: Option<String>,
}

/// Why a gateway did not take a message.
#[derive(Debug)]
pub(super) enum Failure {
    /// It never will take this one.
    Message(String),
    /// It takes none until its settings are others.
    Settings(String),
    /// It may take it later.
    Passing(String),
}

/// Without what is secret: headers, and what stands in the address and the body.
impl fmt::Debug for HttpGateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpGateway")
    }
}

impl HttpGateway {
    /// Checks the settings.
    ///
    /// # Errors
    /// The first that cannot stand.
    pub fn new(settings: HttpGatewaySettings) -> Result<Self, HttpGatewaySetting> {
        let HttpGatewaySettings { url, method, headers, body, from, id, patience } = settings;
        if !is_address(&url) {
            return Err(HttpGatewaySetting::Url);
        }
        let method = match method.as_str() {
            "POST" => Method::POST,
            "PUT" => Method::PUT,
            "GET" if body.is_empty() => Method::GET,
            _ => return Err(HttpGatewaySetting::Method),
        };
        let mut headers = read_headers(&headers).ok_or(HttpGatewaySetting::Headers)?;
        let encoding = encoding(&headers, &body).ok_or(HttpGatewaySetting::Headers)?;
        let sample = fill(&body, encoding, &Values::SAMPLE);
        let is_json = || serde_json::from_str::<serde_json::Value>(&sample).is_ok();
        let has = |name| url.contains(name) || body.contains(name);
        if !has("{to}") || !has("{text}") || (encoding == Encoding::Json && !is_json()) {
            return Err(HttpGatewaySetting::Body);
        }
        if has("{from}") && from.is_empty() {
            return Err(HttpGatewaySetting::From);
        }
        if !id.is_empty() && !id.starts_with('/') {
            return Err(HttpGatewaySetting::Id);
        }
        if !body.is_empty() {
            headers.entry(header::CONTENT_TYPE).or_insert(HeaderValue::from_static(match encoding {
                Encoding::Json => "application/json",
                Encoding::Percent => "application/x-www-form-urlencoded",
            }));
        }
        let (client, id) = (HttpClient::new(patience), Some(id).filter(|id| !id.is_empty()));
        Ok(Self { client, url, method, headers, encoding, body, from, id })
    }

    /// Hands a message over; gives the id that the gateway gave it, if its answer has one. `id` is the message's own.
    pub(super) async fn send(&self, sms: &Sms, id: &str) -> Result<Option<String>, Failure> {
        let values = Values { to: sms.to.as_str(), text: &sms.text, from: &self.from, id };
        let body = fill(&self.body, self.encoding, &values);
        let mut request = Request::builder()
            .method(&self.method)
            .uri(fill(&self.url, Encoding::Percent, &values))
            .body(Full::new(Bytes::from(body)))
            .map_err(|error| Failure::Settings(error.to_string()))?;
        *request.headers_mut() = self.headers.clone();
        let answer = self.client.send(request).await.map_err(Failure::Passing)?;
        let answered = || format!("the gateway answered {}", answer.status.as_u16());
        match answer.status {
            status if status.is_success() => {
                let id = self.id.as_deref().and_then(|pointer| answer.at(pointer));
                if self.id.is_some() && id.is_none() {
                    tracing::warn!("a text message was sent, but the answer has no id at TENANTRY_SMS_ID");
                }
                Ok(id)
            }
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => Err(Failure::Passing(answered())),
            StatusCode::UNAUTHORIZED
            | StatusCode::PAYMENT_REQUIRED
            | StatusCode::METHOD_NOT_ALLOWED
            | StatusCode::PROXY_AUTHENTICATION_REQUIRED => Err(Failure::Settings(answered())),
            status if status.is_client_error() => Err(Failure::Message(answered())),
            status if status.is_redirection() => {
                Err(Failure::Passing(format!("{}, and redirects are not followed", answered())))
            }
            _ => Err(Failure::Passing(answered())),
        }
    }
}

/// Whether it is an address over HTTP once it is filled in, with a host of its own and no password, which would not be
/// sent.
fn is_address(url: &str) -> bool {
    let Ok(filled) = fill(url, Encoding::Percent, &Values::SAMPLE).parse::<Uri>() else { return false };
    let host = url.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?']).next().unwrap_or_default());
    matches!(filled.scheme_str(), Some("http" | "https")) && !host.is_empty() && !host.contains(['{', '@'])
}

/// One header a line. Those that are about the connection are made by the client.
fn read_headers(lines: &str) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let (name, value) = line.split_once(':')?;
        let name: HeaderName = name.trim().parse().ok()?;
        let mut value: HeaderValue = value.trim().parse().ok()?;
        value.set_sensitive(true);
        if [header::HOST, header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::CONNECTION].contains(&name) {
            return None;
        }
        headers.append(name, value);
    }
    Some(headers)
}

/// How values are written into the body: as its type says, and otherwise as it begins. `None` for a type that is neither.
fn encoding(headers: &HeaderMap, body: &str) -> Option<Encoding> {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else {
        return Some(if body.trim_start().starts_with(['{', '[']) { Encoding::Json } else { Encoding::Percent });
    };
    let kind = kind.to_str().ok()?.to_lowercase();
    match kind.split(';').next().unwrap_or_default().trim() {
        "application/x-www-form-urlencoded" => Some(Encoding::Percent),
        kind if kind.starts_with("application/") && kind.ends_with("json") => Some(Encoding::Json),
        _ => None,
    }
}
