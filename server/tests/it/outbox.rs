//! The local outbox holds the secrets of invitations: it is there only where nobody else reads it.

use crate::support::{App, Kind, Process, Setup, fresh, on_sqlite, send};
use axum::http::StatusCode;
use model::Role;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

on_sqlite!(shows_letters, not_with_smtp, not_with_a_public_address, not_under_another_name);

async fn shows_letters(on: Kind) {
    let app = App::new(on).await;
    let secret = app.invite("nora@example.com", Role::Viewer).await;
    let link = format!("http://tenantry.example/invitations/{secret}");
    let page = app.browser().get("/outbox").await;
    assert!(page.body.contains("nora@example.com") && page.body.contains(&format!("href=\"{link}\"")), "{page:?}");
    let letters: Vec<serde_json::Value> = app.browser().get("/outbox.json").await.json();
    assert_eq!(letters[0]["to"], "nora@example.com");
    assert!(letters[0]["text"].as_str().unwrap().contains(&link));
    let none = Setup { local_outbox: false, ..Setup::on(on) }.app().await;
    for path in ["/outbox", "/outbox.json"] {
        assert_eq!(none.browser().get(path).await.status, StatusCode::NOT_FOUND);
    }
}

async fn status(settings: &[(&str, &str)], on: Kind) -> u16 {
    let database = fresh(on).await;
    let process = Process::start(&database.url, settings).await;
    send(process.address, "GET /outbox.json", "", "").await.unwrap().0
}

async fn not_with_smtp(on: Kind) {
    assert_eq!(status(&[], on).await, 200);
    assert_eq!(status(&[("TENANTRY_SMTP_URL", "smtp://127.0.0.1:9")], on).await, 404);
}

/// A page elsewhere whose name its owner lets lead to this machine.
async fn not_under_another_name(on: Kind) {
    let database = fresh(on).await;
    let process = Process::start(&database.url, &[]).await;
    for (host, status) in
        [("127.0.0.1:3000", "200"), ("localhost", "200"), ("evil.example", "404"), ("127.0.0.1.evil.example", "404")]
    {
        let request = format!("GET /outbox.json HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let mut connection = TcpStream::connect(process.address).await.unwrap();
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{host}: {answer}");
    }
    assert_eq!(status(&[("TENANTRY_PUBLIC_URL", "http://127.evil.example")], on).await, 404);
}

/// A proxy on the same machine reaches a server on loopback, and hands on what anybody asks for.
async fn not_with_a_public_address(on: Kind) {
    assert_eq!(status(&[("TENANTRY_PROXIES", "1")], on).await, 404);
    assert_eq!(status(&[("TENANTRY_PUBLIC_URL", "https://tenantry.example")], on).await, 404);
}
