use super::Edge;
use axum::{body::Body, extract::State, http::{Method, Request, StatusCode}, response::{IntoResponse, Response}};

/// Renders the page at this address, complete.
pub async fn page(State(edge): State<Edge>, request: Request<Body>) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let assets = edge.assets;
    let render = leptos_axum::render_app_async_with_context(|| {}, move || app::shell(&assets));
    render(request).await
}
