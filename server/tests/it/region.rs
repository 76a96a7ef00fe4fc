//! The zone that people chose, in what they are shown and what they download: theirs alone, from the next request on.

use crate::support::{App, Browser, Kind, PASSWORD, PageForm, Person, Stream, fields, on_both_databases};
use axum::http::StatusCode;
use model::{MemberDetails, Role};

on_both_databases!(two_readers, detected, hinted_to_the_user_alone, as_csv, as_json_lines, not_kept_in_the_session);

async fn choose(browser: &Browser, country: &str, zone: &str) -> StatusCode {
    let form = fields(&[("form[country]", country), ("form[time_zone]", zone)]);
    browser.call("update_own_region", &form).await.status
}

/// The same browser, which says that it is in this zone.
fn in_zone(person: &Person, zone: &str) -> Browser {
    let mut browser = person.browser.clone();
    browser.session = Some(format!("{}; time_zone={zone}", person.browser.session.as_ref().unwrap()));
    browser
}

/// The zones of the exact dates on a page, in its HTML and in the answers beside it: "21 November 2026, 23:04:11 SAST".
fn zones(html: &str) -> Vec<&'static str> {
    let ends_date = |zone: &&str| [format!(" {zone}\""), format!(" {zone}<")].iter().any(|end| html.contains(end));
    ["SAST", "+0545", "UTC"].into_iter().filter(ends_date).collect()
}

/// Rows are kept as HTML, and answers as JSON; neither reader is shown what was made for the other, also once one of
/// them chose another zone.
async fn two_readers(on: Kind) {
    let app = App::new(on).await;
    let (north, south) = (app.join(Role::Admin).await, app.join(Role::Admin).await);
    assert_eq!(choose(&north.browser, "NP", "Asia/Kathmandu").await, StatusCode::OK);
    assert_eq!(choose(&south.browser, "ZA", "Africa/Johannesburg").await, StatusCode::OK);
    let account = app.owner().account;
    let pages = ["", "/members", "/access-log"].map(|page| format!("/accounts/{account}{page}"));
    for _ in 0..2 {
        for page in &pages {
            assert_eq!(zones(&north.browser.get(page).await.body), ["+0545"], "{page}");
            assert_eq!(zones(&south.browser.get(page).await.body), ["SAST"], "{page}");
            assert_eq!(zones(&in_zone(&south, "Asia/Kathmandu").get(page).await.body), ["SAST"], "{page}");
            assert_eq!(zones(&app.owner().browser.get(page).await.body), ["UTC"], "{page}");
        }
    }
    assert_eq!(choose(&north.browser, "ZA", "Africa/Johannesburg").await, StatusCode::OK);
    for page in &pages {
        assert_eq!(zones(&north.browser.get(page).await.body), ["SAST"], "{page}");
    }
    assert_eq!(choose(&north.browser, "", "").await, StatusCode::OK);
    for page in &pages {
        assert_eq!(zones(&in_zone(&north, "Asia/Kathmandu").get(page).await.body), ["+0545"], "{page}");
        assert_eq!(zones(&north.browser.get(page).await.body), ["UTC"], "{page}");
    }
}

