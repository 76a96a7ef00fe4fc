//! The tenant wall: to the owner of another organisation our ids are ids that nothing has.

use crate::support::{Answer, App, Ids, Kind, address, functions, on_both_databases, pages};
use axum::http::StatusCode;
use model::{ContactForm, Problem};

on_both_databases!(
    functions_of_another_account,
    rows_of_another_account,
    pages_of_another_account,
    pages_of_rows_of_another_account,
    names_of_others
);

/// Everything that somebody outside can tell two answers by.
fn visible(answer: &Answer) -> (StatusCode, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    (answer.status, headers.collect(), answer.body.clone())
}

async fn functions_of_another_account(on: Kind) {
    let app = App::new(on).await;
    let (ours, stranger) = (app.all_rows().await, app.sign_up("Globex").await);
    let unknown = app.unknown(model::AccountId(app.service.new_id().unwrap()));
    for function in functions().iter().filter(|function| function.has_field("account")) {
        let name = function.name;
        let outside = stranger.browser.call(name, &function.fields(&ours)).await;
        let nowhere = stranger.browser.call(name, &function.fields(&unknown)).await;
        assert_eq!(outside.problem(), Problem::NotFound, "{name}");
        assert_eq!(visible(&outside), visible(&nowhere), "{name}");
        let inside = app.owner().browser.call(name, &function.fields(&ours)).await;
        assert_eq!(nowhere.status, StatusCode::NOT_FOUND, "{name}");
        assert_ne!(inside.status, StatusCode::BAD_REQUEST, "{name}: the call is one that can be read");
    }
}

async fn rows_of_another_account(on: Kind) {
    let app = App::new(on).await;
    let (ours, stranger) = (app.all_rows().await, app.sign_up("Globex").await);
    let ours = ours.with("account", &stranger.account.to_string());
    let unknown = app.unknown(stranger.account);
    for function in functions().iter().filter(|function| function.is_about_row()) {
        let name = function.name;
        let outside = stranger.browser.call(name, &function.fields(&ours)).await;
        let nowhere = stranger.browser.call(name, &function.fields(&unknown)).await;
        assert_eq!(visible(&outside), visible(&nowhere), "{name}");
        // Of a selection, what is not there is passed over.
        let selects = function.fields(&ours).iter().any(|(field, _)| field.starts_with("selection"));
        if selects {
            assert!(outside.body.starts_with("{\"changed\":0,\"unchanged\":0,"), "{name}: {outside:?}");
        } else {
            // A form says of what it names that it is none to choose.
            let problem = outside.problem();
            assert!(problem == Problem::NotFound || problem.fields().is_some(), "{name}: {problem:?}");
        }
    }
}

/// The page without what differs from request to request, and without the ids that it was asked for.
fn page(answer: &Answer, ids: &Ids) -> (StatusCode, String) {
    let policy = answer.header("content-security-policy").to_owned();
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or("none");
    let mut body = answer.body.replace(nonce, "NONCE");
    for id in ids.row_ids() {
        body = body.replace(id, "ID");
    }
    (answer.status, body)
}

async fn pages_of_another_account(on: Kind) {
    let app = App::new(on).await;
    let (ours, stranger) = (app.all_rows().await, app.sign_up("Globex").await);
    let unknown = app.unknown(model::AccountId(app.service.new_id().unwrap()));
    for route in pages().iter().filter(|route| route.contains("{account}")) {
        let there = stranger.browser.get(&address(route, &ours)).await;
        let none = stranger.browser.get(&address(route, &unknown)).await;
        assert_eq!(there.status, StatusCode::NOT_FOUND, "{route}");
        assert_eq!(page(&there, &ours), page(&none, &unknown), "{route}");
    }
}

async fn pages_of_rows_of_another_account(on: Kind) {
    let app = App::new(on).await;
    let (ours, stranger) = (app.all_rows().await, app.sign_up("Globex").await);
    let ours = ours.with("account", &stranger.account.to_string());
    let unknown = app.unknown(stranger.account);
    let about_row = |route: &&String| route.strip_prefix("/accounts/{account}").is_some_and(|rest| rest.contains('{'));
    for route in pages().iter().filter(about_row) {
        let there = stranger.browser.get(&address(route, &ours)).await;
        let none = stranger.browser.get(&address(route, &unknown)).await;
        assert_eq!(page(&there, &ours), page(&none, &unknown), "{route}");
    }
}

async fn names_of_others(on: Kind) {
    let app = App::new(on).await;
    let (stranger, owner) = (app.sign_up("Globex").await, app.owner());
    let form = ContactForm { name: "Zebedee Quill".into(), email: "zq@example.com".into(), ..ContactForm::default() };
    service::contact::create(&app.context(owner.user), owner.account, form).await.unwrap();
    for page in ["", "/contacts", "/members", "/organisation", "/access-log"] {
        let path = |account| format!("/accounts/{account}{page}");
        let (inside, elsewhere) =
            (owner.browser.get(&path(owner.account)).await, stranger.browser.get(&path(stranger.account)).await);
        assert_eq!((inside.status, elsewhere.status), (StatusCode::OK, StatusCode::OK), "{page}");
        assert!(inside.body.contains("Acme") && !elsewhere.body.contains("Acme"), "{page}");
        assert!(!elsewhere.body.contains("Zebedee") && !elsewhere.body.contains(&owner.email), "{page}");
    }
}
