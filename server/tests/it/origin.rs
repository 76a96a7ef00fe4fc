//! What another site makes a browser send is refused.

use crate::support::{Answer, App, Browser, Kind, Person, Setup, fields, on_sqlite};
use axum::http::StatusCode;
use model::{Contact, Locale, Page, Problem, Refusal, Text};

on_sqlite!(other_sites, own_site, safe_methods, plain_page, behind_https);

async fn add(person: &Person, browser: &Browser) -> Answer {
    let form = [("account", &*person.account.to_string()), ("form[name]", "Ben"), ("form[email]", "ben@example.com")];
    browser.call("create_contact", &fields(&form)).await
}

async fn contacts(person: &Person) -> u64 {
    let all = fields(&[("account", &person.account.to_string()), ("filter[tag]", "")]);
    person.browser.call("list_contacts", &all).await.json::<Page<Contact>>().total.rows().unwrap()
}

async fn other_sites(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let own = "http://tenantry.example";
    let attacks = [
        owner.browser.with("sec-fetch-site", b"cross-site"),
        owner.browser.with("sec-fetch-site", b"same-site"),
        owner.browser.with("sec-fetch-site", b"\xff"),
        owner.browser.with("sec-fetch-site", b""),
        owner.browser.with("sec-fetch-site", b"cross-site").with("origin", own.as_bytes()),
        owner.browser.with("origin", b"https://evil.example"),
        owner.browser.with("origin", b"http://tenantry.example.evil.example"),
        owner.browser.with("origin", b"http://evil.example/tenantry.example"),
        owner.browser.with("origin", b"null"),
        owner.browser.with("origin", b""),
        owner.browser.with("origin", b"\xff"),
    ];
    for attack in attacks {
        let answer = add(owner, &attack).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{answer:?}");
        assert_eq!(answer.problem(), Problem::Refused(Refusal::ForeignOrigin));
    }
    assert_eq!(contacts(owner).await, 0);
}

async fn own_site(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let browsers = [
        owner.browser.with("sec-fetch-site", b"same-origin").with("origin", b"http://tenantry.example"),
        owner.browser.with("sec-fetch-site", b"none"),
        owner.browser.with("origin", b"http://tenantry.example"),
        owner.browser.clone(),
    ];
    for browser in &browsers {
        assert_eq!(add(owner, browser).await.status, StatusCode::OK);
    }
    assert_eq!(contacts(owner).await, 4);
}

/// A link from anywhere opens a page.
async fn safe_methods(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let browser = owner.browser.with("sec-fetch-site", b"cross-site").with("origin", b"https://evil.example");
    assert_eq!(browser.get(&format!("/accounts/{}", owner.account)).await.status, StatusCode::OK);
}

/// Somebody before a screen reads a sentence.
async fn plain_page(on: Kind) {
    let app = App::new(on).await;
    let browser = app.owner().browser.with("accept", b"text/html").with("sec-fetch-site", b"cross-site");
    let request = browser.request("POST", "/api/sign_out").body(axum::body::Body::empty()).unwrap();
    let answer = browser.send(request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains(&*Refusal::ForeignOrigin.text(Locale::En)), "{answer:?}");
    assert!(answer.header("content-type").starts_with("text/html"));
}

/// The proxy speaks plain HTTP to us; the browser's origin is the public address.
async fn behind_https(on: Kind) {
    let app = Setup { public_url: "https://console.example", ..Setup::on(on) }.app().await;
    let owner = app.owner();
    let own = owner.browser.with("origin", b"https://console.example");
    assert_eq!(add(owner, &own).await.status, StatusCode::OK);
    let other = owner.browser.with("origin", b"https://other.example");
    assert_eq!(add(owner, &other).await.status, StatusCode::FORBIDDEN);
}
