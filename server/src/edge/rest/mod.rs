//! The REST API, for programs with a key: a second thin edge over the same operations. Each route names its
//! permission; `GET /v1` tells them all.

mod audit;
mod body;
mod delivery;
mod extract;
mod identity;
mod messaging;
mod organisation;
mod people;
mod rate_limit;

use super::{Edge, context, problem};
pub use audit::json_lines;
use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderValue, Request, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Json, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use body::{List, RestBody};
use extract::Caller;
use model::{Locale, Permission, Problem, RequestId, Text};
use serde::Serialize;
use service::{
    Context, Secret,
    api_key::{self, Admission},
};
use std::sync::Arc;

/// A way into the API.
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    /// What it asks of the key: all of these. None where any live key will do.
    pub permissions: Vec<Permission>,
    handler: MethodRouter<Edge>,
}

/// Every route there is.
pub fn routes() -> Vec<Route> {
    let index = Route::new(MethodFilter::GET, "/v1", [], index);
    std::iter::once(index)
        .chain(identity::routes())
        .chain(messaging::routes())
        .chain(delivery::routes())
        .chain(people::routes())
        .chain(organisation::routes())
        .chain(audit::routes())
        .collect()
}

impl Route {
    fn new<H, T>(
        method: MethodFilter,
        path: &'static str,
        permissions: impl IntoIterator<Item = Permission>,
        handler: H,
    ) -> Self
    where
        H: axum::handler::Handler<T, Edge>,
        T: 'static,
    {
        let name = match method {
            MethodFilter::POST => "POST",
            MethodFilter::PUT => "PUT",
            MethodFilter::DELETE => "DELETE",
            _ => "GET",
        };
        Self { method: name, path, permissions: permissions.into_iter().collect(), handler: on(method, handler) }
    }
}

/// The routes behind the check of the key. No cookie opens them.
pub fn router(edge: &Edge) -> Router<Edge> {
    let all = routes().into_iter().fold(Router::new(), |router, route| router.route(route.path, route.handler));
    all.route("/v1/{*unknown}", axum::routing::any(nowhere))
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(edge.clone(), authenticate))
}

async fn nowhere() -> Response {
    problem_response(&Problem::NotFound)
}

/// The router says which methods there are, in `Allow`.
async fn wrong_method() -> Response {
    let title = "Nothing at this address is done by this method.".to_owned();
    problem_json(title, StatusCode::METHOD_NOT_ALLOWED, &Problem::Malformed)
}

/// Finds out whose key it is, counts the request, and hands it on with its `Context`.
async fn authenticate(State(edge): State<Edge>, mut request: Request<Body>, next: Next) -> Response {
    let Ok(id) = edge.service.new_id().map(RequestId) else { return problem_response(&Problem::Unavailable) };
    let described = context::describe(&edge, &request, id);
    let Admission { actor, quotas } = api_key::admit(&edge.service, secret_of(&request).as_ref(), &described.ip).await;
    let mut response = match actor {
        Ok(actor) => {
            request.extensions_mut().insert(Context::new(Arc::clone(&edge.service), described, actor));
            next.run(request).await
        }
        Err(error) => problem_response(&error.into_problem(id)),
    };
    rate_limit::set_headers(&quotas, response.headers_mut());
    response
}

/// RFC 6750, 2.1.
fn secret_of(request: &Request<Body>) -> Option<Secret> {
    let header = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Secret::from_client(secret.trim()))
}

/// A problem as the API tells it: RFC 9457, with what a program can tell apart beside what a person reads.
#[derive(Serialize)]
struct ProblemBody<'a> {
    title: String,
    status: u16,
    problem: &'a Problem,
}

fn problem_response(problem: &Problem) -> Response {
    let status = problem::status(problem);
    let title = match problem {
        // Pages tell of reloading, and of fields that are marked.
        Problem::Malformed => "The request couldn't be read.".to_owned(),
        Problem::Invalid(_) => "Nothing was saved: some fields aren't valid.".to_owned(),
        problem => problem.text(Locale::En).into_owned(),
    };
    let mut response = problem_json(title, status, problem);
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    problem::set_retry_after(problem, &mut response);
    response
}

fn problem_json(title: String, status: StatusCode, problem: &Problem) -> Response {
    let content_type = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, content_type, Json(ProblemBody { title, status: status.as_u16(), problem })).into_response()
}

/// What an operation answers, told as a `B`.
fn ok<B: RestBody>(ctx: &Context, result: service::Result<impl Into<B>>) -> Response {
    answer(ctx, result.map(|told| Json::<B>(told.into()).into_response()))
}

fn created<B: RestBody>(ctx: &Context, result: service::Result<impl Into<B>>) -> Response {
    answer(ctx, result.map(|told| (StatusCode::CREATED, Json::<B>(told.into())).into_response()))
}

fn no_content(ctx: &Context, result: service::Result<()>) -> Response {
    answer(ctx, result.map(|()| StatusCode::NO_CONTENT.into_response()))
}

fn answer(ctx: &Context, result: service::Result<Response>) -> Response {
    result.unwrap_or_else(|error| problem_response(&error.into_problem(ctx.request().id)))
}

/// What there is, and what it asks of a key.
#[derive(Serialize)]
struct RouteInfo {
    method: &'static str,
    path: &'static str,
    permissions: Vec<Permission>,
}

impl RestBody for RouteInfo {}

impl From<Route> for RouteInfo {
    fn from(Route { method, path, permissions, handler: _ }: Route) -> Self {
        Self { method, path, permissions }
    }
}

async fn index(Caller(ctx): Caller) -> Response {
    // A key that opens nothing any more is told nothing either.
    ok::<List<RouteInfo>>(&ctx, api_key::own(&ctx).await.map(|_| routes()))
}
