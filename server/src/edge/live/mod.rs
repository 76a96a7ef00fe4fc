//! The live channel of a browser: names of what changed, in the organisations that its user is in. Nothing else
//! travels on it, and a hint that is lost costs one refetch.

mod listener;
mod seats;

pub use seats::Seats;

use super::{Edge, problem};
use axum::{
    Extension,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Json, Response},
};
use listener::Listener;
use model::{Now, Problem};
use service::{Context, Result};
use tower_sessions::Session;

/// As a stream to whoever asks for one; else who is signed in, and how things stand.
pub async fn live(
    State(edge): State<Edge>,
    Extension(ctx): Extension<Context>,
    Extension(session): Extension<Session>,
    Extension(seats): Extension<Seats>,
    headers: HeaderMap,
) -> Response {
    let answered = if wants_stream(&headers) {
        stream(&edge, &ctx, &session, &seats).await
    } else {
        now(&ctx).await.map(|now| Json(now).into_response())
    };
    answered.unwrap_or_else(|error| problem::json(&error.into_problem(ctx.request().id)))
}

fn wants_stream(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/event-stream"))
}

async fn now(ctx: &Context) -> Result<Now> {
    let as_of = ctx.service().version();
    let profile = service::user::profile(ctx).await?;
    Ok(Now { user: profile.id, first_name: profile.first_name, as_of })
}

async fn stream(edge: &Edge, ctx: &Context, session: &Session, seats: &Seats) -> Result<Response> {
    let (user, session) = (ctx.user()?, session.id().ok_or(Problem::SignedOut)?);
    let seat = seats.take(user, session)?;
    let listener = Listener::open(edge, user, session, seat).await?;
    let mut response = Body::from_stream(listener.events()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    // A proxy that collects an answer before it passes it on would pass on nothing.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}
