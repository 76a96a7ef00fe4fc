use super::{create, form};
use crate::support::{App, Kind, en, on_both_databases, problem};
use model::{Contact, ContactFilter, ContactForm, Cursor, Page, Problem, SortKey, Total, Towards, limit};
use service::{Context, contact};
use std::sync::Arc;

on_both_databases!(
    paged,
    paged_while_others_add,
    added_in_front,
    deleted_page_by_page,
    past_the_end,
    more_than_are_counted,
    searched,
    searched_in_one_account,
    searched_after_a_change,
    searched_from_before_an_update,
    faulty_filter
);

async fn list(app: &App, filter: ContactFilter) -> Page<Contact> {
    contact::list(&app.owner().ctx, app.account, filter).await.unwrap()
}

fn names(page: &Page<Contact>) -> Vec<String> {
    page.rows.iter().map(|contact| contact.personal.clone().unwrap().name).collect()
}

async fn fill(app: &App, names: std::ops::Range<u32>) {
    for number in names {
        let tags = if number % 2 == 0 { "even" } else { "odd" }.to_owned();
        create(app, ContactForm { tags, ..form(&format!("Contact {number}")) }).await;
    }
}

async fn paged(on: Kind) {
    let app = App::new(on).await;
    fill(&app, 0..120).await;
    let first = list(&app, ContactFilter::default()).await;
    assert_eq!((en(first.caption()).as_str(), first.newer.clone()), ("1 to 50 of 120", None));
    let second = list(&app, ContactFilter { cursor: first.older.clone(), ..ContactFilter::default() }).await;
    let third = list(&app, ContactFilter { cursor: second.older.clone(), ..ContactFilter::default() }).await;
    assert_eq!((en(third.caption()).as_str(), third.older.clone()), ("101 to 120 of 120", None));
    let seen = [names(&first), names(&second), names(&third)].concat();
    assert_eq!(seen, (0..120).rev().map(|number| format!("Contact {number}")).collect::<Vec<_>>());
    let back = list(&app, ContactFilter { cursor: third.newer, ..ContactFilter::default() }).await;
    assert_eq!(names(&back), names(&second));
    let even = list(&app, ContactFilter { tag: "even".to_owned(), ..ContactFilter::default() }).await;
    assert_eq!((even.total.rows(), even.rows.len()), (Some(60), 50));
    let more =
        list(&app, ContactFilter { tag: "even".to_owned(), cursor: even.older, ..ContactFilter::default() }).await;
    assert_eq!(names(&more)[9], "Contact 0");
}

async fn paged_while_others_add(on: Kind) {
    let app = App::new(on).await;
    fill(&app, 0..60).await;
    let first = list(&app, ContactFilter::default()).await;
    fill(&app, 60..70).await;
    let second = list(&app, ContactFilter { cursor: first.older.clone(), ..ContactFilter::default() }).await;
    assert_eq!(
        names(&second).first().map(String::as_str),
        Some("Contact 9"),
        "no row is shown twice, none is left out"
    );
}

/// What was added after a page was read lies in front of it.
async fn added_in_front(on: Kind) {
    let app = App::new(on).await;
    fill(&app, 0..60).await;
    let first = list(&app, ContactFilter::default()).await;
    let mut page = list(&app, ContactFilter { cursor: first.older, ..ContactFilter::default() }).await;
    fill(&app, 60..130).await;
    let mut seen = Vec::new();
    while let Some(cursor) = page.newer.clone() {
        assert!(page.before > 0, "{}", en(page.caption()));
        page = list(&app, ContactFilter { cursor: Some(cursor), ..ContactFilter::default() }).await;
        seen.splice(0..0, names(&page));
    }
    assert_eq!(page.before, 0);
    assert_eq!(seen, (10..130).rev().map(|number| format!("Contact {number}")).collect::<Vec<_>>());
}

/// Whoever empties a list page by page comes by every row.
async fn deleted_page_by_page(on: Kind) {
    let app = App::new(on).await;
    fill(&app, 0..120).await;
    let (mut seen, mut cursor) = (0, None);
    loop {
        let page = list(&app, ContactFilter { cursor, ..ContactFilter::default() }).await;
        for contact in page.rows.iter() {
            contact::delete(&app.owner().ctx, app.account, contact.id).await.unwrap();
        }
        seen += page.rows.len();
        cursor = page.older;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, 120);
    assert_eq!(list(&app, ContactFilter::default()).await.total, 0);
}

