//! Requests that no page sends: refused in words, and never a fault of the server.

mod body;
mod garbage;
mod path;

use crate::support::Answer;
use axum::http::StatusCode;

/// A server function refused it, and said so in the one way there is.
#[track_caller]
fn assert_refused(answer: &Answer, what: &str) {
    assert!(answer.status.is_client_error(), "{what}: {answer:?}");
    assert_eq!(answer.problem().status(), answer.status.as_u16(), "{what}: {answer:?}");
    assert!(answer.set_cookies().is_empty(), "{what}: {answer:?}");
}

#[track_caller]
fn assert_bad_request(answer: &Answer, what: &str) {
    assert_refused(answer, what);
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{what}: {answer:?}");
}
