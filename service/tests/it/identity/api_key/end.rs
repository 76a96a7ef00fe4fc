//! What ends a key, ends it with its next request.

use crate::support::{App, Key, Kind, Person, en, on_both_databases, problem};
use model::{
    ApiKeyFilter, ApiKeyForm, EntryActor, KeyState, Permission, PolicyPoint, Problem, Refusal, Role, SecondFactorWithin,
};
use service::{api_key, deletion, member, policy};
use std::{sync::Arc, time::Duration};

on_both_databases!(by_every_way, by_what_becomes_of_its_creator, with_its_time, while_it_is_flipped, with_its_account);

const DAY: Duration = Duration::from_hours(24);
const PII: Permission = Permission::ContactReadPii;

async fn allowed(app: &App, key: &Key, way: &str) {
    assert!(key.ctx.access(app.account, PII).await.is_ok(), "{way}");
}

async fn refused(app: &App, key: &Key, expected: Refusal, way: &str) {
    let before = refusals(app).await;
    assert_eq!(problem(key.ctx.access(app.account, PII).await), Problem::Refused(expected), "{way}");
    assert_eq!(refusals(app).await, before + 1, "{way} is logged");
}

/// What the log says of keys that were refused.
async fn refusals(app: &App) -> u64 {
    let log = app.log().await;
    let refused = log.iter().filter(|entry| entry.outcome == model::Outcome::Refused);
    refused
        .filter(|entry| entry.key.as_ref().map(|key| key.name.as_str()) == Some("A program"))
        .map(|entry| entry.repeats)
        .sum()
}

async fn state(app: &App, key: &Key) -> KeyState {
    api_key::get(&app.owner().ctx, app.account, key.id).await.unwrap().key.state
}

async fn creator(app: &App) -> (Person, Key) {
    let creator = app.custom("api_key contact").await;
    let key = app.key(&creator, "contact").await;
    (creator, key)
}

async fn by_every_way(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (creator, key) = creator(&app).await;
    let without = Refusal::Permission(PII);
    allowed(&app, &key, "as it was made").await;
    api_key::switch_permission(&owner, app.account, key.id, "contact.read.pii", false).await.unwrap();
    refused(&app, &key, without, "a toggle").await;
    api_key::switch_permission(&owner, app.account, key.id, "contact.read", true).await.unwrap();
    allowed(&app, &key, "switched on").await;
    api_key::switch_off(&owner, app.account, key.id).await.unwrap();
    refused(&app, &key, without, "all of it").await;
    api_key::switch_permission(&creator.ctx, app.account, key.id, "contact", true).await.unwrap();
    allowed(&app, &key, "its creator switches it on").await;
    let rotated = api_key::rotate(&creator.ctx, app.account, key.id).await.unwrap();
    assert_eq!(problem(app.with_key(&key.secret).await), Problem::UnknownKey, "the secret from before");
    let key = Key { ctx: app.with_key(&rotated.secret).await.unwrap(), secret: rotated.secret, ..key };
    allowed(&app, &key, "a new secret").await;
    api_key::revoke(&owner, app.account, key.id).await.unwrap();
    refused(&app, &key, Refusal::KeyRevoked, "revoked").await;
    let again = app.with_key(&key.secret).await.unwrap();
    assert_eq!(problem(again.member(app.account).await), Problem::Refused(Refusal::KeyRevoked));
    assert_eq!(state(&app, &key).await, KeyState::Revoked);
    for answer in [
        api_key::revoke(&owner, app.account, key.id).await,
        api_key::switch_permission(&owner, app.account, key.id, "contact", true).await.map(drop),
        api_key::rotate(&creator.ctx, app.account, key.id).await.map(drop),
    ] {
        assert!(matches!(problem(answer), Problem::Conflict(_)), "revoked is for good");
    }
}

async fn by_what_becomes_of_its_creator(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (creator, key) = creator(&app).await;
    member::set_role(&owner, app.account, creator.member, Role::Viewer).await.unwrap();
    refused(&app, &key, Refusal::Permission(PII), "another role").await;
    member::set_role(&owner, app.account, creator.member, Role::Admin).await.unwrap();
    allowed(&app, &key, "as Admin").await;
    member::suspend(&owner, app.account, creator.member).await.unwrap();
    refused(&app, &key, Refusal::KeyCreatorInactive, "suspended").await;
    assert_eq!(state(&app, &key).await, KeyState::CreatorInactive);
    member::restore(&owner, app.account, creator.member).await.unwrap();
    allowed(&app, &key, "restored").await;
    let point = |days| PolicyPoint::SecondFactor(SecondFactorWithin::Days(days));
    policy::update(&owner, app.account, point(7)).await.unwrap();
    allowed(&app, &key, "a second factor within a week").await;
    app.move_clock(DAY * 8);
    let missing = Problem::Refused(Refusal::SecondFactorMissing);
    assert_eq!(problem(key.ctx.access(app.account, PII).await), missing, "its creator is kept out");
    app.move_clock_back(DAY * 8);
    member::remove(&owner, app.account, creator.member).await.unwrap();
    refused(&app, &key, Refusal::KeyCreatorInactive, "removed").await;
    assert_eq!(state(&app, &key).await, KeyState::CreatorInactive);
}

