//! Server functions: called by the page's code, or posted to by a plain form where that code has
//! not loaded.

use super::{Edge, pages, problem};
use app::components::Returned;
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::server_fn::axum::get_server_fn_service;
use model::{Problem, limit};
use std::collections::BTreeMap;

pub async fn server_function(State(edge): State<Edge>, request: Request<Body>) -> Response {
    let plain = problem::wants_html(request.headers());
    let (mut parts, body) = request.into_parts();
    if get_server_fn_service(parts.uri.path(), parts.method.clone()).is_none() {
        return problem::json(&Problem::NotFound);
    }
    let Ok(body) = to_bytes(body, limit::BODY).await else { return problem::json(&Problem::TooLarge) };
    // Asked for data in either case, so that there is one kind of answer to read.
    let asked = std::mem::take(&mut parts.headers);
    parts.headers = asked.clone();
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    parts.headers.remove(header::REFERER);
    let inner = Request::from_parts(parts.clone(), Body::from(body.clone()));
    let response = leptos_axum::handle_server_fns(inner).await.into_response();
    let (response, problem) = read_problem(response).await;
    match (plain, problem) {
        (false, None) => response,
        (false, Some(problem)) => problem::json(&problem),
        (true, None) => onwards(&asked, &response),
        (true, Some(problem)) => come_back(edge, parts, asked, &body, problem).await,
    }
}

/// A server function that failed answers 500 and the problem; everything else is as it is.
async fn read_problem(response: Response) -> (Response, Option<Problem>) {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return (response, None);
    }
    let body = to_bytes(response.into_body(), limit::BODY).await.unwrap_or_default();
    let problem = serde_json::from_slice(&body).unwrap_or(Problem::Malformed);
    (StatusCode::INTERNAL_SERVER_ERROR.into_response(), Some(problem))
}

/// The path of the page that a form stands on.
fn form_page(headers: &HeaderMap) -> Uri {
    let referer =
        headers.get(header::REFERER).and_then(|value| value.to_str().ok()).and_then(|value| value.parse::<Uri>().ok());
    let path = referer.and_then(|uri| uri.path_and_query().cloned());
    path.map_or_else(|| Uri::from_static("/"), Uri::from)
}

/// A plain form was carried out: on to where it leads, or back to its page.
fn onwards(headers: &HeaderMap, response: &Response) -> Response {
    let leads_to = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let mut onwards = match leads_to {
        Some(path) => Redirect::to(path).into_response(),
        None => Redirect::to(&form_page(headers).to_string()).into_response(),
    };
    for cookie in response.headers().get_all(header::SET_COOKIE) {
        onwards.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    onwards
}

/// A plain form could not be carried out: its page again, with what was typed and what is wrong.
async fn come_back(
    edge: Edge,
    parts: axum::http::request::Parts,
    asked: HeaderMap,
    body: &Bytes,
    problem: Problem,
) -> Response {
    let status = problem::status(&problem);
    let returned = Returned { path: parts.uri.path().to_owned(), problem, values: typed(body) };
    let mut request = Request::from_parts(parts, Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = form_page(&asked);
    *request.headers_mut() = asked;
    request.headers_mut().remove(header::CONTENT_LENGTH);
    request.extensions_mut().insert(returned);
    let mut response = pages::page(State(edge), request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

/// What stood in the fields, secrets aside.
fn typed(body: &Bytes) -> BTreeMap<String, String> {
    let fields = form_urlencoded::parse(body).into_owned();
    fields.filter(|(name, _)| !name.contains("password") && !name.contains("secret")).collect()
}
