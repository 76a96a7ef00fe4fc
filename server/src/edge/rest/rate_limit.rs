//! The limits of the API as its answers say them (draft-ietf-httpapi-ratelimit-headers-10).

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use service::rate_limit::{Quota, WINDOW};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// Says which limits there are, what is left of each, and when it begins anew.
pub fn set_headers(quotas: &[Quota], headers: &mut HeaderMap) {
    let list = |item: fn(&Quota) -> String| quotas.iter().map(item).collect::<Vec<_>>().join(", ");
    let policy = list(|quota| format!("\"{}\";q={};w={}", quota.name, quota.limit, WINDOW.as_secs()));
    let limit = list(|quota| format!("\"{}\";r={};t={}", quota.name, quota.remaining, quota.reset));
    for (name, value) in [(POLICY, policy), (LIMIT, limit)] {
        if let (false, Ok(value)) = (value.is_empty(), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
}