/// Somebody new is where their browser is, also in one that says nothing later.
async fn detected(on: Kind) {
    let app = App::new(on).await;
    let email = app.new_address("guest");
    let secret = app.invite(&email, Role::Admin).await;
    let mut browser = app.browser().with("cookie", b"time_zone=Africa/Johannesburg");
    let form = [
        ("form[secret]", secret.as_str()),
        ("form[first_name]", "Ana"),
        ("form[last_name]", "Ruiz"),
        ("form[password]", PASSWORD),
    ];
    let answer = browser.call("accept_invitation", &fields(&form)).await;
    browser = app.browser();
    browser.keep(&answer);
    let owner = app.owner();
    let member = fields(&[("account", &owner.account.to_string()), ("member", &owner.member.to_string())]);
    let details: MemberDetails = browser.call("get_member", &member).await.json();
    assert!(details.member.joined.exact.ends_with(" SAST"), "{}", details.member.joined.exact);
    let settings = browser.get(&format!("/accounts/{}/settings", owner.account)).await.body;
    let form = PageForm::on(&settings, "update_own_region");
    assert_eq!(form.value("form[time_zone]"), "Africa/Johannesburg (UTC+02:00)");
    assert_eq!(form.value("form[country]"), "ZA");
    assert_eq!(choose(&browser, "Atlantis", "").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(choose(&browser, "ZA", "Africa/Nowhere").await, StatusCode::UNPROCESSABLE_ENTITY);
}

/// All open pages of whoever moves, and those of nobody else.
async fn hinted_to_the_user_alone(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.join(Role::Member).await, app.join(Role::Member).await);
    // On PostgreSQL hints come by way of the database: waits until they do.
    let mut hints = app.service.hints();
    let mut zones = ["Europe/Berlin", "Africa/Johannesburg"].into_iter().cycle();
    while hints.try_recv().is_err() {
        choose(&app.owner().browser, "", zones.next().unwrap()).await;
    }
    let (mut of_ana, mut of_ben) = (Stream::open(&ana.browser).await, Stream::open(&ben.browser).await);
    let mark = fields(&[("account", &app.owner().account.to_string()), ("form[name]", "Marked")]);
    assert_eq!(app.owner().browser.call("update_organisation", &mark).await.status, StatusCode::OK);
    of_ana.until("organisation").await;
    of_ben.until("organisation").await;
    choose(&ana.browser, "ZA", "Africa/Johannesburg").await;
    of_ana.until("region").await;
    let name = fields(&[("form[first_name]", "Zoë"), ("form[last_name]", "Ruiz")]);
    assert_eq!(ana.browser.call("update_own_name", &name).await.status, StatusCode::OK);
    let to_ben = of_ben.until("members").await;
    assert!(!to_ben.iter().any(|topic| topic == "region" || topic == "rights"), "{to_ben:?}");
    of_ana.until("rights").await;
}

fn download(app: &App, file: &str) -> String {
    format!("/accounts/{}/download/{file}", app.owner().account)
}

async fn as_csv(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    choose(&owner.browser, "", "Asia/Kathmandu").await;
    let csv = owner.browser.get(&download(&app, "access-log.csv")).await.body;
    let lines: Vec<&str> = csv.split("\r\n").filter(|line| !line.is_empty()).collect();
    assert!(lines[0].starts_with("Time (Asia/Kathmandu),") && lines[0].contains(",Last time (Asia/Kathmandu),"));
    assert!(lines.len() > 1);
    for line in &lines[1..] {
        let time = line.split(',').next().unwrap();
        assert!(time.len() == "2026-11-21T23:04:11+05:45".len() && time.ends_with("+05:45"), "{line}");
    }
}

async fn as_json_lines(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let zone = async || {
        let file = owner.browser.get(&download(&app, "access-log.jsonl")).await.body;
        let first: serde_json::Value = serde_json::from_str(file.lines().next().unwrap()).unwrap();
        let text = |name: &str| first[name].as_str().unwrap().to_owned();
        (text("time_zone"), text("created_at")[19..].to_owned(), text("last_at")[19..].to_owned())
    };
    let of = |zone: &str, offset: &str| (zone.to_owned(), offset.to_owned(), offset.to_owned());
    assert_eq!(zone().await, of("UTC", "+00:00"));
    choose(&owner.browser, "", "Africa/Johannesburg").await;
    assert_eq!(zone().await, of("Africa/Johannesburg", "+02:00"));
    let key = app.key(owner, "access_log.read".into()).await;
    let log = format!("/v1/accounts/{}/access-log", owner.account);
    let rest = app.browser().with_key(&key).call_rest("GET", &log, None).await;
    assert!(rest.body.contains("Z\"") && !rest.body.contains("+02:00"), "programs read UTC: {rest:?}");
}

/// It is read with the session, so that what was chosen last counts on all devices.
async fn not_kept_in_the_session(on: Kind) {
    let app = App::new(on).await;
    let ana = app.join(Role::Admin).await;
    choose(&ana.browser, "", "Asia/Kathmandu").await;
    let elsewhere = ana.sign_in(&app).await;
    let members = format!("/accounts/{}/members", app.owner().account);
    assert_eq!(zones(&elsewhere.get(&members).await.body), ["+0545"]);
    choose(&elsewhere, "", "Africa/Johannesburg").await;
    for browser in [&ana.browser, &elsewhere] {
        assert_eq!(zones(&browser.get(&members).await.body), ["SAST"]);
    }
}
