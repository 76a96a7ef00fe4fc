//! One act on many contacts.

use super::{create, form};
use crate::support::{App, Expected, Kind, on_both_databases, problem};
use model::{
    Conflict, ContactAct, ContactFilter, ContactForm, ContactId, ContactSelection, ContactsChanged, FieldFault,
    Outcome, Permission, Problem, Refusal, limit,
};
use service::{Context, contact};

on_both_databases!(
    tagged_and_untagged,
    deleted,
    all_that_match,
    all_that_a_search_finds,
    search_without_personal_details,
    no_room_for_a_tag,
    as_many_as_are_allowed,
    faulty,
    without_permission,
    of_this_account_alone,
    logged
);

fn tag(tags: &str) -> ContactAct {
    ContactAct::Tag(tags.to_owned())
}

fn untag(tags: &str) -> ContactAct {
    ContactAct::Untag(tags.to_owned())
}

fn these(contacts: &[ContactId]) -> ContactSelection {
    ContactSelection::Contacts(contacts.to_vec())
}

fn tagged(tag: &str) -> ContactFilter {
    ContactFilter { tag: tag.to_owned(), ..ContactFilter::default() }
}

fn search(text: &str) -> ContactFilter {
    ContactFilter { search: text.to_owned(), ..ContactFilter::default() }
}

async fn change(app: &App, selection: ContactSelection, act: ContactAct) -> (u64, u64, u64) {
    let ContactsChanged { changed, unchanged, full } =
        contact::change_many(&app.owner().ctx, app.account, selection, act).await.unwrap();
    (changed, unchanged, full)
}

async fn tags(app: &App, contact: ContactId) -> Vec<String> {
    contact::get(&app.owner().ctx, app.account, contact).await.unwrap().tags
}

async fn total(ctx: &Context, app: &App) -> u64 {
    contact::list(ctx, app.account, ContactFilter::default()).await.unwrap().total.rows().unwrap()
}

async fn tagged_and_untagged(on: Kind) {
    let app = App::new(on).await;
    let ana = create(&app, ContactForm { tags: "vip".to_owned(), ..form("Ana Ruiz") }).await;
    let (ben, zoe) = (create(&app, form("Ben Bo")).await, create(&app, form("Zoe Zander")).await);
    assert_eq!(change(&app, these(&[ana, ben]), tag(" VIP ")).await, (1, 1, 0));
    assert_eq!((tags(&app, ana).await, tags(&app, ben).await), (vec!["vip".to_owned()], vec!["vip".to_owned()]));
    assert_eq!(tags(&app, zoe).await.len(), 0, "who was not selected");
    assert_eq!(change(&app, these(&[ana, ben]), tag("news, vip")).await, (2, 0, 0));
    assert_eq!(tags(&app, ana).await, ["news", "vip"]);
    assert_eq!(change(&app, these(&[ana, ben, zoe]), untag("Vip")).await, (2, 1, 0));
    assert_eq!((tags(&app, ana).await, tags(&app, ben).await), (vec!["news".to_owned()], vec!["news".to_owned()]));
    assert_eq!(change(&app, these(&[ana, ben]), untag("news, nothing")).await, (2, 0, 0));
    assert_eq!(tags(&app, ana).await.len(), 0);
}

async fn deleted(on: Kind) {
    let app = App::new(on).await;
    let ana = create(&app, ContactForm { tags: "vip".to_owned(), ..form("Ana Ruiz") }).await;
    let (ben, zoe) = (create(&app, form("Ben Bo")).await, create(&app, form("Zoe Zander")).await);
    assert_eq!(change(&app, these(&[ana, ben, ana]), ContactAct::Delete).await, (2, 0, 0));
    assert_eq!(total(&app.owner().ctx, &app).await, 1);
    assert!(contact::get(&app.owner().ctx, app.account, zoe).await.is_ok());
    // What somebody else deleted is passed over.
    assert_eq!(change(&app, these(&[ana, zoe]), ContactAct::Delete).await, (1, 0, 0));
}

async fn all_that_match(on: Kind) {
    let app = App::new(on).await;
    for number in 0..60 {
        let tags = if number % 2 == 0 { "even" } else { "odd" }.to_owned();
        create(&app, ContactForm { tags, ..form(&format!("Contact {number}")) }).await;
    }
    let matching = |tag: &str| ContactSelection::Matching(tagged(tag));
    assert_eq!(change(&app, matching("even"), tag("half")).await, (30, 0, 0));
    assert_eq!(change(&app, matching("half"), ContactAct::Delete).await, (30, 0, 0));
    let everyone = ContactSelection::Matching(ContactFilter::default());
    assert_eq!(change(&app, everyone, untag("odd")).await, (30, 0, 0));
}

/// Whom a search finds stands in the log as a search does.
async fn all_that_a_search_finds(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    for name in ["Zoe Zander", "Zoe Bo", "Ana Ruiz"] {
        create(&app, form(name)).await;
    }
    let before = app.log_size().await;
    let found = ContactSelection::Matching(search("zoe"));
    let changed = contact::change_many(&member.ctx, app.account, found, tag("z")).await.unwrap();
    assert_eq!(changed.changed, 2);
    let log = app.log().await;
    assert_eq!(app.log_size().await, before + 3);
    let said: Vec<&str> = log[..3].iter().map(|entry| entry.what.as_str()).collect();
    assert_eq!(said, ["changed a contact", "changed a contact", "searched contacts and saw 2"]);
}

