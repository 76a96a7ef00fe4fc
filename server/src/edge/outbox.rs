//! Messages that would go out by SMTP, on a page of this machine. Routed only without an SMTP server, and only when
//! bound to loopback. A proxy on the same machine reaches that too, so it takes a token that only the operator's
//! terminal shows, and a request that says that it was forwarded gets nothing.

pub mod phone;

use super::{Edge, forwarding, problem};
use crate::transports::is_this_machine;
use app::runtime::{locale, t};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, Request, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Json, Redirect, Response},
};
use leptos::prelude::*;
use model::{OutboxText, Problem};
use service::Letter;

fn letters(edge: &Edge) -> Vec<Letter> {
    edge.service.mailer().local_letters().unwrap_or_default()
}

/// What opens the page: made at each start, unless the operator has set one.
#[derive(Clone)]
pub struct Token(String);

const COOKIE: &str = "tenantry_outbox";

impl Token {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The address that opens the page once, and the browser from then on.
    pub fn address(&self, public_url: &str) -> String {
        format!("{public_url}/outbox?token={}", self.0)
    }

    /// Takes as long whatever is wrong.
    fn is(&self, text: &str) -> bool {
        let (own, other) = (self.0.as_bytes(), text.as_bytes());
        own.len() == other.len()
            && own.iter().zip(other).fold(0_u8, |differs, (own, other)| differs | (own ^ other)) == 0
    }
}

/// The token in the address becomes a cookie; without one there is a page that says where to find the address.
pub async fn only_with_token(
    State((edge, token)): State<(Edge, Token)>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let query = request.uri().query().unwrap_or_default();
    let given = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "token");
    if given.is_some_and(|(_, text)| token.is(&text)) {
        let mut response = Redirect::to(path).into_response();
        let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", token.0);
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        return response;
    }
    if cookies(request.headers()).any(|text| token.is(text)) {
        next.run(request).await
    } else if path == "/outbox" {
        (StatusCode::FORBIDDEN, document(&edge, closed())).into_response()
    } else {
        problem::answer(&request, &Problem::NotFound)
    }
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.filter(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

fn closed() -> AnyView {
    view! { <p class="text-muted mt-6">{t(OutboxText::Closed)}</p> }.into_any()
}

/// Against DNS rebinding: a foreign name that resolves to this machine would let its page read the secrets of invitations.
pub async fn only_this_machine(State(edge): State<Edge>, request: Request<Body>, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let own = edge.public_url.split_once("://").map(|(_, host)| host);
    let is_known = |host| Some(host) == own || is_this_machine(host);
    if host.is_none_or(is_known) && !forwarding::is_forwarded(request.headers()) {
        next.run(request).await
    } else {
        problem::answer(&request, &Problem::NotFound)
    }
}

pub async fn json(State(edge): State<Edge>) -> Response {
    let letter =
        |letter: Letter| serde_json::json!({ "to": letter.to, "subject": letter.subject, "text": letter.text });
    Json(letters(&edge).into_iter().map(letter).collect::<Vec<_>>()).into_response()
}

pub async fn page(State(edge): State<Edge>) -> Response {
    let (letters, messages) = (letters(&edge), edge.service.local_sms().unwrap_or_default());
    let empty = (letters.is_empty() && messages.is_empty())
        .then(|| view! { <p class="text-muted mt-6">{t(OutboxText::Empty)}</p> });
    let heading = (!messages.is_empty() && !letters.is_empty())
        .then(|| view! { <h2 class="mt-10 font-medium">{t(OutboxText::Letters)}</h2> });
    let intro = view! {
        <p class="text-muted mt-1">{t(OutboxText::Purpose)}</p>
        {empty}
        {phone::messages(messages)}
        {heading}
        {letters.into_iter().map(shown).collect_view()}
    };
    document(&edge, intro.into_any())
}

fn document(edge: &Edge, content: AnyView) -> Response {
    let css = edge.assets.css.clone();
    let view = view! {
        <html lang=locale().tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{format!("{} · Tenantry", t(OutboxText::Title))}</title>
                <link rel="stylesheet" href=css/>
            </head>
            <body>
                <main class="mx-auto max-w-2xl px-6 py-12">
                    <h1 class="text-xl font-semibold tracking-tight">{t(OutboxText::Title)}</h1>
                    {content}
                </main>
            </body>
        </html>
    };
    let mut response = Html(format!("<!DOCTYPE html>{}", view.to_html())).into_response();
    let policy =
        HeaderValue::from_static("default-src 'none'; style-src 'self'; font-src 'self'; frame-ancestors 'none'");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn shown(letter: Letter) -> impl IntoView {
    let Letter { to, subject, text, .. } = letter;
    let line = |line: &str| {
        if line.starts_with("http") {
            view! { <a class="link link-primary break-all" href=line.to_owned()>{line.to_owned()}</a><br/> }.into_any()
        } else {
            view! { {line.to_owned()}<br/> }.into_any()
        }
    };
    view! {
        <article class="card mt-6 p-4">
            <h2 class="font-medium">{subject}</h2>
            <p class="text-muted text-xs">{t(OutboxText::To { address: to })}</p>
            <p class="mt-4">{text.lines().map(line).collect_view()}</p>
        </article>
    }
}
