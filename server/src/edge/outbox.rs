//! Messages that would go out by SMTP, on a page of this machine. Routed only without an SMTP
//! server, and only when bound to loopback.

use super::{Edge, problem};
use crate::config::is_this_machine;
use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, Request, header},
    middleware::Next,
    response::{Html, IntoResponse, Json, Response},
};
use leptos::prelude::*;
use model::Problem;
use service::Letter;

fn letters(edge: &Edge) -> Vec<Letter> {
    edge.service.mailer.local_letters().unwrap_or_default()
}

/// A name that somebody else lets lead here would let their page read the secrets of invitations.
pub async fn only_this_machine(State(edge): State<Edge>, request: Request<Body>, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let own = edge.public_url.split_once("://").map(|(_, host)| host);
    let is_known = |host| Some(host) == own || is_this_machine(host);
    if host.is_none_or(is_known) { next.run(request).await } else { problem::answer(&request, &Problem::NotFound) }
}

pub async fn json(State(edge): State<Edge>) -> Response {
    let letter =
        |letter: Letter| serde_json::json!({ "to": letter.to, "subject": letter.subject, "text": letter.text });
    Json(letters(&edge).into_iter().map(letter).collect::<Vec<_>>()).into_response()
}

pub async fn page(State(edge): State<Edge>) -> Response {
    let letters = letters(&edge);
    let empty = letters
        .is_empty()
        .then(|| view! { <p class="text-muted mt-6">"No message yet. Invite somebody, then reload this page."</p> });
    let css = edge.assets.css.clone();
    let view = view! {
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>"Outbox · Tenantry"</title>
                <link rel="stylesheet" href=css/>
            </head>
            <body>
                <main class="mx-auto max-w-2xl px-6 py-12">
                    <h1 class="text-xl font-semibold tracking-tight">"Outbox"</h1>
                    <p class="text-muted mt-1">"Messages that would go out by SMTP. This page exists only without an SMTP server, on this machine."</p>
                    {empty}
                    {letters.into_iter().map(shown).collect_view()}
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
            <p class="text-muted text-xs">"To " {to}</p>
            <p class="mt-4">{text.lines().map(line).collect_view()}</p>
        </article>
    }
}
