//! The REST API, for programs with a key: a second thin edge over the same operations. Each route names its
//! permission; `GET /v1` tells them all.

mod audit;
mod extract;
mod identity;
mod messaging;
mod organisation;
mod people;
mod rate_limit;

use super::{Edge, context, problem};
use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderValue, Request, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Json, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use extract::Caller;
use model::{Permission, Problem, RequestId};
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
    /// What it asks of the key; `None` where any live key will do.
    pub permission: Option<Permission>,
    handler: MethodRouter<Edge>,
}

/// Every route there is.
pub fn routes() -> Vec<Route> {
    let index = Route::new(MethodFilter::GET, "/v1", None, index);
    std::iter::once(index)
        .chain(identity::routes())
        .chain(messaging::routes())
        .chain(people::routes())
        .chain(organisation::routes())
        .chain(audit::routes())
        .collect()
}

impl Route {
    fn new<H, T>(
        method: MethodFilter,
        path: &'static str,
        permission: impl Into<Option<Permission>>,
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
        Self { method: name, path, permission: permission.into(), handler: on(method, handler) }
    }
}

/// The routes behind the check of the key. No cookie opens them.
pub fn router(edge: &Edge) -> Router<Edge> {
    let all = routes().into_iter().fold(Router::new(), |router, route| router.route(route.path, route.handler));
    all.route("/v1/{*unknown}", axum::routing::any(nowhere))
        .method_not_allowed_fallback(problem::wrong_method)
        .layer(middleware::from_fn_with_state(edge.clone(), authenticate))
}

async fn nowhere() -> Response {
    problem_response(&Problem::NotFound)
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
    let body = ProblemBody { title: problem.to_string(), status: status.as_u16(), problem };
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    problem::set_retry_after(problem, &mut response);
    response
}

/// The answer of an operation: as JSON, or nothing at all where there is nothing to tell.
fn answer<T: Serialize>(ctx: &Context, status: StatusCode, result: service::Result<T>) -> Response {
    match result {
        Ok(_) if status == StatusCode::NO_CONTENT => status.into_response(),
        Ok(told) => (status, Json(told)).into_response(),
        Err(error) => problem_response(&error.into_problem(ctx.request().id)),
    }
}

fn ok<T: Serialize>(ctx: &Context, result: service::Result<T>) -> Response {
    answer(ctx, StatusCode::OK, result)
}

fn created<T: Serialize>(ctx: &Context, result: service::Result<T>) -> Response {
    answer(ctx, StatusCode::CREATED, result)
}

fn no_content(ctx: &Context, result: service::Result<()>) -> Response {
    answer(ctx, StatusCode::NO_CONTENT, result)
}

/// What there is, and what it asks of a key.
async fn index(Caller(ctx): Caller) -> Response {
    #[derive(Serialize)]
    struct RouteInfo {
        method: &'static str,
        path: &'static str,
        permission: Option<Permission>,
    }
    let way = |Route { method, path, permission, .. }| RouteInfo { method, path, permission };
    // A key that opens nothing any more is told nothing either.
    ok(&ctx, api_key::own(&ctx).await.map(|_| routes().into_iter().map(way).collect::<Vec<_>>()))
}
