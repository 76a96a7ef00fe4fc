//! Server functions: called by the page's code, or posted to by a plain form where that code has
//! not loaded.

use super::{Edge, pages, pending_form::PendingForm, problem};
use app::{
    api::{ANSWER_ON_PAGE, ConfirmIdentity},
    runtime::{PAGE_USER, PostedBack},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use leptos::server_fn::{ServerFn, axum::get_server_fn_service};
use model::{Problem, UserId, is_local_path, limit};
use service::Context;
use std::collections::BTreeMap;

pub async fn server_function(State(edge): State<Edge>, request: Request<Body>) -> Response {
    let plain = problem::wants_html(request.headers());
    let (mut parts, body) = request.into_parts();
    if !is_function(&parts, parts.uri.path()) {
        return problem::json(&Problem::NotFound);
    }
    let page = form_page(&parts.uri, &parts.headers);
    if let Err(problem) = check_page(&parts).await {
        return if plain { problem::page_at(&problem, &page) } else { problem::json(&problem) };
    }
    let Ok(body) = to_bytes(body, limit::BODY).await else { return problem::json(&Problem::TooLarge) };
    if !is_form(&parts.headers) {
        return problem::json(&Problem::Malformed);
    }
    if !plain {
        return match call(&parts, body).await {
            (response, None) => response,
            (_, Some(problem)) => problem::json(&problem),
        };
    }
    let (pending, body) = match parts.uri.path() {
        ConfirmIdentity::PATH => PendingForm::take(&body),
        _ => (None, body),
    };
    let Some(pending) = pending else { return answer_form(edge, parts, page, body).await };
    if let (_, Some(problem)) = call(&parts, body).await {
        return ask_for_proof(edge, parts, pending, problem).await;
    }
    let PendingForm { path, page, body } = pending;
    parts.uri = match path.parse::<Uri>() {
        Ok(function) if is_local_path(&path) && is_function(&parts, function.path()) => function,
        _ => return problem::json(&Problem::Malformed),
    };
    answer_form(edge, parts, local_page(&page), body.into()).await
}

fn is_function(parts: &Parts, path: &str) -> bool {
    get_server_fn_service(path, parts.method.clone()).is_some()
}

/// Calls a server function. It is asked for data in either case, so that there is one kind of answer to read.
async fn call(parts: &Parts, body: Bytes) -> (Response, Option<Problem>) {
    let mut parts = parts.clone();
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    parts.headers.remove(header::REFERER);
    parts.headers.remove(header::CONTENT_LENGTH);
    let inner = Request::from_parts(parts, Body::from(body));
    read_problem(leptos_axum::handle_server_fns(inner).await.into_response()).await
}

/// Carries out a plain form, and leads on from its page, or back to it.
async fn answer_form(edge: Edge, parts: Parts, page: Uri, body: Bytes) -> Response {
    match call(&parts, body.clone()).await {
        (response, None) if response.headers().contains_key(ANSWER_ON_PAGE) => {
            let answer = to_bytes(response.into_body(), limit::BODY).await.unwrap_or_default();
            render_posted_back(edge, parts, page, &body, Ok(String::from_utf8_lossy(&answer).into_owned())).await
        }
        (response, None) => onwards(&page, FormQuery::of(&parts.uri).section, &response),
        (_, Some(problem @ Problem::ProofNeeded(_))) => {
            let pending = PendingForm::new(&parts.uri, &page, typed(&body));
            ask_for_proof(edge, parts, pending, problem).await
        }
        (_, Some(problem)) => render_posted_back(edge, parts, page, &body, Err(problem)).await,
    }
}

/// Nothing is done for a page that is somebody else's: who reads it sees another's name above what they send.
async fn check_page(parts: &Parts) -> Result<(), Problem> {
    let said = parts.headers.get(PAGE_USER).map(|value| value.to_str().unwrap_or_default());
    let Some(said) = said.or_else(|| FormQuery::of(&parts.uri).user) else { return Ok(()) };
    let of_page: UserId = said.parse().map_err(|_| Problem::Malformed)?;
    let Some(ctx) = parts.extensions.get::<Context>() else { return Ok(()) };
    match ctx.user() {
        Ok(user) if user != of_page => {
            let profile = service::user::profile(ctx).await.map_err(|error| error.into_problem(ctx.request().id))?;
            Err(Problem::AnotherUser { first_name: profile.first_name })
        }
        // Whoever is signed out is told so by what they call, if it needs somebody.
        _ => Ok(()),
    }
}

/// What a form says in its address, as `app::runtime::post_to` writes it.
struct FormQuery<'a> {
    user: Option<&'a str>,
    section: Option<&'a str>,
    /// The last, since it may hold anything.
    page: Option<&'a str>,
}

