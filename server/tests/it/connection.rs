//! Connections that keep the server waiting, and those that are too many.

use crate::support::{App, Kind, fields, on_sqlite};
use server::connections::{self, Connections, Limits};
use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

on_sqlite!(silent, half_a_head, half_a_body, idle_after_an_answer, a_live_channel_stays);

/// Short, so that a test sees their end.
const SHORT: Limits = Limits { head: Duration::from_millis(100), body: Duration::from_millis(100), ..Limits::DIRECT };

/// An installation that listens.
struct Listening {
    app: App,
    address: SocketAddr,
    _stop: watch::Sender<bool>,
}

async fn listening(on: Kind) -> Listening {
    let app = App::new(on).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(connections::serve(listener, app.router.clone(), SHORT, stopped));
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
    let server = listening(on).await;
    assert_eq!(until_closed(server.address, "").await, "");
}

async fn half_a_head(on: Kind) {
    let server = listening(on).await;
    let answer = until_closed(server.address, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-").await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

async fn half_a_body(on: Kind) {
    let server = listening(on).await;
    for path in ["/api/sign_in", "/api/get_profile", "/sign-in", "/v1/key"] {
        let head = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100";
        let request = format!("POST {path} HTTP/1.1\r\nHost: tenantry.example\r\n{head}\r\n\r\nform");
        let answer = until_closed(server.address, &request).await;
        assert!(!answer.contains("200 OK"), "{path}: {answer}");
    }
}

async fn idle_after_an_answer(on: Kind) {
    let server = listening(on).await;
    let answer = until_closed(server.address, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

/// What the server sends may pause for longer than any request.
async fn a_live_channel_stays(on: Kind) {
    let server = listening(on).await;
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

#[test]
fn behind_a_proxy_all_come_from_one_address() {
    let connections = Connections::new(Limits { total: 3_000, ..Limits::BEHIND_PROXY });
    let address: IpAddr = "192.0.2.1".parse().unwrap();
    let places: Vec<_> = (0..3_000).map_while(|_| connections.admit(address)).collect();
    assert_eq!(places.len(), 3_000);
}
