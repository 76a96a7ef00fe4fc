//! The cookie that stands for a signed-in browser.

use crate::support::{App, Kind, PASSWORD, Setup, fields, on_both_databases};
use axum::http::StatusCode;
use model::{Problem, Role};
use sea_orm::{ConnectionTrait, Statement};

on_both_databases!(
    attributes,
    no_fixation,
    signed_out,
    another_person,
    not_in_the_database,
    none_without_need,
    recognised_browsers,
    nonsense
);

async fn attributes(on: Kind) {
    for (public_url, name, secure) in
        [("http://tenantry.example", "tenantry", false), ("https://tenantry.example", "__Host-tenantry", true)]
    {
        let app = Setup { public_url, ..Setup::on(on) }.app().await;
        let form = fields(&[("form[email]", &app.owner().email), ("form[password]", PASSWORD)]);
        let answer = app.browser().call("sign_in", &form).await;
        let cookies = answer.set_cookies();
        assert_eq!(cookies.len(), 2, "of the session and of the browser: {cookies:?}");
        for name in [name.to_owned(), format!("{name}_device")] {
            let cookie = cookies.iter().find(|cookie| cookie.starts_with(&format!("{name}="))).unwrap();
            let parts: Vec<&str> = cookie.split("; ").skip(1).collect();
            assert!(
                parts.contains(&"HttpOnly") && parts.contains(&"SameSite=Lax") && parts.contains(&"Path=/"),
                "{cookie}"
            );
            assert_eq!(parts.contains(&"Secure"), secure, "{cookie}");
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
        assert!(cookies.iter().any(|cookie| cookie.contains("_device=") && cookie.contains("Max-Age=31536000")));
    }
}

/// A cookie that somebody planted does not become the session of who signs in with it.
async fn no_fixation(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let attacker = app.join(Role::Viewer).await;
    let planted = attacker.browser.session.clone().unwrap();
    let made_up = "tenantry=AAAAAAAAAAAAAAAAAAAAAA".to_owned();
    for planted in [planted, made_up] {
        let mut victim = app.browser();
        victim.session = Some(planted.clone());
        let form = fields(&[("form[email]", &owner.email), ("form[password]", PASSWORD)]);
        let answer = victim.call("sign_in", &form).await;
        assert_ne!(answer.session().unwrap(), planted);
        victim.session = Some(planted);
        let answer = victim.call("get_profile", &fields(&[])).await;
        assert_eq!(answer.problem(), Problem::SignedOut, "the planted cookie is worth nothing");
    }
}

async fn signed_out(on: Kind) {
    let app = App::new(on).await;
    let first = app.owner().sign_in(&app).await;
    let second = app.owner().sign_in(&app).await;
    let answer = first.call("sign_out", &fields(&[])).await;
    assert_eq!(answer.status, StatusCode::OK);
    let [cookie] = answer.set_cookies()[..] else { panic!("the cookie is taken back: {answer:?}") };
    assert!(cookie.contains("Max-Age=0"), "{cookie}");
    for function in ["get_profile", "sign_out"] {
        assert_eq!(first.call(function, &fields(&[])).await.problem(), Problem::SignedOut);
    }
    assert_eq!(first.get(&format!("/accounts/{}", app.owner().account)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(second.call("get_profile", &fields(&[])).await.status, StatusCode::OK, "other browsers stay");
}

/// Whoever signs in next is not who was signed in before.
async fn another_person(on: Kind) {
    let app = App::new(on).await;
    let (owner, viewer) = (app.owner(), app.join(Role::Viewer).await);
    let mut browser = owner.sign_in(&app).await;
    let before = browser.clone();
    let form = fields(&[("form[email]", &viewer.email), ("form[password]", PASSWORD)]);
    let answer = browser.call("sign_in", &form).await;
    browser.keep(&answer);
    assert_eq!(browser.call("get_profile", &fields(&[])).await.json::<model::Profile>().id, viewer.user);
    assert_eq!(before.call("get_profile", &fields(&[])).await.problem(), Problem::SignedOut);
}

async fn not_in_the_database(on: Kind) {
    let app = App::new(on).await;
    let session = app.owner().browser.session.clone().unwrap();
    let secret = session.strip_prefix("tenantry=").unwrap();
    let db = app.service.database.for_migrations();
    let sql = "SELECT id_hash || data || ip || user_agent AS kept FROM session";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    assert_eq!(rows.len(), 1);
    for row in rows {
        let kept: String = row.try_get("", "kept").unwrap();
        assert!(!kept.contains(secret), "{kept}");
    }
}

/// Reading a page at the door makes no session, and no row for it.
async fn none_without_need(on: Kind) {
    let app = App::new(on).await;
    for path in ["/", "/sign-in", "/sign-up", "/nowhere", "/healthz"] {
        assert!(app.browser().get(path).await.set_cookies().is_empty(), "{path}");
    }
    let form = fields(&[("form[email]", &app.owner().email), ("form[password]", "Wrong-Otter-42")]);
    assert!(app.browser().call("sign_in", &form).await.set_cookies().is_empty());
}

/// A browser that signed in before is told from strangers behind the same address, also once it is signed out and
/// when two people share it.
async fn recognised_browsers(on: Kind) {
    let app = App::new(on).await;
    let (owner, other) = (app.owner(), app.join(Role::Viewer).await);
    let sign_in = |email: &str, password: &str| fields(&[("form[email]", email), ("form[password]", password)]);
    let mut laptop = app.browser();
    laptop.keep(&laptop.call("sign_in", &sign_in(&owner.email, PASSWORD)).await);
    laptop.call("sign_out", &fields(&[])).await;
    laptop.keep(&laptop.call("sign_in", &sign_in(&other.email, PASSWORD)).await);
    laptop.session = None;
    let mut stranger = laptop.clone();
    stranger.device = Some("tenantry_device=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.x..%00".to_owned());
    for email in [&owner.email, &other.email] {
        while stranger.call("sign_in", &sign_in(email, "Wrong-Otter-42")).await.status == StatusCode::UNAUTHORIZED {}
        let refused = stranger.call("sign_in", &sign_in(email, PASSWORD)).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        let answer = laptop.call("sign_in", &sign_in(email, PASSWORD)).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    }
    let db = app.service.database.for_migrations();
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), "SELECT secret_hash FROM device"));
    for row in rows.await.unwrap() {
        let hash: String = row.try_get("", "secret_hash").unwrap();
        assert!(!laptop.device.as_ref().unwrap().contains(&hash), "stored only hashed");
    }
}

async fn nonsense(on: Kind) {
    let app = App::new(on).await;
    for value in
        ["tenantry=", "tenantry=%00", "tenantry=..", "tenantry", ";;;=", "tenantry=\"; DROP", "time_zone=../../x"]
    {
        let mut browser = app.browser();
        browser.session = Some(value.to_owned());
        assert_eq!(browser.call("get_profile", &fields(&[])).await.problem(), Problem::SignedOut, "{value}");
        assert_eq!(browser.get("/sign-in").await.status, StatusCode::OK, "{value}");
    }
}
