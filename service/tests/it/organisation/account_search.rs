//! Finding people, contacts and what else an account has from anywhere.

use crate::support::{App, Expected, Kind, on_both_databases, problem};
use model::{AccountForm, ApiKeyForm, CampaignForm, ContactForm, Outcome, Permission, Problem, SearchResults};
use service::overview;

on_both_databases!(
    people_and_contacts,
    campaigns_keys_and_accounts,
    few_of_each_kind,
    each_behind_its_permission,
    no_more_than_the_reader_may_see,
    without_text,
    what_no_name_holds
);

async fn contact(app: &App, name: &str) {
    let form = ContactForm { name: name.to_owned(), mobile: "+27825550100".to_owned(), ..ContactForm::default() };
    service::contact::create(&app.owner().ctx, app.account, form).await.unwrap();
}

fn names(found: &SearchResults) -> Vec<&str> {
    let people = found.people.iter().map(|person| person.email.as_str());
    people.chain(found.contacts.iter().map(|contact| contact.name.as_str())).collect()
}

async fn people_and_contacts(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    contact(&app, "Viewerine Botha").await;
    contact(&app, "Bongani Nkosi").await;
    let (owner, before) = (app.owner(), app.log_size().await);
    let found = overview::search(&owner.ctx, app.account, " VIEWER ").await.unwrap();
    assert_eq!(names(&found), [&viewer.email, "Viewerine Botha"]);
    assert_eq!(found.contacts[0].reached_at, "+27825550100");
    let expected = Expected { who: &owner, permission: Some(Permission::ContactReadPii), outcome: Outcome::Allowed };
    assert_eq!(app.assert_logged("search", before, expected).await.records, 1);
}

/// One of each kind, all named alike.
async fn spring(app: &App, number: u32) {
    let (ctx, name) = (app.owner().ctx, format!("Spring {number}"));
    let text = CampaignForm { name: name.clone(), text: "Half price".to_owned(), tag: String::new(), version: None };
    service::campaign::create(&ctx, app.account, text).await.unwrap();
    let key = ApiKeyForm { name: name.clone(), permissions: "contact.read.basic".into(), days: 0, like: None };
    service::api_key::create(&ctx, app.account, key).await.unwrap();
    service::account::create(&ctx, app.account, AccountForm { name: name.clone() }).await.unwrap();
    contact(app, &name).await;
}

/// How many of each kind were found: contacts, campaigns, keys, accounts.
async fn counts(ctx: &service::Context, app: &App, text: &str) -> [usize; 4] {
    let found = overview::search(ctx, app.account, text).await.unwrap();
    [found.contacts.len(), found.campaigns.len(), found.api_keys.len(), found.accounts.len()]
}

async fn campaigns_keys_and_accounts(on: Kind) {
    let app = App::new(on).await;
    spring(&app, 1).await;
    let ctx = app.owner().ctx;
    let found = overview::search(&ctx, app.account, " sPRING ").await.unwrap();
    assert_eq!(found.campaigns[0].name, "Spring 1");
    assert_eq!((found.api_keys[0].name.as_str(), found.accounts[0].name.as_str()), ("Spring 1", "Spring 1"));
    let begins = &found.api_keys[0].begins;
    let by_secret = overview::search(&ctx, app.account, begins).await.unwrap();
    assert_eq!(by_secret.api_keys, found.api_keys);
    assert_eq!(counts(&ctx, &app, "autumn").await, [0; 4]);
    let stranger = app.stranger().await;
    let theirs = overview::search(&stranger.ctx, stranger.account, "spring").await.unwrap();
    assert!(theirs.is_empty());
}

async fn few_of_each_kind(on: Kind) {
    let app = App::new(on).await;
    for number in 1..=6 {
        spring(&app, number).await;
    }
    assert_eq!(counts(&app.owner().ctx, &app, "spring").await, [5; 4]);
}

async fn each_behind_its_permission(on: Kind) {
    let app = App::new(on).await;
    spring(&app, 1).await;
    for (permissions, expected) in [
        ("", [0, 0, 0, 1]),
        ("contact.read.basic", [0, 0, 0, 1]),
        ("contact.read", [1, 0, 0, 1]),
        ("campaign.read", [0, 1, 0, 1]),
        ("api_key.read", [0, 0, 1, 1]),
    ] {
        let reader = app.custom(permissions).await;
        assert_eq!(counts(&reader.ctx, &app, "spring").await, expected, "{permissions}");
    }
}

async fn no_more_than_the_reader_may_see(on: Kind) {
    let app = App::new(on).await;
    contact(&app, "Bongani Nkosi").await;
    let (viewer, nobody, stranger) = (app.viewer().await, app.custom("").await, app.stranger().await);
    let hidden = overview::search(&viewer.ctx, app.account, "bongani").await.unwrap();
    assert!(hidden.is_empty());
    let none = overview::search(&nobody.ctx, app.account, "viewer").await.unwrap();
    assert!(none.is_empty());
    let theirs = overview::search(&stranger.ctx, stranger.account, "viewer").await.unwrap();
    assert!(theirs.is_empty());
    assert_eq!(problem(overview::search(&stranger.ctx, app.account, "viewer").await), Problem::NotFound);
}

async fn without_text(on: Kind) {
    let app = App::new(on).await;
    contact(&app, "Bongani Nkosi").await;
    for text in ["", "  "] {
        assert!(overview::search(&app.owner().ctx, app.account, text).await.unwrap().is_empty());
    }
}

async fn what_no_name_holds(on: Kind) {
    let app = App::new(on).await;
    for text in ["x".repeat(101), "a\u{0}b".to_owned()] {
        assert_eq!(problem(overview::search(&app.owner().ctx, app.account, &text).await), Problem::Malformed);
    }
}
