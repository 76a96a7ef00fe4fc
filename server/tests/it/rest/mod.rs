//! The REST API, as programs and those who found a key meet it.

mod bodies;
mod docs;
mod form;

use crate::support::{Answer, App, Browser, Kind, fields, on_both_databases};
use axum::body::Body;
use model::{Conflict, Permission, PermissionSet, Problem, Refusal};
use serde_json::{Value, json};
use server::edge::rest;

on_both_databases!(
    each_route_asks_for_its_permission,
    without_a_key,
    a_key_opens_nothing_else,
    what_is_read,
    changed_by_two,
    sorted,
    taken_away,
    strangely_said,
    told_at_the_door
);

async fn owners(app: &App, permissions: PermissionSet) -> Browser {
    let key = app.key(app.owner(), permissions).await;
    app.browser().with_key(&key)
}

/// The problem, as the API tells it.
#[track_caller]
fn told(answer: &Answer) -> Problem {
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no problem in {answer:?}"));
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(body["status"], answer.status.as_u16());
    let problem: Problem = serde_json::from_value(body["problem"].clone()).unwrap();
    let title = body["title"].as_str().unwrap();
    assert!(!title.is_empty() && !title.contains("page") && !title.contains("marked"), "no page is meant: {title}");
    problem
}

fn contacts(app: &App) -> String {
    format!("/v1/accounts/{}/contacts", app.owner().account)
}

async fn each_route_asks_for_its_permission(on: Kind) {
    let app = App::new(on).await;
    let (everything, nothing) = (owners(&app, PermissionSet::ALL).await, owners(&app, PermissionSet::EMPTY).await);
    for route in rest::routes() {
        let answer = everything.rest(&route, &app.ids_of(&route).await).await;
        assert!(answer.status.is_success(), "{} {}: {answer:?}", route.method, route.path);
        let refused = |permission: &Permission| Problem::Refused(Refusal::Permission(*permission));
        if let Some(first) = route.permissions.first() {
            let answer = nothing.rest(&route, &app.ids_of(&route).await).await;
            assert_eq!(told(&answer), refused(first), "{} {}", route.method, route.path);
        }
        let asked = PermissionSet::from_iter(route.permissions.clone());
        let answer = owners(&app, asked).await.rest(&route, &app.ids_of(&route).await).await;
        let above = Problem::Refused(Refusal::AboveOwnPermissions);
        assert!(answer.status.is_success() || told(&answer) == above, "{} {}: {answer:?}", route.method, route.path);
        // Whoever gives roles may see them too.
        for permission in route.permissions.iter().filter(|permission| **permission != Permission::RoleRead) {
            let all_but_one = owners(&app, PermissionSet::ALL.without(PermissionSet::EMPTY.with(*permission))).await;
            let answer = all_but_one.rest(&route, &app.ids_of(&route).await).await;
            assert_eq!(told(&answer), refused(permission), "{} {}", route.method, route.path);
        }
    }
}

async fn without_a_key(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(app.owner(), PermissionSet::ALL).await;
    let browser = app.browser();
    let signed_in = app.owner().browser.clone();
    for (who, caller) in [
        ("nobody", browser.clone()),
        ("a browser that is signed in", signed_in),
        ("a key that there is not", browser.with_key("tnt_nothing")),
        ("a key with more behind it", browser.with_key(&format!("{key}x"))),
        ("another scheme", browser.with("authorization", format!("Basic {key}").as_bytes())),
        ("no scheme", browser.with("authorization", key.as_bytes())),
        ("no text", browser.with("authorization", b"Bearer \xff\xfe")),
    ] {
        for path in ["/v1", "/v1/key", "/v1/nothing", &contacts(&app)] {
            let answer = caller.call_rest("GET", path, None).await;
            assert_eq!((answer.status.as_u16(), answer.header("www-authenticate")), (401, "Bearer"), "{who} {path}");
            assert_eq!(told(&answer), Problem::UnknownKey, "{who}");
            assert!(!answer.body.contains("tnt_nothing"), "it is not sent back");
        }
    }
}

async fn a_key_opens_nothing_else(on: Kind) {
    let app = App::new(on).await;
    let program = owners(&app, PermissionSet::ALL).await;
    let account = app.owner().account.to_string();
    let answer = program.call("list_contacts", &fields(&[("account", &account), ("filter[tag]", "")])).await;
    assert_eq!(answer.problem(), Problem::SignedOut);
    assert_eq!(program.get(&format!("/accounts/{account}/contacts")).await.status.as_u16(), 303, "off to sign in");
    assert_eq!(program.get("/live").await.status.as_u16(), 401);
}

