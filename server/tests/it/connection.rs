//! Connections that keep the server waiting, and those that are too many.

use crate::support::{App, Kind, fields, on_sqlite};
use axum::{Router, body::Body, routing::get};
use futures::stream;
use server::connections::{self, Connections, Limits};
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
};

on_sqlite!(silent, half_a_head, half_a_body, idle_after_an_answer, a_live_channel_stays);

/// Short, so that a test sees its end.
const SHORT: Duration = Duration::from_millis(100);
const SHORT_HEAD: Limits = Limits { head: SHORT, body: Duration::from_hours(1), ..Limits::DIRECT };
const SHORT_BODY: Limits = Limits { head: Duration::from_hours(1), body: SHORT, ..Limits::DIRECT };

/// An installation that listens.
struct Listening {
    app: App,
    address: SocketAddr,
    _stop: watch::Sender<bool>,
}

async fn listening(on: Kind, limits: Limits) -> Listening {
    let app = App::new(on).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(connections::serve(listener, app.router.clone(), limits, stopped));
    Listening { app, address, _stop: stop }
}

/// Sends this and no more; gives what came until the server ended the connection.
async fn until_closed(to: SocketAddr, text: &str) -> String {
    let mut connection = TcpStream::connect(to).await.unwrap();
    connection.write_all(text.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A connection with unread input is reset.
    let _ = connection.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

async fn silent(on: Kind) {
    let server = listening(on, SHORT_HEAD).await;
    assert_eq!(until_closed(server.address, "").await, "");
}

async fn half_a_head(on: Kind) {
    let server = listening(on, SHORT_HEAD).await;
    let answer = until_closed(server.address, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-").await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

async fn half_a_body(on: Kind) {
    let server = listening(on, SHORT_BODY).await;
    for path in ["/api/sign_in", "/api/get_profile", "/sign-in", "/v1/key"] {
        let head = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100";
        let request = format!("POST {path} HTTP/1.1\r\nHost: tenantry.example\r\n{head}\r\n\r\nform");
        let answer = until_closed(server.address, &request).await;
        assert!(!answer.contains("200 OK"), "{path}: {answer}");
    }
}

async fn idle_after_an_answer(on: Kind) {
    for limits in [SHORT_HEAD, Limits { head: SHORT, ..Limits::BEHIND_PROXY }] {
        let server = listening(on, limits).await;
        let answer = until_closed(server.address, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    }
}

/// Those of the tests are others.
#[test]
fn defaults_are_as_documented() {
    let document = include_str!("../../../docs/security.md");
    let (direct, proxied) = (Limits::behind(0), Limits::behind(1));
    let (head, idle) = (direct.head.as_secs(), proxied.head.as_secs());
    assert_eq!((direct.total, direct.of_network), (10_000, Some(1_000)));
    assert_eq!((proxied.total, proxied.of_network, proxied.body), (10_000, None, direct.body));
    assert_eq!((direct.of_site, proxied.of_site, proxied.write), (Some(4_000), None, direct.write));
    for line in [
        format!("idle connections are closed ({head} seconds, {idle} behind a proxy)."),
        format!("So are requests whose body stops ({} seconds).", direct.body.as_secs()),
        format!("So are those whose client reads nothing of its answer ({} seconds).", direct.write.as_secs()),
        "Connections are limited in total, per network and per IPv6 /48 (10,000, 1,000 and 4,000).".to_owned(),
    ] {
        assert!(document.contains(&line), "{line}");
    }
}

/// Says when an answer is given up.
struct GivenUp(mpsc::Sender<()>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        let _ = self.0.try_send(());
    }
}

/// An answer without end, from a server of its own; and what hears of its end.
async fn answering_for_ever(limits: Limits) -> (SocketAddr, mpsc::Receiver<()>, watch::Sender<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, ended) = mpsc::channel(1);
    let answer = async move || {
        let given_up = GivenUp(sender);
        let pieces = stream::repeat_with(move || {
            let _ = &given_up;
            Ok::<_, Infallible>(vec![b'x'; 1 << 16])
        });
        Body::from_stream(pieces)
    };
    let router = Router::new().route("/", get(answer));
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(connections::serve(listener, router, limits, stopped));
    (address, ended, stop)
}

const SHORT_WRITE: Limits = Limits { write: SHORT, ..Limits::DIRECT };

#[tokio::test]
async fn not_read() {
    let (address, mut ended, _stop) = answering_for_ever(SHORT_WRITE).await;
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    assert_eq!(ended.recv().await, Some(()), "the answer is given up");
    let mut rest = Vec::new();
    // It ends in the middle, or by a reset.
    let _ = client.read_to_end(&mut rest).await;
}

/// Whoever reads a little now and then is served for as long as they like.
#[tokio::test]
async fn read_slowly() {
    let (address, mut ended, _stop) = answering_for_ever(Limits { write: 10 * SHORT, ..Limits::DIRECT }).await;
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut piece = vec![0; 8 << 20];
    for _ in 0..12 {
        client.read_exact(&mut piece).await.unwrap();
        // As long as another connection takes to come to its end.
        let (other, mut other_ended, _stop) = answering_for_ever(SHORT_WRITE).await;
        let mut other = TcpStream::connect(other).await.unwrap();
        other.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        assert_eq!(other_ended.recv().await, Some(()));
    }
    assert!(ended.try_recv().is_err_and(|error| error == mpsc::error::TryRecvError::Empty));
}

/// What the server sends may pause for longer than any request.
async fn a_live_channel_stays(on: Kind) {
    let server = listening(on, Limits { body: SHORT, write: SHORT, ..SHORT_HEAD }).await;
    let owner = server.app.owner();
    let request = format!(
        "GET /live HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nCookie: {}\r\n\r\n",
        owner.browser.session.as_deref().unwrap()
    );
    let mut channel = TcpStream::connect(server.address).await.unwrap();
    channel.write_all(request.as_bytes()).await.unwrap();
    let mut told = Vec::new();
    let until = async |channel: &mut TcpStream, told: &mut Vec<u8>, text: &str| {
        while !String::from_utf8_lossy(told).contains(text) {
            assert_ne!(channel.read_buf(told).await.unwrap(), 0, "{}", String::from_utf8_lossy(told));
        }
    };
    until(&mut channel, &mut told, "event: hello").await;
    // As long as another connection takes to come to its end, and longer than any limit.
    for _ in 0..3 {
        until_closed(server.address, "").await;
    }
    let contact = fields(&[
        ("account", &owner.account.to_string()),
        ("form[name]", "Zebedee"),
        ("form[email]", "zebedee@example.com"),
    ]);
    assert_eq!(owner.browser.call("create_contact", &contact).await.status, 200);
    until(&mut channel, &mut told, "contacts").await;
}

#[test]
fn so_many_of_one_network() {
    let connections = Connections::new(Limits { total: 5, of_network: Some(2), ..Limits::DIRECT });
    let admit = |address: &str| connections.admit(address.parse::<IpAddr>().unwrap());
    let first = admit("2001:db8::7").unwrap();
    let _second = admit("2001:db8::ffff").unwrap();
    assert!(admit("2001:db8::1").is_none(), "all addresses of one customer count together");
    let _other = admit("2001:db8:0:1::1").unwrap();
    let _mapped = admit("::ffff:192.0.2.1").unwrap();
    let _plain = admit("192.0.2.1").unwrap();
    assert!(admit("198.51.100.1").is_none(), "the total is reached");
    drop(first);
    assert!(admit("192.0.2.1").is_none(), "written differently, it is the same address");
    assert!(admit("2001:db8::1").is_some(), "a connection that ended makes room");
}

/// A customer with a /48 has 65,536 networks.
#[test]
fn so_many_of_one_site() {
    let limits = Limits { of_network: Some(2), of_site: Some(3), ..Limits::DIRECT };
    let connections = Connections::new(limits);
    let admit = |address: &str| connections.admit(address.parse::<IpAddr>().unwrap());
    let first = admit("2001:db8:1:1::1").unwrap();
    let _others = [admit("2001:db8:1:2::1").unwrap(), admit("2001:db8:1:3::1").unwrap()];
    assert!(admit("2001:db8:1:4::1").is_none());
    let _elsewhere = admit("2001:db8:2:1::1").unwrap();
    let _plain = [admit("192.0.2.1").unwrap(), admit("192.0.2.2").unwrap(), admit("192.0.2.3").unwrap()];
    let _last = admit("192.0.2.4").unwrap();
    drop(first);
    assert!(admit("2001:db8:1:4::1").is_some(), "a connection that ended makes room");
}

#[test]
fn behind_a_proxy_all_come_from_one_address() {
    let connections = Connections::new(Limits { total: 3_000, ..Limits::BEHIND_PROXY });
    let address: IpAddr = "192.0.2.1".parse().unwrap();
    let places: Vec<_> = (0..3_000).map_while(|_| connections.admit(address)).collect();
    assert_eq!(places.len(), 3_000);
}