async fn search_without_personal_details(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, form("Zoe Zander")).await;
    let blind = app.custom("contact.read.basic contact.update.tags contact.delete").await.ctx;
    for act in [tag("z"), untag("z"), ContactAct::Delete] {
        let found = ContactSelection::Matching(search("zoe"));
        let answer = contact::change_many(&blind, app.account, found, act).await;
        assert_eq!(problem(answer), Problem::Refused(Refusal::Permission(Permission::ContactReadPii)));
    }
    assert_eq!(tags(&app, id).await.len(), 0);
}

async fn no_room_for_a_tag(on: Kind) {
    let app = App::new(on).await;
    let many: Vec<String> = (0..limit::TAGS).map(|number| format!("tag {number}")).collect();
    let full = create(&app, ContactForm { tags: many.join(","), ..form("Ana Ruiz") }).await;
    let other = create(&app, form("Ben Bo")).await;
    assert_eq!(change(&app, these(&[full, other]), tag("one more")).await, (1, 0, 1));
    assert_eq!((tags(&app, full).await.len(), tags(&app, other).await.len()), (limit::TAGS, 1));
    assert_eq!(change(&app, these(&[full]), tag("tag 1")).await, (0, 1, 0));
}

async fn as_many_as_are_allowed(on: Kind) {
    let app = App::new(on).await;
    let most = u64::try_from(limit::SELECTED).unwrap();
    app.contact_rows(most).await;
    let everyone = ContactSelection::Matching(ContactFilter::default());
    assert_eq!(change(&app, everyone.clone(), tag("vip")).await, (most, 0, 0));
    // As a database does by itself after a while.
    app.sql("ANALYZE", Vec::new()).await;
    create(&app, form("One More")).await;
    let answer = contact::change_many(&app.owner().ctx, app.account, everyone, ContactAct::Delete).await;
    let too_many = Problem::Conflict(Conflict::TooManySelected { limit: limit::SELECTED });
    assert_eq!(problem(answer), too_many);
    assert_eq!(change(&app, ContactSelection::Matching(tagged("vip")), ContactAct::Delete).await, (most, 0, 0));
    assert_eq!(total(&app.owner().ctx, &app).await, 1);
}

async fn faulty(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, form("Ana Ruiz")).await;
    let owner = app.owner().ctx;
    for (act, fault) in [
        (tag(" , "), FieldFault::Required),
        (untag(""), FieldFault::Required),
        (tag(&"t".repeat(limit::TAG + 1)), FieldFault::TagTooLong { limit: limit::TAG }),
    ] {
        let answer = problem(contact::change_many(&owner, app.account, these(&[id]), act).await);
        assert_eq!(answer.fields().unwrap().get("tags"), Some(&fault));
    }
    let long = ContactSelection::Matching(search(&"x".repeat(limit::SEARCH + 1)));
    assert_eq!(problem(contact::change_many(&owner, app.account, long, tag("x")).await), Problem::Malformed);
    assert_eq!(change(&app, these(&[id, id]), tag("twice")).await, (1, 0, 0), "each once");
    let before = app.log_size().await;
    assert_eq!(change(&app, these(&[]), ContactAct::Delete).await, (0, 0, 0));
    assert_eq!(app.log_size().await, before, "nothing happened");
}

async fn without_permission(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, form("Ana Ruiz")).await;
    let refused = |permission| Problem::Refused(Refusal::Permission(permission));
    let viewer = app.viewer().await.ctx;
    for (act, permission) in [
        (tag("x"), Permission::ContactUpdateTags),
        (untag("x"), Permission::ContactUpdateTags),
        (ContactAct::Delete, Permission::ContactDelete),
    ] {
        let answer = contact::change_many(&viewer, app.account, these(&[id]), act).await;
        assert_eq!(problem(answer), refused(permission));
    }
    let member = app.member().await.ctx;
    let answer = contact::change_many(&member, app.account, these(&[id]), ContactAct::Delete).await;
    assert_eq!(problem(answer), refused(Permission::ContactDelete));
    // Who may read none learns of none by a filter.
    let blind = app.custom("contact.delete").await.ctx;
    let answer = contact::change_many(&blind, app.account, ContactSelection::Matching(tagged("x")), ContactAct::Delete);
    assert_eq!(problem(answer.await), refused(Permission::ContactReadBasic));
    assert!(contact::get(&app.owner().ctx, app.account, id).await.is_ok());
}

async fn of_this_account_alone(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let below = app.account_below(app.account, "Shop").await;
    let there = contact::create(&owner, below, form("Ana Ruiz")).await.unwrap();
    for act in [tag("x"), ContactAct::Delete] {
        assert_eq!(change(&app, these(&[there]), act.clone()).await, (0, 0, 0));
        let everyone = ContactSelection::Matching(ContactFilter::default());
        assert_eq!(change(&app, everyone, act).await, (0, 0, 0));
    }
    let shown = contact::get(&owner, below, there).await.unwrap();
    assert_eq!(shown.tags.len(), 0);
    let stranger = app.stranger().await;
    let answer = contact::change_many(&stranger.ctx, stranger.account, these(&[there]), ContactAct::Delete).await;
    assert_eq!(answer.unwrap(), ContactsChanged::default());
    assert!(contact::get(&owner, below, there).await.is_ok());
}

async fn logged(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    let id = create(&app, form("Ana Ruiz")).await;
    for (act, permission, what) in [
        (tag("x"), Permission::ContactUpdateTags, "changed a contact"),
        (ContactAct::Delete, Permission::ContactDelete, "deleted a contact"),
    ] {
        let before = app.log_size().await;
        contact::change_many(&admin.ctx, app.account, these(&[id]), act).await.unwrap();
        let expected = Expected { who: &admin, permission: Some(permission), outcome: Outcome::Allowed };
        assert_eq!(app.assert_logged(what, before, expected).await.what, what);
    }
}
