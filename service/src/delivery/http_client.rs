use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Request, StatusCode,
    body::{Bytes, Incoming},
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use std::{error::Error, time::Duration};

/// Bytes of an answer that are read: an id is in the first of them.
const ANSWER: usize = 64 * 1024;
/// How long a connection waits for the next request.
const IDLE: Duration = Duration::from_secs(30);

/// What asks other servers. It follows no redirect, waits so long and no longer, and reads no more of an answer than an
/// id takes. TLS is rustls with the roots of Mozilla, as it is for mail.
#[derive(Clone)]
pub(crate) struct HttpClient {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    patience: Duration,
}

pub(crate) struct Answer {
    pub status: StatusCode,
    body: Option<Bytes>,
}

impl HttpClient {
    /// `patience` is the time that a server has for the head of its answer, and once more for its body.
    pub fn new(patience: Duration) -> Self {
        let mut http = HttpConnector::new();
        // The connector around it speaks TLS where the address says so.
        http.enforce_http(false);
        http.set_nodelay(true);
        let connector =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().wrap_connector(http);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .build(connector);
        Self { client, patience }
    }

    /// Sends a request and waits for its answer, whatever its status is.
    ///
    /// # Errors
    /// Why there was none. It names neither the address nor anything that was sent.
    pub async fn send(&self, request: Request<Full<Bytes>>) -> Result<Answer, String> {
        let response = tokio::time::timeout(self.patience, self.client.request(request))
            .await
            .map_err(|_| "no answer in time".to_owned())?
            .map_err(|error| with_sources(&error))?;
        let (head, body) = response.into_parts();
        Ok(Answer { status: head.status, body: self.read(body).await })
    }

    /// What was asked for is done by now: a body that is too long, or ends early, changes nothing about that.
    async fn read(&self, body: Incoming) -> Option<Bytes> {
        let whole = tokio::time::timeout(self.patience, Limited::new(body, ANSWER).collect()).await;
        match whole {
            Ok(Ok(body)) => Some(body.to_bytes()),
            Ok(Err(error)) => {
                tracing::debug!(%error, "the body of an answer was not read");
                None
            }
            Err(_) => {
                tracing::debug!("the body of an answer did not end in time");
                None
            }
        }
    }
}

impl Answer {
    /// The text or the number at a JSON pointer (RFC 6901) in the body, if there is one.
    pub fn at(&self, pointer: &str) -> Option<String> {
        let body: serde_json::Value = serde_json::from_slice(self.body.as_ref()?).ok()?;
        match body.pointer(pointer)? {
            serde_json::Value::String(text) => Some(text.clone()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// "client error (Connect): tcp connect error: Connection refused".
fn with_sources(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}
