//! The contract: what every route answers. A change of it shows in `snapshots/rest.snap`.

use super::{
    form::{Form, sample},
    owners,
};
use crate::support::{Answer, App, Browser, Kind, on_both_databases};
use model::{BillingDetails, Permission, PermissionSet, Role, RoleForm};
use serde_json::{Value, json};
use server::edge::rest;
use std::fmt::Write;

on_both_databases!(frozen, plain);

/// One answer of every route, and some besides, each with what was asked.
async fn answers(on: Kind) -> Vec<(String, Answer)> {
    let app = App::new(on).await;
    let (program, narrow) = (owners(&app, PermissionSet::ALL).await, owners(&app, "contact.read.basic".into()).await);
    let mut answers = log(&app, &program, &narrow).await;
    for route in rest::routes().iter().filter(|route| !route.path.ends_with("/access-log")) {
        let answer = program.rest(route, &app.ids_of(route).await).await;
        answers.push((format!("{} {}", route.method, route.path), answer));
    }
    let contacts = super::contacts(&app);
    let page = format!("{contacts}?search=nobody");
    let events = format!("/v1/accounts/{}/events", app.owner().account);
    let unknown = app.browser().with_key("tnt_nothing");
    for (what, caller, method, path, body) in [
        ("what was reported", &program, "GET", &events, None),
        ("without contact.read.pii", &narrow, "GET", &contacts, None),
        ("a filter that is unknown", &program, "GET", &format!("{contacts}?nothing=1"), None),
        ("a key that there is not", &unknown, "GET", &contacts, None),
        ("a permission that is not held", &narrow, "GET", &page, None),
        ("nowhere", &program, "GET", &"/v1/nothing".to_owned(), None),
        ("another method", &program, "PATCH", &contacts, None),
        ("a faulty form", &program, "POST", &contacts, Some(json!({ "name": "", "email": "ben@example.com" }))),
    ] {
        answers.push((what.to_owned(), caller.call_rest(method, path, body).await));
    }
    answers
}

/// What the data access log answers: read first, while nothing stands in it that the test repeats.
async fn log(app: &App, program: &Browser, narrow: &Browser) -> Vec<(String, Answer)> {
    let owner = app.owner();
    let ctx = app.context(owner.user);
    let form = RoleForm { name: "Marketing manager".to_owned(), like: Some(Role::Viewer) };
    let role = service::role::create(&ctx, owner.account, form).await.unwrap();
    app.join(Role::Named(role)).await;
    let form = BillingDetails { email: "bills@example.com".to_owned(), ..BillingDetails::default() };
    service::billing::update(&ctx, owner.account, form).await.unwrap();
    let suspended = app.join(Role::Viewer).await;
    service::member::suspend(&ctx, owner.account, suspended.member).await.unwrap();
    narrow.call_rest("GET", &format!("{}?search=ben", super::contacts(app)), None).await;
    let path = format!("/v1/accounts/{}/access-log", owner.account);
    let answer = program.call_rest("GET", &path, None).await;
    vec![("GET /v1/accounts/{account}/access-log".to_owned(), answer)]
}

async fn frozen(on: Kind) {
    let mut contract = String::new();
    for (what, answer) in answers(on).await {
        write!(contract, "{what}: {}\n{}", answer.status.as_u16(), answer.header("content-type")).unwrap();
        if !answer.body.is_empty() {
            let body: Value = serde_json::from_str(&answer.body).unwrap();
            write!(contract, "\n{:#}", sample(&body)).unwrap();
        }
        contract.push_str("\n\n");
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!("rest", contract);
    });
}

/// Nothing of what pages are made of: no sentences, no words for times, no results and no tuples.
async fn plain(on: Kind) {
    for (what, answer) in answers(on).await {
        if answer.status.as_u16() == 204 {
            assert_eq!(answer.body, "", "{what}");
        } else if answer.status.is_success() {
            let body: Value = serde_json::from_str(&answer.body).unwrap();
            assert!(body.is_object(), "{what}: it can have more fields");
            assert_plain(&what, &body);
        }
    }
}

#[track_caller]
fn assert_plain(what: &str, value: &Value) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| assert_plain_field(what, name, value)),
        Value::Array(items) => {
            let is_plain = |item: &Value| item.is_object() || item.is_string();
            assert!(items.iter().all(is_plain), "{what}: {value}");
            assert!(items.windows(2).all(|pair| pair[0].is_object() == pair[1].is_object()), "{what}: {value}");
            for item in items {
                assert_plain(what, item);
            }
        }
        Value::String(text) => {
            let of_pages = ["just now", " ago", "Former member", "You ", "Ask "];
            assert!(!of_pages.iter().any(|words| text.contains(words)), "{what}: {text}");
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[track_caller]
fn assert_plain_field(what: &str, name: &str, value: &Value) {
    assert!(name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'), "{what}: {name}");
    let form = Form::of(value);
    let is_permission = |value: &Value| value.as_str().is_some_and(|path| path.parse::<Permission>().is_ok());
    let fits = match name {
        "id" => form == Form::Id,
        "permissions" => value.as_array().is_some_and(|paths| paths.iter().all(is_permission)),
        "permission" => value.is_null() || is_permission(value),
        "role" => value.as_str().is_some_and(|role| role.parse::<Role>().is_ok() || role == "Marketing manager"),
        name if name.ends_with("_id") => matches!(form, Form::Id | Form::Null),
        name if name.ends_with("_at") => matches!(form, Form::Time | Form::Null),
        name if name.ends_with("_count") => matches!(form, Form::Number | Form::Null),
        _ => true,
    };
    assert!(fits, "{what}: {name} is {value}");
    assert_plain(what, value);
}
