//! Nothing personal leaves without `contact.read.pii`, and nothing leaves without an entry in the log.

use super::{create, form};
use crate::support::{App, Expected, Kind, on_both_databases, problem};
use model::{ContactFilter, ContactForm, Outcome, Permission, Problem, Refusal};
use service::{contact, member};

on_both_databases!(nothing_personal, no_search, read_is_logged, masks_are_not, flipped);

fn search(text: &str) -> ContactFilter {
    ContactFilter { search: text.to_owned(), ..ContactFilter::default() }
}

async fn nothing_personal(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, ContactForm { tags: "vip".to_owned(), ..form("Ana Ruiz") }).await;
    for person in
        [app.viewer().await, app.custom("contact.read.basic contact.update contact.create contact.export").await]
    {
        let page = contact::list(&person.ctx, app.account, ContactFilter::default()).await.unwrap();
        let one = contact::get(&person.ctx, app.account, id).await.unwrap();
        assert_eq!(one.tags, ["vip"]);
        let answer = format!("{}{}", serde_json::to_string(&page).unwrap(), serde_json::to_string(&one).unwrap());
        for personal in ["Ana", "Ruiz", "ana.ruiz", "example.com", "2782"] {
            assert!(!answer.contains(personal), "{personal} in {answer}");
        }
    }
}

/// A search would tell what it may not show, by what it finds.
async fn no_search(on: Kind) {
    let app = App::new(on).await;
    create(&app, form("Ana Ruiz")).await;
    let viewer = app.viewer().await;
    let refused = Problem::Refused(Refusal::Permission(Permission::ContactReadPii));
    for text in ["Ana", "+2782", "nobody"] {
        let before = app.log_size().await;
        assert_eq!(problem(contact::list(&viewer.ctx, app.account, search(text)).await), refused, "{text}");
        assert_eq!(app.log_size().await, before + 1);
    }
    assert_eq!(contact::list(&viewer.ctx, app.account, search("  ")).await.unwrap().total, 1, "blanks search nothing");
}

async fn read_is_logged(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    for name in ["Ana", "Ben", "Cy"] {
        create(&app, form(name)).await;
    }
    let expected =
        || Expected { who: &member, permission: Some(Permission::ContactReadPii), outcome: Outcome::Allowed };
    let before = app.log_size().await;
    let page = contact::list(&member.ctx, app.account, ContactFilter::default()).await.unwrap();
    let entry = app.assert_logged("list", before, expected()).await;
    assert_eq!((entry.records, entry.what.as_str()), (3, "viewed 3 contacts"));
    contact::get(&member.ctx, app.account, page.rows[0].id).await.unwrap();
    assert_eq!(app.assert_logged("get", before + 1, expected()).await.records, 1);
    contact::list(&member.ctx, app.account, search("Ben")).await.unwrap();
    assert_eq!(app.assert_logged("search", before + 2, expected()).await.records, 1);
}

async fn masks_are_not(on: Kind) {
    let app = App::new(on).await;
    create(&app, form("Ana")).await;
    let viewer = app.viewer().await;
    let before = app.log_size().await;
    contact::list(&viewer.ctx, app.account, ContactFilter::default()).await.unwrap();
    assert_eq!(app.log_size().await, before, "nothing personal was shown");
}

async fn flipped(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, form("Ana")).await;
    let person = app.member().await;
    for on in [false, true, false] {
        member::switch_permission(&app.owner().ctx, app.account, person.member, "contact.read.pii", on).await.unwrap();
        let shown = contact::get(&person.ctx, app.account, id).await.unwrap();
        assert_eq!(shown.personal.is_some(), on);
    }
}
