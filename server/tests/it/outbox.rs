//! The local outbox holds the secrets of invitations: it is there only where nobody else reads it.

use crate::support::{App, Browser, Kind, OUTBOX_TOKEN, Process, Setup, fresh, on_sqlite, send};
use axum::http::StatusCode;
use model::Role;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

on_sqlite!(
    shows_letters,
    shows_text_messages,
    opened_by_its_token_alone,
    not_through_a_proxy,
    not_with_smtp,
    not_with_a_public_address,
    not_under_another_name,
    printed_at_start
);

const COOKIE: &str = "tenantry_outbox=0123456789abcdef";

/// A browser that has opened the address from the terminal.
async fn operator(app: &App) -> Browser {
    let mut browser = app.browser();
    let answer = browser.get(&format!("/outbox?token={OUTBOX_TOKEN}")).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/outbox"));
    assert_eq!(answer.set_cookies(), [format!("{COOKIE}; Path=/; HttpOnly; SameSite=Strict")]);
    browser.session = Some(COOKIE.to_owned());
    browser
}

async fn shows_letters(on: Kind) {
    let app = App::new(on).await;
    let secret = app.invite("nora@example.com", Role::Viewer).await;
    let link = format!("http://tenantry.example/invitations/{secret}");
    let operator = operator(&app).await;
    let page = operator.get("/outbox").await;
    assert!(page.body.contains("nora@example.com") && page.body.contains(&format!("href=\"{link}\"")), "{page:?}");
    let letters: Vec<serde_json::Value> = operator.get("/outbox.json").await.json();
    assert_eq!(letters[0]["to"], "nora@example.com");
    assert!(letters[0]["text"].as_str().unwrap().contains(&link));
    let none = Setup { local_outbox: false, ..Setup::on(on) }.app().await;
    for path in ["/outbox", "/outbox.json", "/outbox/sms.json", &format!("/outbox?token={OUTBOX_TOKEN}")] {
        assert_eq!(none.browser().get(path).await.status, StatusCode::NOT_FOUND);
    }
}

/// As a phone does: by number, the latest last, in the lines that were sent.
async fn shows_text_messages(on: Kind) {
    let app = App::new(on).await;
    for number in ["+27821234567", "+447700900123", "+27821234567"] {
        app.put_code(number).await;
        app.deliver().await;
    }
    let operator = operator(&app).await;
    let messages: Vec<serde_json::Value> = operator.get("/outbox/sms.json").await.json();
    let to: Vec<&str> = messages.iter().map(|message| message["to"].as_str().unwrap()).collect();
    assert_eq!(to, ["+27821234567", "+447700900123", "+27821234567"], "the newest first");
    let text = |message: usize| messages[message]["text"].as_str().unwrap();
    let page = operator.get("/outbox").await.body;
    assert_eq!(page.matches("+27821234567").count(), 1, "one conversation: {page}");
    let [oldest, newest] = [2, 0].map(|message| page.find(text(message)).expect("the text in its own lines"));
    assert!(oldest < newest);
    assert!(text(0).contains("\n\n@tenantry.example #"), "{}", text(0));
    assert!(page.contains(&format!("datetime=\"{}\"", messages[0]["sent"].as_str().unwrap())));
}

async fn opened_by_its_token_alone(on: Kind) {
    let app = App::new(on).await;
    let secret = app.invite("nora@example.com", Role::Viewer).await;
    let wrong = ["", "x", "0123456789abcdeX", "0123456789abcdef0"];
    let addresses = wrong.iter().map(|token| format!("/outbox?token={token}")).chain(["/outbox".to_owned()]);
    for path in addresses {
        let page = app.browser().get(&path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        assert!(page.body.contains("Open the address that the server printed"), "{path}");
        assert!(!page.body.contains(&secret) && page.set_cookies().is_empty(), "{path}");
    }
    for token in wrong {
        let mut browser = app.browser();
        browser.session = Some(format!("tenantry_outbox={token}"));
        assert_eq!(browser.get("/outbox").await.status, StatusCode::FORBIDDEN);
        for path in ["/outbox.json", "/outbox/sms.json"] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(browser.get(&format!("/outbox.json?token={token}")).await.status, StatusCode::NOT_FOUND);
    }
    let answer = app.browser().get(&format!("/outbox.json?token={OUTBOX_TOKEN}")).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/outbox.json"));
    // Somebody who is signed in is not the operator.
    assert_eq!(app.owner().browser.get("/outbox").await.status, StatusCode::FORBIDDEN);
}

/// A proxy on the same machine reaches a server on loopback: what it passes on gets nothing, token or not.
async fn not_through_a_proxy(on: Kind) {
    let app = App::new(on).await;
    let operator = operator(&app).await;
    for header in [
        "forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-forwarded-anything",
        "x-real-ip",
        "via",
        "cf-connecting-ip",
        "true-client-ip",
    ] {
        let forwarded = operator.with(header, b"203.0.113.7");
        for path in ["/outbox", "/outbox.json", "/outbox/sms.json", &format!("/outbox?token={OUTBOX_TOKEN}")] {
            let answer = forwarded.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{header}: {path}");
            assert!(answer.set_cookies().is_empty(), "{header}: {path}");
        }
    }
    assert_eq!(operator.get("/outbox").await.status, StatusCode::OK);
}

async fn status(settings: &[(&str, &str)], on: Kind) -> u16 {
    let database = fresh(on).await;
    let process = Process::start(&database.url, settings).await;
    send(process.address, "GET /outbox.json", COOKIE, "").await.unwrap().0
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
        let request =
            format!("GET /outbox.json HTTP/1.1\r\nHost: {host}\r\nCookie: {COOKIE}\r\nConnection: close\r\n\r\n");
        let mut connection = TcpStream::connect(process.address).await.unwrap();
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{host}: {answer}");
    }
    let settings = [("TENANTRY_PUBLIC_URL", "http://127.evil.example"), ("TENANTRY_ALLOW_INSECURE", "http")];
    assert_eq!(status(&settings, on).await, 404);
}

/// A proxy on the same machine reaches a server on loopback, and hands on what anybody asks for.
async fn not_with_a_public_address(on: Kind) {
    assert_eq!(status(&[("TENANTRY_PROXIES", "1")], on).await, 404);
    assert_eq!(status(&[("TENANTRY_PUBLIC_URL", "https://tenantry.example")], on).await, 404);
}

/// The address that opens it stands in the terminal, whatever is logged, and is another after each start.
async fn printed_at_start(on: Kind) {
    let database = fresh(on).await;
    let printed = async || {
        let process = Process::start(&database.url, &[("TENANTRY_OUTBOX_TOKEN", "")]).await;
        let (_, log) = process.stop().await;
        let line = log.lines().find_map(|line| line.strip_prefix("outbox: http://localhost:")).map(ToOwned::to_owned);
        line.unwrap().split_once("/outbox?token=").unwrap().1.to_owned()
    };
    let (one, two) = (printed().await, printed().await);
    assert!(one.len() >= 43 && one != two, "{one} {two}");
}
