//! Files that a browser saves.

mod access_log;
mod data_export;

pub use access_log::access_log;
pub use data_export::data_export;

use super::problem;
use app::runtime::sign_in_path;
use axum::{
    body::Body,
    http::{HeaderValue, Request, header},
    response::{IntoResponse, Redirect, Response},
};
use model::{Problem, RequestId};

/// A file that is saved and kept nowhere else.
fn attachment(body: Body, content_type: &'static str, file: &str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{file}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// Why there is no file. Whoever is signed out signs in, and comes back to the page on which it is asked for.
fn refuse(request: &Request<Body>, problem: &Problem, page: &str, query: &str) -> Response {
    match problem {
        Problem::SignedOut if problem::wants_html(request.headers()) => {
            Redirect::to(&sign_in_path(page, query)).into_response()
        }
        problem => problem::answer(request, problem),
    }
}

/// What ends the connection in the middle of a file, so that nobody takes a part for the whole. What the operator needs to
/// know of it is logged.
fn failed(error: service::Error, request: RequestId) -> std::io::Error {
    std::io::Error::other(format!("{:?}", error.into_problem(request)))
}
