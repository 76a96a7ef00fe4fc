use super::Browser;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use futures::StreamExt;
use model::{OrganisationId, UserId};
use std::pin::Pin;

/// A browser's live channel.
pub struct Stream {
    body: Pin<Box<dyn futures::Stream<Item = String> + Send>>,
    unread: String,
}

impl Stream {
    /// Asks for one.
    pub async fn ask(browser: &Browser) -> Response<Body> {
        let request = browser.request("GET", "/live").header("accept", "text/event-stream");
        browser.start(request.body(Body::empty()).unwrap()).await
    }

    pub async fn open(browser: &Browser) -> Self {
        Self::of(Self::ask(browser).await).await
    }

    pub async fn of(response: Response<Body>) -> Self {
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let body = response.into_body().into_data_stream();
        let body = body.map(|bytes| String::from_utf8(bytes.unwrap().to_vec()).unwrap());
        let mut stream = Self { body: Box::pin(body), unread: String::new() };
        let (greeting, as_of) = stream.next().await.unwrap();
        assert_eq!(greeting, "hello");
        let (as_of, user) = as_of.split_once(' ').unwrap();
        as_of.parse::<u64>().unwrap();
        user.parse::<UserId>().unwrap();
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
                match read {
                    // To show that the connection is alive.
                    (Some(event), _) if event == "beat" => {}
                    (Some(event), data) => return Some((event, data)),
                    (None, _) => {}
                }
                continue;
            }
            self.unread.push_str(&self.body.next().await?);
        }
    }

    /// The next hint; what else is told stands in the place of its topic. `None` at the end.
    async fn hint(&mut self) -> Option<(Option<OrganisationId>, String)> {
        let (event, data) = self.next().await?;
        if event != "hint" {
            return Some((None, event));
        }
        let (organisation, topic) = data.split_once(' ').unwrap();
        Some((Some(organisation.parse().unwrap()), topic.to_owned()))
    }

    /// The topics that are told up to and including one.
    pub async fn until(&mut self, last: &str) -> Vec<String> {
        self.until_of(last).await.into_iter().map(|(_, topic)| topic).collect()
    }

    /// As [`Stream::until`], each topic with its organisation.
    pub async fn until_of(&mut self, last: &str) -> Vec<(Option<OrganisationId>, String)> {
        let mut told: Vec<(Option<OrganisationId>, String)> = Vec::new();
        loop {
            told.push(self.hint().await.unwrap_or_else(|| panic!("the end, after {told:?}")));
            if told.last().is_some_and(|(_, topic)| topic == last) {
                return told;
            }
        }
    }

    /// The topics that are told up to the end.
    pub async fn rest(mut self) -> Vec<String> {
        let mut told = Vec::new();
        while let Some((_, topic)) = self.hint().await {
            told.push(topic);
        }
        told
    }
}
