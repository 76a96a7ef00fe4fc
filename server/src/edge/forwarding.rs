//! What proxies add to a request on its way.

use super::Edge;
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, Request},
    middleware::Next,
    response::Response,
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Once,
};

/// Besides those that begin with `x-forwarded-`.
const HEADERS: [&str; 8] = [
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "cf-connecting-ip",
    "true-client-ip",
    "fastly-client-ip",
];

/// Whether a request came through a proxy, or says so.
pub fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| name.as_str().starts_with("x-forwarded-") || HEADERS.contains(&name.as_str()))
}

/// Tells the operator, once, when a proxy stands before a server that was told of none: to the limits all its users
/// are one address.
pub async fn warn(State(edge): State<Edge>, request: Request<Body>, next: Next) -> Response {
    static ONCE: Once = Once::new();
    if edge.proxies == 0 && is_forwarded(request.headers()) {
        ONCE.call_once(|| {
            tracing::warn!(
                "a request came through a proxy, but TENANTRY_PROXIES is 0: set it to the number of proxies, \
                 or all users count as one address"
            );
        });
    }
    next.run(request).await
}

/// The address of an entry of `X-Forwarded-For`: some proxies put it into brackets, or add the port they saw.
pub fn address(entry: &str) -> Option<IpAddr> {
    let alone = || entry.parse::<IpAddr>().ok();
    let with_port = || entry.parse::<SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || entry.strip_prefix('[')?.strip_suffix(']')?.parse::<IpAddr>().ok();
    alone().or_else(with_port).or_else(in_brackets)
}
