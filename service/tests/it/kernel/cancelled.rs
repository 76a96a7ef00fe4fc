//! A browser that goes away drops its request at any point. Then there is the whole change or none
//! of it, and nobody else notices.

use crate::support::{App, Kind, give_up_after, on_both_databases};
use model::{ContactFilter, ContactForm, ContactId, Permission};
use service::{contact, member};
use std::collections::HashSet;

on_both_databases!(among_others, one_after_the_other, a_toggle, a_read);

/// No operation has more points at which it can be dropped.
const POINTS: usize = 70;

fn form(name: &str) -> ContactForm {
    ContactForm {
        name: name.to_owned(),
        email: "zoe@example.com".to_owned(),
        tags: "a, b".to_owned(),
        ..ContactForm::default()
    }
}

/// Every contact, each whole, and each with its entry in the log.
async fn whole(app: &App) -> HashSet<ContactId> {
    // Waits behind whatever a dropped request may have left under way.
    let last = contact::create(&app.owner().ctx, app.account, form("last")).await.unwrap();
    let mut ids = HashSet::from([last]);
    let mut cursor = None;
    loop {
        let filter = ContactFilter { cursor, ..ContactFilter::default() };
        let page = contact::list(&app.owner().ctx, app.account, filter).await.unwrap();
        for contact in page.rows.iter() {
            assert_eq!(contact.tags, ["a", "b"], "not half a contact");
            ids.insert(contact.id);
        }
        cursor = page.older;
        if cursor.is_none() {
            break;
        }
    }
    let created = app.log().await.iter().filter(|entry| entry.what == "added a contact").count();
    assert_eq!(created, ids.len(), "with an entry each");
    ids
}

async fn among_others(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let mut acknowledged = HashSet::new();
    for points in 0..POINTS {
        let (before, dropped, after) = tokio::join!(
            contact::create(&owner, app.account, form("before")),
            give_up_after(points, contact::create(&owner, app.account, form("dropped"))),
            contact::create(&owner, app.account, form("after")),
        );
        acknowledged.extend([before.unwrap(), after.unwrap()]);
        acknowledged.extend(dropped.map(Result::unwrap));
    }
    assert!(acknowledged.is_subset(&whole(&app).await), "what was acknowledged is there");
}

async fn one_after_the_other(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let mut acknowledged = HashSet::new();
    let mut completed = 0;
    for points in 0..POINTS {
        let dropped = give_up_after(points, contact::create(&owner, app.account, form("dropped"))).await;
        completed += usize::from(dropped.is_some());
        acknowledged.extend(dropped.map(Result::unwrap));
        acknowledged.insert(contact::create(&owner, app.account, form("next")).await.unwrap());
    }
    assert!(completed < POINTS, "some were dropped");
    assert!(acknowledged.is_subset(&whole(&app).await), "what was acknowledged is there");
}

/// What the log and the members page say is what the next check says.
async fn a_toggle(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let person = app.member().await;
    for points in 0..POINTS {
        let switched = points % 2 == 1;
        let path = "contact.read.pii";
        let switch = Box::pin(member::switch_permission(&owner, app.account, person.member, path, switched));
        give_up_after(points, switch).await;
        contact::create(&owner, app.account, form("after")).await.unwrap();
        let shown = member::get(&owner, app.account, person.member).await.unwrap();
        let held = shown.permissions.contains(Permission::ContactReadPii);
        let allowed = person.ctx.access(app.account, Permission::ContactReadPii).await.is_ok();
        assert_eq!(allowed, held, "dropped after {points}");
    }
}

async fn a_read(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let id = contact::create(&owner, app.account, form("Zoe")).await.unwrap();
    let mut shown = 0;
    for points in 0..POINTS {
        let read = give_up_after(points, contact::get(&owner, app.account, id)).await;
        shown += usize::from(read.is_some());
    }
    let logged = app.log().await.iter().filter(|entry| entry.what == "viewed a contact").count();
    assert!(logged >= shown, "{shown} shown, {logged} logged");
    assert!(contact::create(&owner, app.account, form("next")).await.is_ok());
}
