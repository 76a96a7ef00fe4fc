use super::{Edge, problem};
use axum::{
    body::Body,
    extract::State,
    http::{Method, Request, header},
    middleware::Next,
    response::Response,
};
use model::{Problem, Refusal};

/// Refuses what another site makes a browser send. Every browser says where a change comes from, by
/// `Sec-Fetch-Site` or `Origin`; who says neither is no browser, and carries no one's cookies.
pub async fn check(State(edge): State<Edge>, request: Request<Body>, next: Next) -> Response {
    if is_safe(request.method()) || is_own(&edge, &request) {
        next.run(request).await
    } else {
        problem::answer(&request, &Problem::Refused(Refusal::ForeignOrigin))
    }
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_own(edge: &Edge, request: &Request<Body>) -> bool {
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    match (header("sec-fetch-site"), header(header::ORIGIN.as_str())) {
        (Some("same-origin" | "none"), _) | (None, None) => true,
        (Some(_), _) => false,
        (None, Some(origin)) => {
            let host = header(header::HOST.as_str()).unwrap_or_default();
            origin == edge.public_url || origin.split_once("://").is_some_and(|(_, authority)| authority == host)
        }
    }
}
