//! Whose address the log and the limits are about.

use crate::support::{App, Browser, Kind, Process, Setup, fields, fresh, on_sqlite, send};
use model::{AccessEntry, Page};

on_sqlite!(no_proxy, one_proxy, two_proxies, with_ports_and_brackets, nonsense, told_once);

/// The address under which the log keeps what this browser does.
async fn logged(app: &App, browser: &Browser) -> String {
    let owner = app.owner();
    let account = owner.account.to_string();
    let form = [("account", account.as_str()), ("form[name]", "Ben"), ("form[email]", "ben@example.com")];
    let mut browser = browser.clone();
    browser.session.clone_from(&owner.browser.session);
    browser.call("create_contact", &fields(&form)).await;
    let log = owner.browser.call("list_access_entries", &fields(&[("account", &account), ("filter[ips]", "")])).await;
    log.json::<Page<AccessEntry>>().rows[0].ip.clone()
}

async fn behind(on: Kind, proxies: usize) -> App {
    Setup { proxies, ..Setup::on(on) }.app().await
}

async fn no_proxy(on: Kind) {
    let app = behind(on, 0).await;
    let browser = app.browser().with("x-forwarded-for", b"203.0.113.7").with("x-real-ip", b"203.0.113.7");
    let browser = browser.with("forwarded", b"for=203.0.113.7");
    assert_eq!(logged(&app, &browser).await, browser.ip.to_string());
}

async fn one_proxy(on: Kind) {
    let app = behind(on, 1).await;
    let browser = app.browser();
    let seen = browser.with("x-forwarded-for", b"203.0.113.7");
    assert_eq!(logged(&app, &seen).await, "203.0.113.7");
    let claimed = browser.with("x-forwarded-for", b"10.0.0.1, 127.0.0.1,203.0.113.7 ");
    assert_eq!(logged(&app, &claimed).await, "203.0.113.7", "what stands before is only claimed");
    let in_two_lines = browser.with("x-forwarded-for", b"10.0.0.1").with("x-forwarded-for", b"203.0.113.7");
    assert_eq!(logged(&app, &in_two_lines).await, "203.0.113.7");
    assert_eq!(logged(&app, &browser).await, browser.ip.to_string(), "past the proxy");
    let mapped = browser.with("x-forwarded-for", b"::ffff:203.0.113.7");
    assert_eq!(logged(&app, &mapped).await, "203.0.113.7", "one address, one way to write it");
    let long = browser.with("x-forwarded-for", b"2001:db8::7");
    assert_eq!(logged(&app, &long).await, "2001:db8::7");
}

async fn two_proxies(on: Kind) {
    let app = behind(on, 2).await;
    let browser = app.browser().with("x-forwarded-for", b"10.0.0.1, 203.0.113.7, 192.0.2.1");
    assert_eq!(logged(&app, &browser).await, "203.0.113.7");
}

/// Some proxies add the port they saw, and put IPv6 addresses into brackets.
async fn with_ports_and_brackets(on: Kind) {
    let app = behind(on, 1).await;
    for (entry, address) in [
        ("203.0.113.8:51008", "203.0.113.8"),
        ("10.0.0.1:80, 203.0.113.8:51008", "203.0.113.8"),
        ("[2001:db8::7]:51008", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[::ffff:203.0.113.8]:51008", "203.0.113.8"),
    ] {
        let browser = app.browser().with("x-forwarded-for", entry.as_bytes());
        assert_eq!(logged(&app, &browser).await, address, "{entry}");
    }
}

/// An operator who forgot to say how many proxies there are learns of it, and is not told with every request.
async fn told_once(on: Kind) {
    let database = fresh(on).await;
    let warned = async |proxies: &str, header: &str| {
        let process = Process::start(&database.url, &[("TENANTRY_PROXIES", proxies)]).await;
        for _ in 0..3 {
            let line = format!("GET /healthz HTTP/1.1\r\n{header}\r\nX-Rest:");
            assert_eq!(send(process.address, &line, "", "").await.unwrap().0, 200);
        }
        let (_, log) = process.stop().await;
        log.matches("TENANTRY_PROXIES is 0").count()
    };
    assert_eq!(warned("0", "X-Nothing: 1").await, 0);
    assert_eq!(warned("0", "X-Forwarded-For: 203.0.113.7").await, 1);
    assert_eq!(warned("0", "Forwarded: for=203.0.113.7").await, 1);
    assert_eq!(warned("1", "X-Forwarded-For: 203.0.113.7").await, 0);
}

/// Nothing that a browser puts before the proxy's entry makes it another's.
async fn nonsense(on: Kind) {
    let app = behind(on, 1).await;
    let browser = app.browser().with("x-forwarded-for", b"10.0.0.1");
    let with_bytes = browser.with("x-forwarded-for", b"\xff\xfe, 203.0.113.7");
    assert_eq!(logged(&app, &with_bytes).await, "203.0.113.7");
    let peer = app.browser();
    for value in [&b"nonsense"[..], b"", b",", b"1.2.3.4:99999", b"[2001:db8::7", b"[]:80", b"<script>"] {
        assert_eq!(logged(&app, &peer.with("x-forwarded-for", value)).await, peer.ip.to_string());
    }
}