/// A page that is none does not say how many match.
async fn past_the_end(on: Kind) {
    let app = App::new(on).await;
    fill(&app, 0..60).await;
    let end = Cursor { at: SortKey::Number(0), id: uuid::Uuid::nil(), before: 60, towards: Towards::Older };
    for search in ["", "Contact 7"] {
        let filter = ContactFilter { search: search.to_owned(), cursor: Some(end.clone()), ..ContactFilter::default() };
        let page = list(&app, filter).await;
        assert_eq!((page.rows.len(), page.total, page.older), (0, Total::NONE, None));
    }
}

async fn more_than_are_counted(on: Kind) {
    let app = App::new(on).await;
    app.contact_rows(limit::TOTAL + 1).await;
    for search in ["", "contact"] {
        let filter = ContactFilter { search: search.to_owned(), ..ContactFilter::default() };
        assert_eq!(en(list(&app, filter).await.caption()), "1 to 50 of 10,000+");
    }
    let few = ContactFilter { search: "contact 1000".to_owned(), ..ContactFilter::default() };
    assert_eq!(list(&app, few).await.total, 2);
}

async fn searched_in_one_account(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Shop").await;
    create(&app, form("Zebedee Boing")).await;
    contact::create(&app.owner().ctx, below, form("Zebedee Ermintrude")).await.unwrap();
    let search = ContactFilter { search: "zebedee".to_owned(), ..ContactFilter::default() };
    assert_eq!(names(&list(&app, search.clone()).await), ["Zebedee Boing"]);
    let page = contact::list(&app.owner().ctx, below, search).await.unwrap();
    assert_eq!(names(&page), ["Zebedee Ermintrude"]);
}

async fn searched_after_a_change(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let id = create(&app, form("Florence Carousel")).await;
    let found = async |text: &str| {
        names(&list(&app, ContactFilter { search: text.to_owned(), ..ContactFilter::default() }).await)
    };
    contact::update(&owner, app.account, id, form("Dougal Carousel")).await.unwrap();
    assert_eq!((found("florence").await.len(), found("dougal").await.len()), (0, 1));
    contact::delete(&owner, app.account, id).await.unwrap();
    assert_eq!(found("dougal").await.len(), 0);
}

/// Contacts whose text to search is not written yet.
async fn searched_from_before_an_update(on: Kind) {
    let app = App::new(on).await;
    app.contact_rows(1_200).await;
    let found = async |text: &str| {
        list(&app, ContactFilter { search: text.to_owned(), ..ContactFilter::default() }).await.total.rows().unwrap()
    };
    create(&app, form("Contact 1199 of today")).await;
    let all = [("contact", 1_201), ("CONTACT 119", 12), ("act 7", 111), ("contact 1199 of", 1), ("ta", 1_201)];
    for (text, many) in all {
        assert_eq!(found(text).await, many, "{text}");
    }
    let system = Context::system(Arc::clone(&app.service), model::Job::SendMessages).unwrap();
    while contact::index_some(&system).await.unwrap() {}
    for (text, many) in all {
        assert_eq!(found(text).await, many, "{text}");
    }
}

async fn searched(on: Kind) {
    let app = App::new(on).await;
    create(&app, ContactForm { mobile: "+491701234567".to_owned(), ..form("Ötzi Übermüller") }).await;
    create(&app, ContactForm { email: "a_b@example.com".to_owned(), ..form("Ben 100%") }).await;
    let found = async |text: &str| {
        names(&list(&app, ContactFilter { search: text.to_owned(), ..ContactFilter::default() }).await)
    };
    for text in ["ötzi", "ÖTZI", "Übermüller", "übermüller", "+49170", "701234"] {
        assert_eq!(found(text).await, ["Ötzi Übermüller"], "{text}");
    }
    for text in ["100%", "a_b", "BEN"] {
        assert_eq!(found(text).await, ["Ben 100%"], "{text}");
    }
    for text in ["a%b", "axb", "B_n", "\\", "\"", "a\"b OR ben", "ben*", "ben NOT ben", "zi be"] {
        assert!(found(text).await.is_empty(), "{text}");
    }
}

async fn faulty_filter(on: Kind) {
    let app = App::new(on).await;
    for text in ["x".repeat(limit::SEARCH + 1), "a\0b".to_owned()] {
        let search = ContactFilter { search: text.clone(), ..ContactFilter::default() };
        let tag = ContactFilter { tag: text, ..ContactFilter::default() };
        for filter in [search, tag] {
            assert_eq!(problem(contact::list(&app.owner().ctx, app.account, filter).await), Problem::Malformed);
        }
    }
}
