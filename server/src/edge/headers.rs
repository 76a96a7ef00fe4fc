use super::Edge;
use axum::{
    body::Body,
    extract::State,
    http::{HeaderName, HeaderValue, Request, header},
    middleware::Next,
    response::Response,
};

/// For responses that are no page: nothing in them may run.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// The headers that go with every response, unless it has set its own.
pub async fn harden(State(edge): State<Edge>, request: Request<Body>, next: Next) -> Response {
    let mut response = next.run(request).await;
    let mut set = |name: HeaderName, value: &'static str| {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, NOTHING);
    set(header::CACHE_CONTROL, "no-store");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=()");
    if edge.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    response
}
