//! Guessing passwords over HTTP.

use crate::support::{App, Browser, Kind, PASSWORD, PageForm, fields, on_both_databases};
use axum::http::StatusCode;
use model::Problem;

on_both_databases!(same_for_everybody, plain_form, by_network);

/// Wrong tries for an address from one network.
const TRIES: usize = 10;

async fn try_once(browser: &Browser, email: &str, password: &str) -> (StatusCode, String, String) {
    let answer = browser.call("sign_in", &fields(&[("form[email]", email), ("form[password]", password)])).await;
    (answer.status, answer.header("retry-after").to_owned(), answer.body)
}

/// The answers tell nobody which addresses have a login.
async fn same_for_everybody(on: Kind) {
    let app = App::new(on).await;
    let emails = [&*app.owner().email, "nobody@example.com"];
    let browsers = [app.browser(), app.browser()];
    for _ in 0..TRIES {
        let mut answers = Vec::new();
        for (browser, email) in browsers.iter().zip(emails) {
            answers.push(try_once(browser, email, "Wrong-Otter-42").await);
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0].0, StatusCode::UNAUTHORIZED);
    }
    for (browser, email) in browsers.iter().zip(emails) {
        // The right password, too, is not looked at any more.
        let (status, retry_after, body) = try_once(browser, email, PASSWORD).await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
        let Problem::TooMany { seconds } = serde_json::from_str(&body).unwrap() else { panic!("{body}") };
        assert_eq!(retry_after, seconds.to_string());
        assert!((1..=900).contains(&seconds));
    }
    let elsewhere = try_once(&app.browser(), emails[0], PASSWORD).await;
    assert_eq!(elsewhere.0, StatusCode::OK, "nobody locks out somebody elsewhere");
}

async fn plain_form(on: Kind) {
    let app = App::new(on).await;
    let browser = app.browser();
    let form = PageForm::on(&browser.get("/sign-in").await.body, "sign_in");
    let form = form.fill("form[email]", "nobody@example.com").fill("form[password]", "Wrong-Otter-42");
    for _ in 0..TRIES {
        let answer = browser.post("/sign-in", &form.action, &form.fields).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let answer = browser.post("/sign-in", &form.action, &form.fields).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.body.contains("Too many attempts. Wait 15 minutes"), "{}", answer.body);
    assert!(answer.header("retry-after").parse::<u64>().unwrap() <= 900);
    assert_eq!(PageForm::on(&answer.body, "sign_in").value("form[email]"), "nobody@example.com");
}

/// Many addresses from one network.
async fn by_network(on: Kind) {
    let app = App::new(on).await;
    let browser = app.browser();
    for number in 0..100 {
        let (status, ..) = try_once(&browser, &format!("nobody{number}@example.com"), "Wrong-Otter-42").await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(try_once(&browser, &app.owner().email, PASSWORD).await.0, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(try_once(&app.browser(), &app.owner().email, PASSWORD).await.0, StatusCode::OK, "elsewhere it goes on");
}
