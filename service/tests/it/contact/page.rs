use super::{create, form};
use crate::support::{App, Kind, on_both_databases, problem};
use model::{Contact, ContactFilter, ContactForm, Page, Problem, limit};
use service::contact;

on_both_databases!(paged, paged_while_others_add, searched, faulty_filter);

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
    assert_eq!((first.caption().as_str(), first.newer.clone()), ("1 to 50 of 120", None));
    let second = list(&app, ContactFilter { cursor: first.older.clone(), ..ContactFilter::default() }).await;
    let third = list(&app, ContactFilter { cursor: second.older.clone(), ..ContactFilter::default() }).await;
    assert_eq!((third.caption().as_str(), third.older.clone()), ("101 to 120 of 120", None));
    let seen = [names(&first), names(&second), names(&third)].concat();
    assert_eq!(seen, (0..120).rev().map(|number| format!("Contact {number}")).collect::<Vec<_>>());
    let back = list(&app, ContactFilter { cursor: third.newer, ..ContactFilter::default() }).await;
    assert_eq!(names(&back), names(&second));
    let even = list(&app, ContactFilter { tag: "even".to_owned(), ..ContactFilter::default() }).await;
    assert_eq!((even.total, even.rows.len()), (60, 50));
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
    for text in ["a%b", "axb", "B_n", "\\"] {
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
