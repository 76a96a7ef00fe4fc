//! What the server's edge and the server functions tell each other about a request, and the cookies that go with it.

use http::{HeaderMap, HeaderValue, header};
use leptos::prelude::use_context;
use std::time::Duration;

/// Among a request's extensions: letters do not go out, but stand on a page of this machine.
#[derive(Clone, Copy, Debug)]
pub struct LocalOutbox;

/// What the browser's session holds.
pub mod session_key {
    /// Who is signed in.
    pub const USER: &str = "user";
    /// The version of what they signed in with.
    pub const CREDENTIALS_VERSION: &str = "credentials_version";
    /// When they last showed who they are in it. Read from its column, and never kept beside the rest.
    pub const PROVED_AT: &str = "proved_at";
    /// Who has shown the password, and has to show a code as well, within some minutes.
    pub const PENDING_SECOND_FACTOR: &str = "login_but_code";
    /// The sign-up that this browser asked for last: its link asks for no password here.
    pub const SIGN_UP: &str = "sign_up";
    /// From where, and with what.
    pub const IP: &str = "ip";
    pub const USER_AGENT: &str = "user_agent";
    /// The zone that they chose to read dates in: read with the session, and not kept in it.
    pub const TIME_ZONE: &str = "time_zone";
}

/// The cookie by which a browser is recognised when one of its people signs in again. With `__Host-` it is sent only to
/// this very host, over https alone, and set by nobody else.
pub fn device_cookie(public_url: &str) -> &'static str {
    if public_url.starts_with("https://") { "__Host-tenantry_device" } else { "tenantry_device" }
}

pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    // HTTP/2 may send each in a header of its own.
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut cookies = cookies.flat_map(|line| line.split(';'));
    let value = cookies.find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('='))?;
    Some(value.to_owned())
}

/// What this request's browser keeps under a name.
pub(crate) fn cookie_of_request(name: &str) -> Option<String> {
    cookie(&use_context::<http::request::Parts>()?.headers, name)
}

/// Has the browser keep something, out of reach of the page's code.
pub(crate) fn set_cookie(name: &str, value: &str, age: Duration, public_url: &str) {
    let secure = if public_url.starts_with("https://") { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={}{secure}", age.as_secs());
    // What a browser sent as a cookie stands in a header as well.
    if let (Some(response), Ok(cookie)) =
        (use_context::<leptos_axum::ResponseOptions>(), HeaderValue::from_str(&cookie))
    {
        response.append_header(header::SET_COOKIE, cookie);
    }
}
