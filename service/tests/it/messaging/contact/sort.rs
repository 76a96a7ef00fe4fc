//! Contacts in other orders.

use super::{create, form};
use crate::support::{App, Expected, Kind, on_both_databases, problem};
use model::{
    Contact, ContactFilter, ContactSort, Cursor, Outcome, Page, Permission, Problem, Refusal, SortKey, Towards,
};
use service::{Context, contact};
use std::sync::Arc;

on_both_databases!(
    by_name,
    by_age,
    page_by_page,
    of_a_search,
    after_an_update,
    without_personal_details,
    logged,
    cursor
);

fn sorted(sort: ContactSort) -> ContactFilter {
    ContactFilter { sort, ..ContactFilter::default() }
}

async fn list(app: &App, filter: ContactFilter) -> Page<Contact> {
    contact::list(&app.owner().ctx, app.account, filter).await.unwrap()
}

fn names(page: &Page<Contact>) -> Vec<String> {
    page.rows.iter().map(|contact| contact.personal.clone().unwrap().name).collect()
}

async fn by_name(on: Kind) {
    let app = App::new(on).await;
    for name in ["zoe", "Emil", "Ana Ruiz", "ana", "Otto", "Ana-Maria", "Bo"] {
        create(&app, form(name)).await;
    }
    let forwards = names(&list(&app, sorted(ContactSort::Name)).await);
    assert_eq!(forwards[..2], ["ana", "Ana Ruiz"], "whatever the case, the shorter first");
    assert_eq!(forwards.last().map(String::as_str), Some("zoe"));
    let mut backwards = names(&list(&app, sorted(ContactSort::NameDescending)).await);
    backwards.reverse();
    assert_eq!(forwards, backwards);
}

async fn by_age(on: Kind) {
    let app = App::new(on).await;
    for name in ["First", "Second", "Third"] {
        create(&app, form(name)).await;
    }
    assert_eq!(names(&list(&app, sorted(ContactSort::Oldest)).await), ["First", "Second", "Third"]);
    assert_eq!(names(&list(&app, sorted(ContactSort::Newest)).await), ["Third", "Second", "First"]);
}

async fn page_by_page(on: Kind) {
    let app = App::new(on).await;
    for number in (0..120).rev() {
        // Several of one name.
        create(&app, form(&format!("Contact {:03}", number / 3))).await;
    }
    for sort in [ContactSort::Name, ContactSort::NameDescending, ContactSort::Oldest] {
        let (mut seen, mut ids, mut page) = (Vec::new(), Vec::new(), list(&app, sorted(sort)).await);
        loop {
            seen.extend(names(&page));
            ids.extend(page.rows.iter().map(|row| row.id));
            let Some(cursor) = page.older.clone() else { break };
            page = list(&app, ContactFilter { cursor: Some(cursor), ..sorted(sort) }).await;
        }
        ids.sort();
        ids.dedup();
        assert_eq!((seen.len(), ids.len()), (120, 120), "{sort:?}");
        match sort {
            ContactSort::Name | ContactSort::Newest => assert!(seen.is_sorted(), "{seen:?}"),
            _ => assert!(seen.is_sorted_by(|one, next| one >= next), "{seen:?}"),
        }
        let back = list(&app, ContactFilter { cursor: page.newer, ..sorted(sort) }).await;
        assert_eq!(names(&back), seen[50..100], "{sort:?}");
    }
}

async fn of_a_search(on: Kind) {
    let app = App::new(on).await;
    for name in ["Zoe Bo", "Ana Bo", "Ben Ruiz"] {
        create(&app, form(name)).await;
    }
    let filter = ContactFilter { search: " bo".to_owned(), ..sorted(ContactSort::Name) };
    assert_eq!(names(&list(&app, filter).await), ["Ana Bo", "Zoe Bo"]);
}

/// Contacts whose text to search is not written yet stand first until it is.
async fn after_an_update(on: Kind) {
    let app = App::new(on).await;
    app.contact_rows(3).await;
    create(&app, form("Ana Ruiz")).await;
    let last = names(&list(&app, sorted(ContactSort::Name)).await).pop();
    assert_eq!(last.as_deref(), Some("Ana Ruiz"));
    let system = Context::system(Arc::clone(&app.service), model::Job::SendMessages).unwrap();
    while contact::index_some(&system).await.unwrap() {}
    let all = names(&list(&app, sorted(ContactSort::Name)).await);
    assert_eq!(all, ["Ana Ruiz", "Contact 0", "Contact 1", "Contact 2"]);
}

/// The order would tell how the names compare.
async fn without_personal_details(on: Kind) {
    let app = App::new(on).await;
    create(&app, form("Ana Ruiz")).await;
    let viewer = app.viewer().await.ctx;
    for sort in [ContactSort::Name, ContactSort::NameDescending] {
        let answer = contact::list(&viewer, app.account, sorted(sort)).await;
        assert_eq!(problem(answer), Problem::Refused(Refusal::Permission(Permission::ContactReadPii)));
    }
    assert!(contact::list(&viewer, app.account, sorted(ContactSort::Oldest)).await.is_ok());
}

/// What the order tells stands in the log, also of a page past the end.
async fn logged(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    for name in ["Ana Ruiz", "Ben Bo"] {
        create(&app, form(name)).await;
    }
    let end = Cursor { at: SortKey::Text("m".to_owned()), id: uuid::Uuid::nil(), before: 0, towards: Towards::Older };
    for (cursor, what) in [(None, "viewed 2 contacts"), (Some(end), "viewed 0 contacts")] {
        let before = app.log_size().await;
        let filter = ContactFilter { cursor, ..sorted(ContactSort::Name) };
        contact::list(&member.ctx, app.account, filter).await.unwrap();
        let permission = Some(Permission::ContactReadPii);
        let expected = Expected { who: &member, permission, outcome: Outcome::Allowed };
        assert_eq!(app.assert_logged(what, before, expected).await.what, what);
    }
}

/// A page of one order is none of another.
async fn cursor(on: Kind) {
    let app = App::new(on).await;
    for number in 0..60 {
        create(&app, form(&format!("Contact {number}"))).await;
    }
    let by_name = list(&app, sorted(ContactSort::Name)).await.older;
    let filter = ContactFilter { cursor: by_name, ..sorted(ContactSort::Newest) };
    assert_eq!(problem(contact::list(&app.owner().ctx, app.account, filter).await), Problem::Malformed);
}