impl<'a> FormQuery<'a> {
    fn of(uri: &'a Uri) -> Self {
        let mut rest = uri.query().unwrap_or_default();
        let mut take = |name: &str| {
            let (value, others) = rest.strip_prefix(name)?.split_once('&').unwrap_or((rest.strip_prefix(name)?, ""));
            rest = others;
            Some(value)
        };
        let (user, section) = (take("user="), take("section="));
        let is_id = |text: &&str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Self { user, section: section.filter(is_id), page: rest.strip_prefix("page=") }
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// A server function that failed answers 500 and the problem; everything else is as it is.
async fn read_problem(response: Response) -> (Response, Option<Problem>) {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return (response, None);
    }
    let body = to_bytes(response.into_body(), limit::BODY).await.unwrap_or_default();
    let problem = match serde_json::from_slice(&body) {
        // What reads as the server's fault on the way back to a browser was, here, the form's.
        Ok(Problem::Offline) | Err(_) => Problem::Malformed,
        Ok(problem) => problem,
    };
    (StatusCode::INTERNAL_SERVER_ERROR.into_response(), Some(problem))
}

/// The path of the page that a form stands on: as the form says, or as the browser does.
fn form_page(uri: &Uri, headers: &HeaderMap) -> Uri {
    let said = FormQuery::of(uri).page.map(str::to_owned);
    let referer =
        || headers.get(header::REFERER)?.to_str().ok()?.parse::<Uri>().ok()?.path_and_query().map(ToString::to_string);
    said.or_else(referer).map_or_else(|| Uri::from_static("/"), |path| local_page(&path))
}

/// A page of this server, or its first.
fn local_page(path: &str) -> Uri {
    let page = Some(path).filter(|path| is_local_path(path)).and_then(|path| path.parse().ok());
    page.unwrap_or_else(|| Uri::from_static("/"))
}

/// A plain form was carried out: on to where it leads, or back to its section of its page.
fn onwards(page: &Uri, section: Option<&str>, response: &Response) -> Response {
    let leads_to = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let mut onwards = match leads_to {
        Some(path) => Redirect::to(path).into_response(),
        None => Redirect::to(&section.map_or_else(|| page.to_string(), |id| format!("{page}#{id}"))).into_response(),
    };
    for cookie in response.headers().get_all(header::SET_COOKIE) {
        onwards.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    onwards
}

/// A plain form could not be carried out: its page again, with what was typed and what is wrong. Or it was, and
/// the answer is told where it was asked for: its page with that, and empty fields.
async fn render_posted_back(
    edge: Edge,
    parts: Parts,
    page: Uri,
    body: &Bytes,
    outcome: Result<String, Problem>,
) -> Response {
    let returned = PostedBack {
        path: parts.uri.path().to_owned(),
        page: page.to_string(),
        values: if outcome.is_ok() { BTreeMap::new() } else { typed(body).collect() },
        outcome,
    };
    render(edge, parts, page, returned).await
}

/// A plain form waits until it is shown who posted it: a page that asks for that, and keeps what was typed.
async fn ask_for_proof(edge: Edge, parts: Parts, pending: PendingForm, problem: Problem) -> Response {
    let page = Uri::from_static("/confirm-identity");
    let returned = PostedBack {
        path: ConfirmIdentity::PATH.to_owned(),
        page: page.to_string(),
        values: pending.into_fields(),
        outcome: Err(problem),
    };
    render(edge, parts, page, returned).await
}

/// The page with what came back.
async fn render(edge: Edge, parts: Parts, page: Uri, returned: PostedBack) -> Response {
    let outcome = returned.outcome.clone();
    let mut request = Request::from_parts(parts, Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = page;
    request.headers_mut().remove(header::CONTENT_LENGTH);
    request.extensions_mut().insert(returned);
    let mut response = pages::page(State(edge), request).await;
    if let (StatusCode::OK, Err(problem)) = (response.status(), outcome) {
        *response.status_mut() = problem::status(&problem);
        problem::set_retry_after(&problem, &mut response);
    }
    response
}

/// What stood in the fields, secrets aside.
fn typed(body: &Bytes) -> impl Iterator<Item = (String, String)> {
    let fields = form_urlencoded::parse(body).into_owned();
    let is_secret = |name: &str| name.contains("password") || name.contains("secret") || name.ends_with("[code]");
    fields.filter(move |(name, _)| !is_secret(name))
}
