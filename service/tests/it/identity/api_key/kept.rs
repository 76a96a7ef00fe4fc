//! What is kept of a key, and what is told of it.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{ApiKeyFilter, KeyState, NewKeys, PermissionSet, PolicyPoint, Problem};
use service::{api_key, policy};
use std::time::Duration;

on_both_databases!(only_a_hash, last_use, found_again, page_by_page, revoked_page_by_page, begins_as_the_policy_says);

async fn only_a_hash(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.owner(), "contact").await;
    assert!(key.secret.starts_with("tnt_") && key.secret.len() == 47);
    let stored = app.texts("api_key", &["name", "secret_hash", "begins", "permissions"]).await;
    assert!(stored.contains("A program") && !stored.contains(&key.secret[8..]), "the secret itself is kept nowhere");
    assert!(!app.texts("access_entry", &["event", "path", "action"]).await.contains(&key.secret[8..]));
    let shown = api_key::get(&app.owner().ctx, app.account, key.id).await.unwrap();
    assert_eq!(shown.key.begins, key.secret[..8]);
    assert!(!format!("{shown:?}").contains(&key.secret[8..]));
}

async fn last_use(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let form = model::ApiKeyForm { name: "A program".into(), permissions: "contact".into(), days: 0, like: None };
    let minted = api_key::create(&owner, app.account, form).await.unwrap();
    let used = async || api_key::get(&owner, app.account, minted.id).await.unwrap().key.last_used.map(|at| at.at);
    assert_eq!(used().await, None);
    app.with_key(&minted.secret).await.unwrap();
    let first = used().await;
    assert!(first.is_some());
    app.move_clock(Duration::from_secs(30));
    app.with_key(&minted.secret).await.unwrap();
    assert_eq!(used().await, first, "to the minute");
    app.move_clock(Duration::from_secs(31));
    app.with_key(&minted.secret).await.unwrap();
    let second = used().await;
    assert_ne!(second, first);
    api_key::revoke(&owner, app.account, minted.id).await.unwrap();
    app.move_clock(Duration::from_mins(2));
    app.with_key(&minted.secret).await.unwrap();
    assert_eq!(used().await, second, "to be turned away is no use");
}

async fn found_again(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.owner(), "contact").await;
    let below = app.account_below(app.account, "Cape Town").await;
    let there = app.key_in(below, &app.owner(), "contact").await;
    let find = async |account, search: &str| {
        let filter = ApiKeyFilter { search: search.to_owned(), ..ApiKeyFilter::default() };
        let page = api_key::list(&app.owner().ctx, account, filter).await.unwrap();
        page.rows.iter().map(|key| key.id).collect::<Vec<_>>()
    };
    assert_eq!(find(app.account, &key.secret[..8]).await, [key.id]);
    assert_eq!(find(app.account, "PROGRAM").await, [there.id, key.id], "the newest first");
    assert_eq!(find(below, "").await, [there.id]);
    assert!(find(app.account, &key.secret[10..20]).await.is_empty());
    let filter = ApiKeyFilter { search: "x".repeat(101), ..ApiKeyFilter::default() };
    assert_eq!(problem(api_key::list(&app.owner().ctx, below, filter).await), Problem::Malformed);
}

async fn page_by_page(on: Kind) {
    let app = App::new(on).await;
    let mut made = Vec::new();
    for _ in 0..60 {
        made.push(app.key(&app.owner(), "contact").await.id);
    }
    made.reverse();
    let first = api_key::list(&app.owner().ctx, app.account, ApiKeyFilter::default()).await.unwrap();
    let next = ApiKeyFilter { cursor: first.older.clone(), ..ApiKeyFilter::default() };
    let second = api_key::list(&app.owner().ctx, app.account, next).await.unwrap();
    let seen: Vec<_> = first.rows.iter().chain(second.rows.iter()).map(|key| key.id).collect();
    assert_eq!((seen, first.total.rows()), (made, Some(60)));
}

/// Whoever revokes keys page by page comes by every one of them.
async fn revoked_page_by_page(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    for _ in 0..120 {
        app.key(&owner, "contact").await;
    }
    let live = |cursor| ApiKeyFilter { state: Some(KeyState::Live), cursor, ..ApiKeyFilter::default() };
    let (mut seen, mut cursor) = (0, None);
    loop {
        let page = api_key::list(&owner.ctx, app.account, live(cursor)).await.unwrap();
        for key in page.rows.iter() {
            api_key::revoke(&owner.ctx, app.account, key.id).await.unwrap();
        }
        seen += page.rows.len();
        cursor = page.older;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, 120);
    assert!(api_key::list(&owner.ctx, app.account, live(None)).await.unwrap().rows.is_empty());
}

async fn begins_as_the_policy_says(on: Kind) {
    let app = App::new(on).await;
    let creator = app.custom("api_key contact.read").await;
    let start = api_key::new_start(&creator.ctx, app.account).await.unwrap();
    assert_eq!((start.permissions, start.is_all), (PermissionSet::from("api_key contact.read"), true));
    policy::update(&app.owner().ctx, app.account, PolicyPoint::NewKeys(NewKeys::Nothing)).await.unwrap();
    let start = api_key::new_start(&creator.ctx, app.account).await.unwrap();
    assert_eq!((start.permissions, start.is_all), (PermissionSet::EMPTY, false));
}
