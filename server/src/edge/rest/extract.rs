//! What a request says, read strictly: a field that nobody knows is an error.

use super::problem_response;
use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest, FromRequestParts, Path},
    http::{Request, request::Parts},
    response::Response,
};
use model::{Problem, limit};
use serde::de::DeserializeOwned;
use service::Context;

/// Who asks.
pub struct Caller(pub Context);

/// The ids in the path.
pub struct PathIds<T>(pub T);

/// What stands behind the question mark.
pub struct StrictQuery<T>(pub T);

/// A JSON body.
pub struct StrictJson<T>(pub T);

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        parts.extensions.get().cloned().map(Self).ok_or_else(|| problem_response(&Problem::UnknownKey))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for PathIds<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        // What is no id is the id of nothing.
        let path = Path::from_request_parts(parts, state).await;
        path.map(|Path(ids)| Self(ids)).map_err(|_| problem_response(&Problem::NotFound))
    }
}

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for StrictQuery<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let query = parts.uri.query().unwrap_or_default();
        app::runtime::decode(query.as_bytes()).map(Self).map_err(|problem| problem_response(&problem))
    }
}

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for StrictJson<T> {
    type Rejection = Response;

    async fn from_request(request: Request<Body>, _: &S) -> Result<Self, Response> {
        let Ok(body) = to_bytes(request.into_body(), limit::BODY).await else {
            return Err(problem_response(&Problem::TooLarge));
        };
        let mut unknown = false;
        let json = &mut serde_json::Deserializer::from_slice(&body);
        let sent = serde_ignored::deserialize(&mut *json, |_| unknown = true);
        match sent {
            Ok(sent) if !unknown && json.end().is_ok() => Ok(Self(sent)),
            _ => Err(problem_response(&Problem::Malformed)),
        }
    }
}