async fn what_is_read(on: Kind) {
    let app = App::new(on).await;
    let path = contacts(&app);
    let permissions = PermissionSet::from("contact.read.basic contact.create");
    let narrow = owners(&app, permissions).await;
    let made = narrow.call_rest("POST", &path, Some(json!({ "name": "Ben", "mobile": "+27825550100" }))).await;
    assert_eq!(made.status.as_u16(), 201);
    let list = narrow.call_rest("GET", &path, None).await;
    assert!(!list.body.contains("Ben") && !list.body.contains("5550100"), "personal details do not leave the server");
    let row = list.json::<Value>()["items"][0].clone();
    assert!(row["tags"].is_array() && row.get("name").is_none() && row.get("mobile").is_none(), "{row}");
    let search = narrow.call_rest("GET", &format!("{path}?search=ben"), None).await;
    assert_eq!(told(&search), Problem::Refused(Refusal::Permission(Permission::ContactReadPii)));
    let whole = owners(&app, PermissionSet::from("contact.read access_log.read")).await;
    let found = whole.call_rest("GET", &format!("{path}?search=ben"), None).await.json::<Value>();
    let made: Value = serde_json::from_str(&made.body).unwrap();
    assert_eq!((&found["items"][0]["name"], &found["items"][0]["id"]), (&json!("Ben"), &made["id"]));
    let log = format!("/v1/accounts/{}/access-log", app.owner().account);
    let log = whole.call_rest("GET", &format!("{log}?path=/v1"), None).await.json::<Value>();
    let entry = |entry: &Value| ["action", "path", "api_key", "refusal"].map(|field| entry[field].clone());
    let entries: Vec<_> = log["items"].as_array().unwrap().iter().map(entry).collect();
    let refused = json!({ "permission": "contact.read.pii" });
    let by_key = |action: &str, why: &Value| [json!(action), json!("/v1/contacts"), json!("A program"), why.clone()];
    assert_eq!(
        entries,
        [by_key("contact.search", &Value::Null), by_key("refused", &refused), by_key("contact.create", &Value::Null)]
    );
    let own: Value = narrow.call_rest("GET", "/v1/key", None).await.json();
    assert_eq!(
        (&own["name"], &own["permissions"]),
        (&json!("A program"), &json!(["contact.read.basic", "contact.create"]))
    );
}

/// A version that was read and is no longer the one that there is: 409, and nothing is saved.
async fn changed_by_two(on: Kind) {
    let app = App::new(on).await;
    let program = owners(&app, PermissionSet::ALL).await;
    let account = app.owner().account;
    for (kind, first, second) in [
        (
            "contacts",
            json!({ "name": "Zoe", "email": "zoe@example.com" }),
            json!({ "name": "Ana", "email": "a@b.example" }),
        ),
        ("campaigns", json!({ "name": "Sale", "text": "20% off" }), json!({ "name": "Other", "text": "30% off" })),
    ] {
        let all = format!("/v1/accounts/{account}/{kind}");
        let made: Value =
            serde_json::from_str(&program.call_rest("POST", &all, Some(first.clone())).await.body).unwrap();
        let one = format!("{all}/{}", made["id"].as_str().unwrap());
        let read = async || program.call_rest("GET", &one, None).await.json::<Value>();
        let put = async |body: &Value, version: Option<&Value>| {
            let mut body = body.clone();
            if let Some(version) = version {
                body["version"] = version.clone();
            }
            program.call_rest("PUT", &one, Some(body)).await
        };
        let version = read().await["version"].clone();
        assert_eq!(put(&second, Some(&version)).await.status.as_u16(), 204, "{kind}");
        let late = put(&first, Some(&version)).await;
        assert_eq!((late.status.as_u16(), told(&late)), (409, Problem::Conflict(Conflict::ChangedMeanwhile)));
        assert_eq!(read().await["name"], second["name"], "{kind}");
        assert_eq!(put(&first, None).await.status.as_u16(), 204, "{kind} without a version");
        assert_eq!(put(&second, Some(&json!("yesterday"))).await.status.as_u16(), 400);
    }
}

async fn sorted(on: Kind) {
    let app = App::new(on).await;
    let (program, narrow) = (owners(&app, PermissionSet::ALL).await, owners(&app, "contact.read.basic".into()).await);
    let path = contacts(&app);
    for name in ["Zoe", "Ana"] {
        program.call_rest("POST", &path, Some(json!({ "name": name, "email": "a@b.example" }))).await;
    }
    let names = async |sort: &str| {
        let list: Value = program.call_rest("GET", &format!("{path}?sort={sort}"), None).await.json();
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (names("name").await, names("oldest").await),
        (vec!["Ana".to_owned(), "Zoe".to_owned()], vec!["Zoe".to_owned(), "Ana".to_owned()])
    );
    let refused = narrow.call_rest("GET", &format!("{path}?sort=name"), None).await;
    assert_eq!(told(&refused), Problem::Refused(Refusal::Permission(Permission::ContactReadPii)));
    assert_eq!(program.call_rest("GET", &format!("{path}?sort=nothing"), None).await.status.as_u16(), 400);
}

