use super::Edge;
use axum::{extract::State, http::StatusCode};

/// The process runs.
pub async fn alive() -> &'static str {
    "ok"
}

/// The process runs and reaches its database.
pub async fn ready(State(edge): State<Edge>) -> (StatusCode, &'static str) {
    match edge.service.database.ping().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be reached")
        }
    }
}
