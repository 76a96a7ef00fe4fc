use super::Browser;
use axum::{body::Body, http::StatusCode};
use futures::StreamExt;
use model::AccountId;
use std::pin::Pin;

/// An open page's live channel.
pub struct Stream {
    body: Pin<Box<dyn futures::Stream<Item = String> + Send>>,
    unread: String,
}

impl Stream {
    pub async fn open(browser: &Browser, account: AccountId) -> Self {
        let request = browser.request("GET", &format!("/live/{account}")).header("accept", "text/event-stream");
        let response = browser.start(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let body = response.into_body().into_data_stream();
        let body = body.map(|bytes| String::from_utf8(bytes.unwrap().to_vec()).unwrap());
        let mut stream = Self { body: Box::pin(body), unread: String::new() };
        let (greeting, as_of) = stream.next().await.unwrap();
        assert_eq!(greeting, "hello");
        as_of.parse::<u64>().unwrap();
        stream
    }

    /// The next event and its data; `None` at the end.
    pub async fn next(&mut self) -> Option<(String, String)> {
        loop {
            if let Some((event, rest)) = self.unread.split_once("\n\n") {
                let field = |name: &str| {
                    let line = event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
                    line.map(|value| value.trim_start().to_owned())
                };
                let read = (field("event"), field("data").unwrap_or_default());
                let rest = rest.to_owned();
                self.unread = rest;
                if let (Some(event), data) = read {
                    return Some((event, data));
                }
                // A comment, to keep the connection.
                continue;
            }
            self.unread.push_str(&self.body.next().await?);
        }
    }

    /// The topics that are told up to and including one.
    pub async fn until(&mut self, last: &str) -> Vec<String> {
        let mut told = Vec::new();
        loop {
            let (event, topic) = self.next().await.unwrap_or_else(|| panic!("the end, after {told:?}"));
            assert_eq!(event, "hint");
            told.push(topic);
            if told.last().is_some_and(|topic| topic == last) {
                return told;
            }
        }
    }

    /// The topics that are told up to the end.
    pub async fn rest(mut self) -> Vec<String> {
        let mut told = Vec::new();
        while let Some((_, topic)) = self.next().await {
            told.push(topic);
        }
        told
    }
}
