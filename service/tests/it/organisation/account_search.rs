//! Finding people and contacts from anywhere.

use crate::support::{App, Expected, Kind, on_both_databases, problem};
use model::{ContactForm, Outcome, Permission, Problem, SearchResults};
use service::overview;

on_both_databases!(people_and_contacts, no_more_than_the_reader_may_see, without_text, what_no_name_holds);

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
