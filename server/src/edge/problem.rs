//! The one place where a problem becomes a response.

use app::runtime::{locale, t};
use axum::{
    body::Body,
    http::{HeaderValue, Request, StatusCode, Uri, header},
    response::{Html, IntoResponse, Json, Response},
};
use leptos::prelude::*;
use model::{ButtonText, ErrorPageText, Problem};
use std::any::Any;

pub fn status(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// For programs: the problem itself.
pub fn json(problem: &Problem) -> Response {
    let mut response = (status(problem), Json(problem)).into_response();
    set_retry_after(problem, &mut response);
    response
}

/// When it may be tried again.
pub fn set_retry_after(problem: &Problem, response: &mut Response) {
    if let Problem::TooMany { seconds } = problem {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
}

/// Nothing at this address is done by this method. The router says which are, in `Allow`.
pub async fn wrong_method() -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, Json(Problem::Malformed)).into_response()
}

/// As [`wrong_method`], where something is shown and nothing done.
pub async fn only_shown() -> Response {
    ([(header::ALLOW, "GET,HEAD")], wrong_method().await).into_response()
}

/// A problem before any page could be rendered: a page of one sentence for people, the problem
/// itself for programs.
pub fn answer(request: &Request<Body>, problem: &Problem) -> Response {
    if wants_html(request.headers()) { (status(problem), page(problem, "")).into_response() } else { json(problem) }
}

/// A page of one sentence for people, that leads to another page.
pub fn page_at(problem: &Problem, to: &Uri) -> Response {
    (status(problem), page(problem, &to.to_string())).into_response()
}

/// Whether a browser asks for a page, rather than the page's code for data.
pub fn wants_html(headers: &axum::http::HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
}

fn page(problem: &Problem, to: &str) -> Html<String> {
    let to = to.to_owned();
    let view = view! {
        <html lang=locale().tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>"Tenantry"</title>
            </head>
            <body>
                <main>
                    <h1>{t(ErrorPageText::Title)}</h1>
                    <p>{t(problem)}</p>
                    <p><a href=to>{t(ButtonText::Reload)}</a></p>
                </main>
            </body>
        </html>
    };
    Html(format!("<!DOCTYPE html>{}", view.to_html()))
}

/// A handler panicked: the process goes on, the request gets an answer.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, t(ErrorPageText::Failed)).into_response()
}
