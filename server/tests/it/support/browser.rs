use super::{Answer, App, Fields};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderName, HeaderValue, Request, Response, header, request::Builder},
};
use std::net::{IpAddr, SocketAddr};
use tower::ServiceExt;

/// A browser, or somebody's script: keeps a session's cookie, and comes from an address.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub ip: IpAddr,
    /// `name=secret`.
    pub session: Option<String>,
    /// By which it is recognised when somebody signs in again: `name=secrets`.
    pub device: Option<String>,
    /// Sent with every request.
    extra: Vec<(HeaderName, HeaderValue)>,
}

pub fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub fn encode(fields: &Fields) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

impl Browser {
    pub fn new(app: &App, ip: &str) -> Self {
        Self { router: app.router.clone(), ip: ip.parse().unwrap(), session: None, device: None, extra: Vec::new() }
    }

    /// The same browser, sending one more header.
    pub fn with(&self, name: &'static str, value: &[u8]) -> Self {
        let mut browser = self.clone();
        browser.extra.push((HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap()));
        browser
    }

    pub fn request(&self, method: &str, path: &str) -> Builder {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "tenantry.example")
            .extension(ConnectInfo(SocketAddr::new(self.ip, 50_000)));
        let cookies: Vec<&str> = self.session.iter().chain(&self.device).map(String::as_str).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in &self.extra {
            request = request.header(name, value);
        }
        request
    }

    pub async fn start(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.start(request).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        let request = self.request("GET", path).header(header::ACCEPT, "text/html,*/*;q=0.8");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// What the page's code sends to a server function.
    pub fn calling(&self, function: &str, body: impl Into<Body>) -> Request<Body> {
        self.request("POST", &format!("/api/{function}"))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.into())
            .unwrap()
    }

    pub async fn call(&self, function: &str, fields: &Fields) -> Answer {
        self.send(self.calling(function, encode(fields))).await
    }

    /// Posts a form from a page whose code has not loaded.
    pub async fn post(&self, page: &str, action: &str, fields: &Fields) -> Answer {
        let request = self
            .request("POST", action)
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, "http://tenantry.example")
            .header("sec-fetch-site", "same-origin")
            .header(header::REFERER, format!("http://tenantry.example{page}"));
        self.send(request.body(Body::from(encode(fields))).unwrap()).await
    }

    /// Goes on with the session that the answer began, and is recognised by it later.
    #[track_caller]
    pub fn keep(&mut self, answer: &Answer) {
        if let Some(device) = answer.cookie("tenantry_device=") {
            self.device = Some(device);
        }
        self.session = Some(answer.session().unwrap_or_else(|| panic!("no session begins with {answer:?}")));
    }
}