async fn taken_away(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().clone();
    let secret = app.key(&owner, PermissionSet::from("contact")).await;
    let program = app.browser().with_key(&secret);
    let own: Value = program.call_rest("GET", "/v1/key", None).await.json();
    let ids = [("account", owner.account.to_string()), ("key", own["id"].as_str().unwrap().to_owned())];
    let ids: Vec<(&str, &str)> = ids.iter().map(|(name, id)| (*name, &**id)).collect();
    let status = async || program.call_rest("GET", &contacts(&app), None).await.status.as_u16();
    assert_eq!(status().await, 200);
    let off = [&ids[..], &[("path", "contact.read"), ("on", "false")]].concat();
    assert!(owner.browser.call("switch_api_key_permission", &fields(&off)).await.status.is_success());
    assert_eq!(status().await, 403);
    let on = [&ids[..], &[("path", "contact.read"), ("on", "true")]].concat();
    assert!(owner.browser.call("switch_api_key_permission", &fields(&on)).await.status.is_success());
    assert_eq!(status().await, 200);
    let rotated: model::NewApiKey = owner.browser.call("rotate_api_key", &fields(&ids)).await.json();
    assert_eq!(status().await, 401);
    let program = app.browser().with_key(&rotated.secret);
    assert_eq!(program.call_rest("GET", &contacts(&app), None).await.status.as_u16(), 200);
    assert!(owner.browser.call("revoke_api_key", &fields(&ids)).await.status.is_success());
    let answer = program.call_rest("GET", &contacts(&app), None).await;
    assert_eq!((told(&answer), answer.status.as_u16()), (Problem::Refused(Refusal::KeyRevoked), 401));
    assert_eq!(program.call_rest("GET", "/v1/key", None).await.status.as_u16(), 401);
}

async fn strangely_said(on: Kind) {
    let app = App::new(on).await;
    let program = owners(&app, PermissionSet::ALL).await;
    let path = contacts(&app);
    let account = app.owner().account;
    for (address, status) in [
        ("/v1/nothing".to_owned(), 404),
        ("/v1/accounts/nothing/contacts".to_owned(), 404),
        (format!("{path}/nothing"), 404),
        (format!("/v1/accounts/{account}/nothing"), 404),
        (format!("{path}?serach=ben"), 400),
        (format!("{path}?search=ben&search=ana"), 400),
        (format!("{path}?search=%ff"), 400),
        (format!("{path}?cursor=nothing"), 400),
        (format!("/v1/accounts/{account}/members?role=nothing"), 400),
    ] {
        let answer = program.call_rest("GET", &address, None).await;
        assert_eq!(answer.status.as_u16(), status, "{address}: {}", answer.body);
        told(&answer);
    }
    for (body, status) in [
        ("", 400),
        ("{", 400),
        (r#"{"name":"Ben"}x"#, 400),
        (r#"{"name":"Ben","email":"ben@example.com","organisation":"x"}"#, 400),
        (r#"{"name":5}"#, 400),
        (r#"{"name":"Ben","email":"no address"}"#, 422),
    ] {
        let request = program.request("POST", &path).body(Body::from(body)).unwrap();
        let answer = program.send(request).await;
        assert_eq!(answer.status.as_u16(), status, "{body}");
        told(&answer);
    }
    let large = "x".repeat(model::limit::BODY + 1);
    let answer = program.send(program.request("POST", &path).body(Body::from(large)).unwrap()).await;
    assert_eq!(told(&answer), Problem::TooLarge);
    let answer = program.call_rest("PATCH", &path, None).await;
    assert_eq!((answer.status.as_u16(), told(&answer)), (405, Problem::Malformed));
}

/// What there is to call stands at the door, with what each asks of a key.
async fn told_at_the_door(on: Kind) {
    let app = App::new(on).await;
    let nothing = owners(&app, PermissionSet::EMPTY).await;
    let ways: Value = nothing.call_rest("GET", "/v1", None).await.json();
    let ways = ways["items"].as_array().unwrap();
    assert_eq!(ways.len(), rest::routes().len());
    for (method, path, permissions) in [
        ("GET", "/v1/key", json!([])),
        ("GET", "/v1/accounts/{account}/contacts", json!(["contact.read.basic"])),
        ("PUT", "/v1/accounts/{account}/contacts/{contact}", json!(["contact.update.details", "contact.read.pii"])),
    ] {
        assert!(
            ways.contains(&json!({ "method": method, "path": path, "permissions": permissions })),
            "{method} {path}"
        );
    }
}
