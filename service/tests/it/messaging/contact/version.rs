//! Two people change one contact: nobody saves over what they have not seen.

use super::{create, form};
use crate::support::{App, Kind, on_both_databases, problem};
use model::{
    Conflict, Contact, ContactAct, ContactForm, ContactId, ContactSelection, Permission, Problem, Refusal, TagForm,
};
use service::contact;

on_both_databases!(
    later_one_is_told,
    tags_count_too,
    without_a_version,
    moves_on_while_the_clock_stands,
    refusal_first
);

const CHANGED: Problem = Problem::Conflict(Conflict::ChangedMeanwhile);

async fn now(app: &App, id: ContactId) -> Contact {
    contact::get(&app.owner().ctx, app.account, id).await.unwrap()
}

async fn later_one_is_told(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await.ctx, app.member().await.ctx);
    let id = create(&app, form("Zoe Zander")).await;
    let version = Some(now(&app, id).await.version);
    contact::update(&ana, app.account, id, ContactForm { version, ..form("Zoe Bo") }).await.unwrap();
    let before = app.log_size().await;
    let late = ContactForm { version, tags: "vip".to_owned(), ..form("Zoe Ruiz") };
    assert_eq!(problem(contact::update(&ben, app.account, id, late.clone()).await), CHANGED);
    let shown = now(&app, id).await;
    assert_eq!((shown.personal.unwrap().name.as_str(), shown.tags.len()), ("Zoe Bo", 0), "nothing is half saved");
    assert_eq!(app.log_size().await, before + 1, "nothing but the reading of it here");
    // Who has seen it may save over it.
    let mine = ContactForm { version: Some(shown.version), ..late };
    contact::update(&ben, app.account, id, mine).await.unwrap();
    assert_eq!(now(&app, id).await.personal.unwrap().name, "Zoe Ruiz");
}

async fn tags_count_too(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let id = create(&app, form("Zoe Zander")).await;
    let version = Some(now(&app, id).await.version);
    let tagged = |tags: &str| TagForm { tags: tags.to_owned(), version };
    contact::tag(&owner, app.account, id, tagged("vip")).await.unwrap();
    assert_eq!(problem(contact::tag(&owner, app.account, id, tagged("news")).await), CHANGED);
    let late = ContactForm { version, ..form("Zoe Bo") };
    assert_eq!(problem(contact::update(&owner, app.account, id, late).await), CHANGED);
    // So does a tag that many got at once.
    let version = Some(now(&app, id).await.version);
    let act = ContactAct::Tag("news".to_owned());
    contact::change_many(&owner, app.account, ContactSelection::Contacts(vec![id]), act).await.unwrap();
    let late = ContactForm { version, ..form("Zoe Bo") };
    assert_eq!(problem(contact::update(&owner, app.account, id, late).await), CHANGED);
}

/// A program that names none replaces whatever is there.
async fn without_a_version(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let id = create(&app, form("Zoe Zander")).await;
    for name in ["Zoe Bo", "Zoe Ruiz"] {
        contact::update(&owner, app.account, id, form(name)).await.unwrap();
        assert_eq!(now(&app, id).await.personal.unwrap().name, name);
    }
}

async fn moves_on_while_the_clock_stands(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    app.stop_clock();
    let id = create(&app, form("Zoe Zander")).await;
    let mut versions = vec![now(&app, id).await.version];
    contact::update(&owner, app.account, id, form("Zoe Bo")).await.unwrap();
    versions.push(now(&app, id).await.version);
    contact::tag(&owner, app.account, id, TagForm { tags: "vip".to_owned(), version: None }).await.unwrap();
    versions.push(now(&app, id).await.version);
    let act = ContactAct::Untag("vip".to_owned());
    contact::change_many(&owner, app.account, ContactSelection::Contacts(vec![id]), act).await.unwrap();
    versions.push(now(&app, id).await.version);
    assert!(versions.is_sorted_by(|one, next| one < next), "{versions:?}");
}

/// Who may not change it is not told that somebody did.
async fn refusal_first(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, form("Zoe Zander")).await;
    let version = Some(now(&app, id).await.version);
    contact::update(&app.owner().ctx, app.account, id, form("Zoe Bo")).await.unwrap();
    let blind = app.custom("contact.read.basic contact.update").await.ctx;
    let answer = contact::update(&blind, app.account, id, ContactForm { version, ..form("X") }).await;
    assert_eq!(problem(answer), Problem::Refused(Refusal::Permission(Permission::ContactReadPii)));
}
