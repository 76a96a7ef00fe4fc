//! The built server: how it stops, starts again, and keeps others out.

use crate::support::{Kind, PASSWORD, Process, fields, fresh, on_both_databases, on_sqlite, run_to_end, send};
use std::{net::SocketAddr, path::Path, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

on_both_databases!(stops_cleanly, keeps_sessions, tells_its_log_nothing, readers_who_leave);
on_sqlite!(one_process_for_each_file);

/// Somebody who founded an organisation on a running server.
pub struct Founder {
    pub session: String,
    pub account: String,
}

pub const EMAIL: &str = "olga.owens@example.com";

pub async fn found(at: SocketAddr) -> Founder {
    let form = fields(&[
        ("form[first_name]", "Olga"),
        ("form[last_name]", "Owens"),
        ("form[organisation]", "Acme"),
        ("form[email]", EMAIL),
        ("form[password]", PASSWORD),
    ]);
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let (status, answer) = send(at, "POST /api/sign_up", "", &body).await.unwrap();
    assert_eq!(status, 200, "{answer}");
    let mut cookies = answer.lines().filter_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next());
    let session = cookies.find(|cookie| cookie.starts_with("tenantry=")).unwrap().to_owned();
    let (_, home) = send(at, "GET /", &session, "").await.unwrap();
    let account = home.lines().find_map(|line| line.strip_prefix("location: /accounts/")).unwrap().to_owned();
    Founder { session, account }
}

/// SIGTERM ends it with success, though a page is open that would listen for ever.
async fn stops_cleanly(on: Kind) {
    let database = fresh(on).await;
    let process = Process::start(&database.url, &[]).await;
    let Founder { session, .. } = found(process.address).await;
    let mut page = TcpStream::connect(process.address).await.unwrap();
    let request = format!("GET /live HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nCookie: {session}\r\n\r\n");
    page.write_all(request.as_bytes()).await.unwrap();
    let mut told = Vec::new();
    while !String::from_utf8_lossy(&told).contains("event: hello") {
        assert_ne!(page.read_buf(&mut told).await.unwrap(), 0, "{}", String::from_utf8_lossy(&told));
    }
    let idle = TcpStream::connect(process.address).await.unwrap();
    let (code, log) = process.stop().await;
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("stopped") && !log.contains("gave up waiting"), "{log}");
    page.read_to_end(&mut told).await.unwrap();
    drop(idle);
}

/// Thousands of pages, most of whose readers are gone before they are whole: nothing breaks, and whoever stays is
/// served.
async fn readers_who_leave(on: Kind) {
    let database = fresh(on).await;
    let process = Process::start(&database.url, &[]).await;
    let Founder { session, account } = found(process.address).await;
    let (at, pages) = (process.address, ["/access-log", "/contacts", "/members"]);
    for number in 0..60 {
        let (name, email) = (format!("Contact {number}"), format!("contact{number}@example.com"));
        let contact = fields(&[("account", &account), ("form[name]", &name), ("form[email]", &email)]);
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(contact).finish();
        assert_eq!(send(at, "POST /api/create_contact", &session, &body).await.unwrap().0, 200);
    }
    let readers = (0..16_u64).map(|reader| {
        let (session, account) = (session.clone(), account.clone());
        tokio::spawn(async move {
            for turn in 0..100_u64 {
                let path =
                    format!("/accounts/{account}{}", pages[usize::try_from(reader + turn).unwrap() % pages.len()]);
                let request =
                    format!("GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nCookie: {session}\r\n\r\n");
                let mut page = TcpStream::connect(at).await.unwrap();
                page.write_all(request.as_bytes()).await.unwrap();
                // Gone at every stage of the page, from before it begins to after its first part.
                let patience = Duration::from_millis((reader * 7 + turn * 3) % 120);
                let _ = tokio::time::timeout(patience, page.read_u8()).await;
                drop(page);
                if turn % 25 == 0 {
                    let (status, _) = send(at, &format!("GET {path}"), &session, "").await.unwrap();
                    assert_eq!(status, 200, "{path}");
                }
            }
        })
    });
    for reader in readers.collect::<Vec<_>>() {
        reader.await.unwrap();
    }
    let (code, log) = process.stop().await;
    assert_eq!(code, Some(0), "{log}");
    assert!(!log.contains("panicked"), "{log}");
}

async fn keeps_sessions(on: Kind) {
    let database = fresh(on).await;
    let process = Process::start(&database.url, &[]).await;
    let founder = found(process.address).await;
    process.stop().await;
    let process = Process::start(&database.url, &[]).await;
    let (status, answer) = send(process.address, "POST /api/get_profile", &founder.session, "").await.unwrap();
    assert_eq!(status, 200, "{answer}");
    assert!(answer.contains(EMAIL));
}

/// Personal data and secrets stay out of the process's log.
async fn tells_its_log_nothing(on: Kind) {
    let database = fresh(on).await;
    let process = Process::start(&database.url, &[("TENANTRY_LOG", "debug,sqlx=warn,hyper=warn")]).await;
    let at = process.address;
    let Founder { session, account } = found(at).await;
    let wrong = format!("form%5Bemail%5D={EMAIL}&form%5Bpassword%5D=Wrong-Otter-42");
    assert_eq!(send(at, "POST /api/sign_in", "", &wrong).await.unwrap().0, 401);
    let contact = format!("account={account}&form%5Bname%5D=Zebedee&form%5Bemail%5D=zebedee%40example.com");
    assert_eq!(send(at, "POST /api/create_contact", &session, &contact).await.unwrap().0, 200);
    let invite = format!("account={account}&form%5Bemails%5D=nora%40example.com&form%5Brole%5D=viewer");
    assert_eq!(send(at, "POST /api/invite_members", &session, &invite).await.unwrap().0, 200);
    assert_eq!(send(at, "GET /invitations/Sesame", "", "").await.unwrap().0, 404);
    let (_, log) = process.stop().await;
    let secret = session.split_once('=').unwrap().1;
    for private in [EMAIL, "Owens", PASSWORD, "Wrong-Otter", secret, "Zebedee", "zebedee", "nora@", "Sesame"] {
        assert!(!log.contains(private), "{private} stands in the log: {log}");
    }
}

async fn one_process_for_each_file(on: Kind) {
    let database = fresh(on).await;
    let process = Process::start(&database.url, &[]).await;
    for arguments in [&["serve"][..], &["migrate"], &["demo"]] {
        let settings = [("TENANTRY_DATABASE_URL", &*database.url), ("TENANTRY_BIND", "127.0.0.1:1")];
        let (code, text) = run_to_end(arguments, &settings, Path::new("/")).await;
        assert_ne!(code, 0, "{arguments:?}");
        assert!(text.contains("another tenantry is using it; stop that one first"), "{text}");
    }
    assert_eq!(send(process.address, "GET /readyz", "", "").await.unwrap().0, 200, "the first goes on");
}
