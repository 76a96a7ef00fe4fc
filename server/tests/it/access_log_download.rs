//! The log as a file: what the page lists, for those who may, safe to open with a spreadsheet.

use crate::support::{App, Kind, on_both_databases};
use axum::http::StatusCode;
use model::{ApiKeyForm, Role};

on_both_databases!(as_csv, as_json_lines, without_formulas, for_those_who_may);

fn address(app: &App, file: &str) -> String {
    format!("/accounts/{}/download/{file}", app.owner().account)
}

async fn as_csv(on: Kind) {
    let app = App::new(on).await;
    app.join(Role::Member).await;
    let answer = app.owner().browser.get(&address(&app, "access-log.csv?outcome=allowed&who=olga")).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"access-log.csv\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    let lines: Vec<&str> = answer.body.split("\r\n").filter(|line| !line.is_empty()).collect();
    assert!(lines[0].starts_with("Time (UTC),Person,API key,IP address,"), "{}", lines[0]);
    assert_eq!(answer.header("x-records"), (lines.len() - 1).to_string());
    assert!(lines.len() > 2 && lines[1..].iter().all(|line| line.contains(",Olga Owens,")), "{lines:?}");
}

async fn as_json_lines(on: Kind) {
    let app = App::new(on).await;
    let answer = app.owner().browser.get(&address(&app, "access-log.jsonl")).await;
    assert_eq!(answer.header("content-type"), "application/jsonl");
    for line in answer.body.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(entry["action"].is_string() && entry["created_at"].is_string(), "{line}");
    }
    assert_eq!(answer.header("x-records"), answer.body.lines().count().to_string());
}

/// What others type must not run in the spreadsheet of whoever opens the file.
async fn without_formulas(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let form = ApiKeyForm { name: "=1+1".to_owned(), permissions: "access_log.read".into(), days: 0, like: None };
    let key = service::api_key::create(&app.context(owner.user), owner.account, form).await.unwrap();
    let log = format!("/v1/accounts/{}/access-log", owner.account);
    assert_eq!(app.browser().with_key(&key.secret).call_rest("GET", &log, None).await.status, StatusCode::OK);
    let answer = owner.browser.get(&address(&app, "access-log.csv")).await;
    assert!(answer.body.contains(",'=1+1,"), "{}", answer.body);
    assert!(!answer.body.contains(",=1+1,"));
}

async fn for_those_who_may(on: Kind) {
    let app = App::new(on).await;
    let path = address(&app, "access-log.csv");
    for role in [Role::Member, Role::Viewer] {
        assert_eq!(app.join(role).await.browser.get(&path).await.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    assert_eq!(app.join(Role::Admin).await.browser.get(&path).await.status, StatusCode::OK);
    assert_eq!(app.sign_up("Globex").await.browser.get(&path).await.status, StatusCode::NOT_FOUND);
    let signed_out = app.browser().get(&path).await;
    assert_eq!(signed_out.status, StatusCode::SEE_OTHER);
    assert!(signed_out.header("location").starts_with("/sign-in?then="));
    let unknown = app.owner().browser.get(&address(&app, "access-log.exe")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