async fn with_its_time(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let form = ApiKeyForm { name: "A program".into(), permissions: "contact".into(), days: 30, like: None };
    let minted = api_key::create(&owner, app.account, form).await.unwrap();
    let key = Key { id: minted.id, ctx: app.with_key(&minted.secret).await.unwrap(), secret: minted.secret };
    app.move_clock(DAY * 29);
    allowed(&app, &key, "on its last day").await;
    app.move_clock(DAY);
    refused(&app, &key, Refusal::KeyExpired, "its time is over").await;
    assert_eq!(state(&app, &key).await, KeyState::Expired);
    assert!(matches!(problem(api_key::rotate(&owner, app.account, key.id).await), Problem::Conflict(_)));
    let odd = ApiKeyForm { name: " ".into(), permissions: "contact".into(), days: 31, like: None };
    let Problem::Invalid(errors) = problem(api_key::create(&owner, app.account, odd).await) else { panic!() };
    assert!(errors.get("name").is_some() && errors.get("days").is_some());
    let shown = |state| ApiKeyFilter { state: Some(state), ..ApiKeyFilter::default() };
    for (state, total) in
        [(KeyState::Expired, 1), (KeyState::Live, 0), (KeyState::Revoked, 0), (KeyState::CreatorInactive, 0)]
    {
        assert_eq!(api_key::list(&owner, app.account, shown(state)).await.unwrap().total, total, "{state:?}");
    }
}

/// Checks run all the while: each that begins after "off" was answered is refused.
async fn while_it_is_flipped(on: Kind) {
    let app = Arc::new(App::new(on).await);
    let key = app.key(&app.owner(), "contact").await;
    let owner = app.owner().ctx;
    for round in 0..25 {
        api_key::switch_permission(&owner, app.account, key.id, "contact.read.pii", false).await.unwrap();
        let checks = (0..8).map(|_| {
            let (ctx, account) = (key.ctx.clone(), app.account);
            tokio::spawn(async move { ctx.access(account, PII).await.is_ok() })
        });
        for answer in futures::future::join_all(checks).await {
            assert!(!answer.unwrap(), "round {round}");
        }
        api_key::switch_permission(&owner, app.account, key.id, "contact.read.pii", true).await.unwrap();
        allowed(&app, &key, "switched on").await;
    }
}

async fn with_its_account(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let below = app.account_below(app.account, "Cape Town").await;
    let key = app.key_in(below, &app.owner(), "contact").await;
    assert_eq!(service::account::preview_delete(&owner, below).await.unwrap().count(model::Resource::ApiKey), 1);
    assert!(key.ctx.access(below, Permission::CampaignRead).await.is_err());
    let named = model::AccountForm { name: "Cape Town".into() };
    service::account::delete(&owner, below, named).await.unwrap();
    assert_eq!(problem(app.with_key(&key.secret).await), Problem::UnknownKey);
    assert_eq!(problem(key.ctx.access(below, PII).await), Problem::NotFound);
    let log = app.log().await;
    let refusal = log.iter().find(|entry| entry.outcome == model::Outcome::Refused).unwrap();
    assert_eq!(en(EntryActor(refusal)), "Olga Owens, deleted API key,", "it was no person");
    // And with the organisation.
    let key = app.key(&app.owner(), "contact").await;
    let form = model::DeleteOrganisation { name: "Acme".into() };
    deletion::delete(&owner, app.account, form).await.unwrap();
    assert_eq!(problem(key.ctx.access(app.account, PII).await), Problem::Refused(Refusal::BeingDeleted));
    app.move_clock(DAY * 15);
    let system = service::Context::system(Arc::clone(&app.service), model::Job::DeleteExpired).unwrap();
    while deletion::purge_some(&system).await.unwrap() {}
    assert_eq!(problem(app.with_key(&key.secret).await), Problem::UnknownKey);
    assert_eq!(app.tombstone().await.gone["api_key"], 1);
}
