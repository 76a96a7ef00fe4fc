//! The headers that keep a browser from being used against its owner.

use crate::support::{Answer, App, Kind, Setup, fields, on_sqlite};
use std::collections::BTreeSet;

on_sqlite!(on_everything, pages_allow_only_their_scripts, https_only, nothing_inline);

async fn every_kind(app: &App) -> Vec<(String, Answer)> {
    let owner = app.owner();
    let account = owner.account;
    let mut answers = Vec::new();
    let pages = [
        "/sign-in".to_owned(),
        "/nowhere".to_owned(),
        format!("/accounts/{account}"),
        format!("/accounts/{account}/contacts"),
        "/accounts/nonsense".to_owned(),
        "/outbox".to_owned(),
        "/outbox.json".to_owned(),
        "/outbox/sms.json".to_owned(),
        "/healthz".to_owned(),
        "/readyz".to_owned(),
        "/assets/none.css".to_owned(),
        "/live".to_owned(),
        "/api/get_profile".to_owned(),
    ];
    for path in pages {
        answers.push((path.clone(), owner.browser.get(&path).await));
    }
    let door = app.browser();
    answers.push(("redirect".to_owned(), door.get(&format!("/accounts/{account}")).await));
    answers.push(("profile".to_owned(), owner.browser.call("get_profile", &fields(&[])).await));
    answers.push(("signed out".to_owned(), door.call("get_profile", &fields(&[])).await));
    answers.push(("no function".to_owned(), door.call("none", &fields(&[])).await));
    answers.push(("unreadable".to_owned(), door.call("sign_in", &fields(&[("x", "y")])).await));
    answers.push(("too large".to_owned(), door.send(door.calling("sign_in", "x".repeat(300_000))).await));
    answers.push(("foreign".to_owned(), door.with("origin", b"null").call("sign_in", &fields(&[])).await));
    answers.push(("form".to_owned(), door.post("/sign-in", "/api/sign_in", &fields(&[])).await));
    answers
}

async fn on_everything(on: Kind) {
    let app = App::new(on).await;
    for (kind, answer) in every_kind(&app).await {
        let is = |name, value| assert_eq!(answer.header(name), value, "{name} of {kind}");
        is("x-content-type-options", "nosniff");
        is("x-frame-options", "DENY");
        is("referrer-policy", "same-origin");
        is("cross-origin-opener-policy", "same-origin");
        is("cross-origin-resource-policy", "same-origin");
        is("cache-control", "no-store");
        is("strict-transport-security", "");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{kind}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{kind}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{kind}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{kind}: {policy}");
    }
}

fn nonce(answer: &Answer) -> &str {
    let policy = answer.header("content-security-policy");
    let (_, rest) = policy.split_once("script-src 'nonce-").unwrap_or_else(|| panic!("no nonce in {policy}"));
    rest.split('\'').next().unwrap()
}

async fn pages_allow_only_their_scripts(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let mut seen = BTreeSet::new();
    for path in ["/sign-in", "/sign-in", "/sign-up", "/nowhere", &format!("/accounts/{}/members", owner.account)] {
        let answer = owner.browser.get(path).await;
        let nonce = nonce(&answer);
        assert!(nonce.len() >= 22, "{nonce}: 128 bits cannot be guessed");
        assert!(seen.insert(nonce.to_owned()), "{nonce} came twice");
        let scripts: Vec<&str> = answer.body.split("<script").skip(1).collect();
        assert!(!scripts.is_empty());
        for script in scripts {
            let tag = script.split('>').next().unwrap();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{path}: <script{tag}>");
        }
    }
}

/// What the policy would keep from working is not on the pages.
async fn nothing_inline(on: Kind) {
    let app = App::new(on).await;
    let account = app.owner().account;
    let inside = ["", "/contacts", "/contacts/new", "/members", "/members/invite", "/access-log", "/organisation"];
    let mut paths: Vec<String> = inside.iter().map(|page| format!("/accounts/{account}{page}")).collect();
    paths.extend(["/sign-in", "/sign-up", "/outbox", "/nowhere"].map(ToOwned::to_owned));
    for path in paths {
        let body = app.owner().browser.get(&path).await.body;
        for inline in [" style=\"", "<style", " onclick=", " onload=", " onsubmit=", "javascript:"] {
            assert!(!body.contains(inline), "{inline} on {path}");
        }
    }
}

async fn https_only(on: Kind) {
    let app = Setup { public_url: "https://tenantry.example", ..Setup::on(on) }.app().await;
    for (kind, answer) in every_kind(&app).await {
        let strict = answer.header("strict-transport-security");
        let age: u64 =
            strict.split("max-age=").nth(1).and_then(|rest| rest.split(';').next()).unwrap().parse().unwrap();
        assert!(age >= 31_536_000, "{kind}: {strict}");
    }
}
