//! The tenant wall: to the owner of another organisation our ids are ids that nothing has.

use crate::support::{Answer, App, Ids, Kind, Wants, fields_of, functions, on_both_databases};
use axum::http::StatusCode;
use model::{ContactForm, Problem};

on_both_databases!(functions_of_another_account, rows_of_another_account, pages, names_of_others);

/// Everything that somebody outside can tell two answers by.
fn visible(answer: &Answer) -> (StatusCode, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    (answer.status, headers.collect(), answer.body.clone())
}

fn takes(function: &str, ids: &Ids, field: &str) -> bool {
    fields_of(function, ids).iter().any(|(name, _)| name == field)
}

async fn all_rows(app: &App) -> Ids {
    let member = app.fresh(Wants::Member).await.member;
    let contact = app.fresh(Wants::Contact).await.contact;
    let (key, campaign) = (app.fresh(Wants::Key).await.key, app.fresh(Wants::Campaign).await.campaign);
    let (place, role) = (app.fresh(Wants::Place).await.place, app.fresh(Wants::Role).await.role);
    Ids { place, role, key, member, contact, campaign, ..app.fresh(Wants::Invitation).await }
}

async fn functions_of_another_account(on: Kind) {
    let app = App::new(on).await;
    let (ours, stranger) = (all_rows(&app).await, app.sign_up("Globex").await);
    let unknown = app.unknown(model::AccountId(app.service.new_id().unwrap()));
    for function in functions().iter().filter(|function| takes(function, &ours, "account")) {
        let outside = stranger.browser.call(function, &fields_of(function, &ours)).await;
        let nowhere = stranger.browser.call(function, &fields_of(function, &unknown)).await;
        assert_eq!(outside.problem(), Problem::NotFound, "{function}");
        assert_eq!(visible(&outside), visible(&nowhere), "{function}");
        let inside = app.owner().browser.call(function, &fields_of(function, &ours)).await;
        assert_eq!(nowhere.status, StatusCode::NOT_FOUND, "{function}");
        assert_ne!(inside.status, StatusCode::BAD_REQUEST, "{function}: the call is one that can be read");
    }
}

async fn rows_of_another_account(on: Kind) {
    let app = App::new(on).await;
    let (ours, stranger) = (all_rows(&app).await, app.sign_up("Globex").await);
    let ours = Ids { account: stranger.account, ..ours };
    let unknown = app.unknown(stranger.account);
    let rows = ["member", "place", "key", "contact", "campaign", "invitation"];
    let is_of_role = |function: &String| takes(function, &ours, "role") && !takes(function, &ours, "member");
    let about_rows = functions()
        .into_iter()
        .filter(|function| is_of_role(function) || rows.iter().any(|row| takes(function, &ours, row)));
    for function in about_rows {
        let outside = stranger.browser.call(&function, &fields_of(&function, &ours)).await;
        let nowhere = stranger.browser.call(&function, &fields_of(&function, &unknown)).await;
        assert_eq!(outside.problem(), Problem::NotFound, "{function}");
        assert_eq!(visible(&outside), visible(&nowhere), "{function}");
    }
}

/// The page without what differs from request to request, and without the ids that it was asked for.
fn page(answer: &Answer, ids: &Ids) -> (StatusCode, String) {
    let policy = answer.header("content-security-policy").to_owned();
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or("none");
    let mut body = answer.body.replace(nonce, "NONCE");
    let Ids { account, place, role, contact, campaign, key, member, .. } = ids;
    for id in [account.0, place.0, role.0, contact.0, campaign.0, key.0, member.0] {
        body = body.replace(&id.to_string(), "ID");
    }
    (answer.status, body)
}

async fn pages(on: Kind) {
    let app = App::new(on).await;
    let (ours, stranger) = (all_rows(&app).await, app.sign_up("Globex").await);
    let unknown = app.unknown(model::AccountId(app.service.new_id().unwrap()));
    let paths = |ids: &Ids| {
        let Ids { account, contact, campaign, key, member, role, place, .. } = ids;
        [
            format!("/accounts/{account}"),
            format!("/accounts/{account}/contacts/{contact}"),
            format!("/accounts/{account}/campaigns/{campaign}"),
            format!("/accounts/{account}/api-keys/{key}"),
            format!("/accounts/{account}/members/{member}"),
            format!("/accounts/{account}/roles/{role}"),
            format!("/accounts/{account}/accounts/{place}"),
            format!("/accounts/{account}/organisation"),
            format!("/accounts/{account}/billing"),
            format!("/accounts/{account}/access-log"),
            format!("/accounts/{account}/access"),
            format!("/accounts/{account}/access/{member}"),
        ]
    };
    for (outside, nowhere) in paths(&ours).iter().zip(paths(&unknown)) {
        let (there, none) = (stranger.browser.get(outside).await, stranger.browser.get(&nowhere).await);
        assert_eq!(there.status, StatusCode::NOT_FOUND, "{outside}");
        assert_eq!(page(&there, &ours), page(&none, &unknown), "{outside}");
    }
    let ours = Ids { account: stranger.account, ..ours };
    let unknown = Ids { account: stranger.account, ..unknown };
    for (outside, nowhere) in paths(&ours)[1..7].iter().zip(&paths(&unknown)[1..7]) {
        let (there, none) = (stranger.browser.get(outside).await, stranger.browser.get(nowhere).await);
        assert_eq!(page(&there, &ours), page(&none, &unknown), "{outside}");
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
