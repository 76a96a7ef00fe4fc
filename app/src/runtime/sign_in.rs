use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What would end a value in an address, or be read as something else there.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The way to sign in, and from there back to a page with its query.
pub fn sign_in_path(page: &str, query: &str) -> String {
    let page = match query.trim_start_matches('?') {
        "" => page.to_owned(),
        query => format!("{page}?{query}"),
    };
    format!("/sign-in?then={}", utf8_percent_encode(&page, ENCODED))
}

/// As [`sign_in_path`], for somebody whose session ended while they were on the page: the door says so.
#[cfg(feature = "hydrate")]
pub fn ended_session_path(page: &str, query: &str) -> String {
    format!("{}&{SIGNED_OUT}", sign_in_path(page, query))
}

/// In the query of the sign-in page.
const SIGNED_OUT: &str = "signed-out";

/// Whether a session ended, from the query of the sign-in page.
pub fn has_ended_session(query: &str) -> bool {
    query.trim_start_matches('?').split('&').any(|pair| pair == SIGNED_OUT)
}

/// Where somebody wanted to go who signs in, from the query of the sign-in page; empty for nowhere. The router's own
/// map decodes a value twice, which takes an encoded `&` in it for the end of a parameter.
pub fn sign_in_target(query: &str) -> String {
    let mut pairs = query.trim_start_matches('?').split('&');
    let then = pairs.find_map(|pair| pair.strip_prefix("then="));
    then.map(|then| percent_decode_str(then).decode_utf8_lossy().into_owned()).unwrap_or_default()
}
