//! Whose address the log and the limits are about.

use crate::support::{App, Browser, Kind, Setup, fields, on_sqlite};
use model::{AccessEntry, Page};

on_sqlite!(no_proxy, one_proxy, two_proxies, nonsense);

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

/// Nothing that a browser puts before the proxy's entry makes it another's.
async fn nonsense(on: Kind) {
    let app = behind(on, 1).await;
    let browser = app.browser().with("x-forwarded-for", b"10.0.0.1");
    let with_bytes = browser.with("x-forwarded-for", b"\xff\xfe, 203.0.113.7");
    assert_eq!(logged(&app, &with_bytes).await, "203.0.113.7");
    let peer = app.browser();
    for value in [&b"nonsense"[..], b"", b",", b"1.2.3.4:99999", b"<script>"] {
        assert_eq!(logged(&app, &peer.with("x-forwarded-for", value)).await, peer.ip.to_string());
    }
}
