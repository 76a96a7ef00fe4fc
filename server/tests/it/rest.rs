//! The REST API, as programs and those who found a key meet it.

use crate::support::{Answer, App, Browser, Kind, fields, on_both_databases};
use axum::body::Body;
use model::{AccessEntry, Contact, Page, Permission, PermissionSet, Problem, Refusal};
use serde_json::{Value, json};
use server::edge::rest;

on_both_databases!(
    each_route_asks_for_its_permission,
    without_a_key,
    a_key_opens_nothing_else,
    what_is_read,
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
    assert_eq!(body["title"], problem.to_string());
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
        let Some(permission) = route.permission else { continue };
        let refused = Problem::Refused(Refusal::Permission(permission));
        let answer = nothing.rest(&route, &app.ids_of(&route).await).await;
        assert_eq!(told(&answer), refused, "{} {}", route.method, route.path);
        // Whoever gives roles may see them too.
        if permission == Permission::RoleRead {
            continue;
        }
        let all_but_one = owners(&app, PermissionSet::ALL.without(PermissionSet::EMPTY.with(permission))).await;
        let answer = all_but_one.rest(&route, &app.ids_of(&route).await).await;
        assert_eq!(told(&answer), refused, "{} {}", route.method, route.path);
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
    assert_eq!(list.json::<Page<Contact>>().rows[0].personal, None);
    let search = narrow.call_rest("GET", &format!("{path}?search=ben"), None).await;
    assert_eq!(told(&search), Problem::Refused(Refusal::Permission(Permission::ContactReadPii)));
    let whole = owners(&app, PermissionSet::from("contact.read access_log.read")).await;
    let found = whole.call_rest("GET", &format!("{path}?search=ben"), None).await.json::<Page<Contact>>();
    assert_eq!(found.rows[0].personal.clone().unwrap().name, "Ben");
    let id: String = serde_json::from_str(&made.body).unwrap();
    assert_eq!(found.rows[0].id.to_string(), id);
    let log = format!("/v1/accounts/{}/access-log", app.owner().account);
    let log = whole.call_rest("GET", &format!("{log}?path=/v1"), None).await.json::<Page<AccessEntry>>();
    let entries: Vec<_> = log.rows.iter().map(|entry| (&*entry.what, &*entry.path, entry.key.as_deref())).collect();
    let by_key = Some("A program");
    assert_eq!(
        entries,
        [
            ("searched contacts and saw one", "/v1/contacts", by_key),
            ("was refused: contacts: read personal details", "/v1/contacts", by_key),
            ("added a contact", "/v1/contacts", by_key),
        ]
    );
    let own: Value = narrow.call_rest("GET", "/v1/key", None).await.json();
    assert_eq!((own["name"].as_str(), own["permissions"].as_str()), (by_key, Some(&*permissions.to_string())));
}

async fn taken_away(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().clone();
    let secret = app.key(&owner, PermissionSet::from("contact")).await;
    let program = app.browser().with_key(&secret);
    let own: model::OwnKey = program.call_rest("GET", "/v1/key", None).await.json();
    let ids = [("account", owner.account.to_string()), ("key", own.id.to_string())];
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
    assert_eq!(program.call_rest("PATCH", &path, None).await.status.as_u16(), 405);
}

/// What there is to call stands at the door, with what each asks of a key.
async fn told_at_the_door(on: Kind) {
    let app = App::new(on).await;
    let nothing = owners(&app, PermissionSet::EMPTY).await;
    let ways: Vec<Value> = nothing.call_rest("GET", "/v1", None).await.json();
    assert_eq!(ways.len(), rest::routes().len());
    let list =
        json!({ "method": "GET", "path": "/v1/accounts/{account}/contacts", "permission": "contact.read.basic" });
    assert!(ways.contains(&list));
}
