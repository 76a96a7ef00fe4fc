use super::{Edge, forwarding, problem};
use crate::session_store;
use app::session_key;
use axum::{
    body::Body,
    extract::{ConnectInfo, State},
    http::{Request, header},
    middleware::Next,
    response::Response,
};
use model::{Problem, RequestId, Timestamp, UserId};
use service::{Actor, Browser, Context, device};
use std::net::{IpAddr, SocketAddr};
use tower_sessions::Session;

/// Finds out who asks, and hands the request on with its `Context`.
pub async fn establish(State(edge): State<Edge>, mut request: Request<Body>, next: Next) -> Response {
    let Ok(id) = edge.service.new_id() else { return problem::answer(&request, &Problem::Unavailable) };
    let id = RequestId(id);
    let described = describe(&edge, &request, id);
    let used = match request.extensions().get::<Session>() {
        Some(session) => signed_in_user(session).await,
        None => Ok(None),
    };
    let used = match used {
        Ok(used) => used,
        Err(error) => {
            tracing::warn!(request.id = %id, %error, "the session cannot be read");
            return problem::answer(&request, &Problem::Unavailable);
        }
    };
    if edge.local_outbox.is_some() {
        request.extensions_mut().insert(app::LocalOutbox);
    }
    let browser = browser(&edge, &request);
    let context = match used {
        Some(SignedInUser { user, proved_at, time_zone }) => {
            Context::new(edge.service, described, Actor::User(user)).proved_at(proved_at).with_time_zone(time_zone)
        }
        None => Context::new(edge.service, described, Actor::Anonymous),
    };
    request.extensions_mut().insert(context.with_browser(browser));
    next.run(request).await
}

/// A session that somebody is signed in with.
struct SignedInUser {
    user: UserId,
    /// When they last showed who they are.
    proved_at: Timestamp,
    /// The zone that they chose.
    time_zone: Option<String>,
}

async fn signed_in_user(session: &Session) -> Result<Option<SignedInUser>, tower_sessions::session::Error> {
    let Some(user) = session.get(session_key::USER).await? else { return Ok(None) };
    let proved_at = session.get(session_key::PROVED_AT).await?.unwrap_or(Timestamp(0));
    Ok(Some(SignedInUser { user, proved_at, time_zone: session.get(session_key::TIME_ZONE).await? }))
}

/// Characters of a `User-Agent` that are kept: browsers send fewer, and each session holds one.
const MAX_USER_AGENT: usize = 300;

pub fn describe(edge: &Edge, request: &Request<Body>, id: RequestId) -> service::Request {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    service::Request {
        id,
        ip: client_ip(edge, request).map_or_else(String::new, |ip| ip.to_canonical().to_string()),
        user_agent: text(header::USER_AGENT).chars().take(MAX_USER_AGENT).collect(),
        method: request.method().to_string(),
        path: action_path(request.uri().path()),
        time_zone: app::cookie(request.headers(), "time_zone"),
    }
}

/// What this browser keeps: the secret of its session, and those by which it is recognised.
fn browser(edge: &Edge, request: &Request<Body>) -> Browser {
    let session = request.extensions().get::<Session>().and_then(Session::id);
    let devices = app::cookie(request.headers(), app::device_cookie(&edge.public_url));
    Browser {
        session: session.as_ref().map(session_store::secret),
        devices: devices.map(|cookie| device::secrets(&cookie)).unwrap_or_default(),
    }
}

/// The address of the browser: what the nearest trusted proxy saw, or the other end of the connection.
fn client_ip(edge: &Edge, request: &Request<Body>) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    if edge.proxies == 0 {
        return peer;
    }
    // A line that does not read must not hide its last entry: that is the proxy's own.
    let lines =
        request.headers().get_all("x-forwarded-for").iter().map(|line| String::from_utf8_lossy(line.as_bytes()));
    let forwarded = lines.collect::<Vec<_>>().join(",");
    let hops: Vec<&str> = forwarded.split(',').map(str::trim).collect();
    // Each proxy adds the address it saw at the end; what stands before is only claimed.
    let seen = hops.len().checked_sub(edge.proxies).and_then(|position| forwarding::address(hops[position]));
    seen.or(peer)
}

/// Pages that links of letters lead to; the secret follows.
const LINKS: [&str; 5] = ["/invitations/", "/sign-up/confirm/", "/email/", "/email-undo/", "/password-reset/"];

/// The path as the log keeps it: without the account, which stands in a column of its own, and
/// without the secret of a link.
fn action_path(path: &str) -> String {
    let within = |root: &str| Some(path.strip_prefix(root)?.strip_prefix("/accounts/")?.split_once('/')?.1);
    let path = match within("") {
        Some(page) => format!("/{page}"),
        None if path.starts_with("/v1/") => format!("/v1/{}", within("/v1").unwrap_or(&path[4..])),
        None if path.starts_with("/accounts/") => "/overview".to_owned(),
        None => match LINKS.iter().find(|link| path.starts_with(**link)) {
            Some(link) => format!("{link}…"),
            None => path.to_owned(),
        },
    };
    path.chars().take(200).collect()
}

/// What the process's own log says of a request: no ids, no secrets, no personal data.
pub fn span(request: &Request<Body>) -> tracing::Span {
    let area = request.uri().path().split('/').nth(1).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), area)
}

#[cfg(test)]
mod tests {
    use super::{LINKS, action_path};

    #[test]
    fn the_log_keeps_neither_account_nor_secret() {
        assert_eq!(action_path("/accounts/018f/contacts"), "/contacts");
        assert_eq!(action_path("/accounts/018f"), "/overview");
        for link in LINKS {
            assert_eq!(action_path(&format!("{link}abcdef")), format!("{link}…"));
        }
        assert_eq!(action_path("/api/list_contacts"), "/api/list_contacts");
        assert_eq!(action_path("/v1/accounts/018f/contacts"), "/v1/contacts");
        assert_eq!(action_path("/v1/key"), "/v1/key");
    }
}
