use crate::support::{App, Kind, on_both_databases, problem};
use model::{AccessFilter, ContactForm, Outcome, Permission, Problem, Refusal};
use service::{Actor, Context, Request, access_log, contact};
use std::sync::Arc;

on_both_databases!(filtered, by_name, by_permission, paged, added_in_front, refused, faulty);

async fn total(app: &App, filter: AccessFilter) -> u64 {
    access_log::list(&app.owner().ctx, app.account, filter).await.unwrap().total.rows().unwrap()
}

fn from(app: &App, user: model::UserId, ip: &str, path: &str) -> Context {
    let request = Request { path: path.to_owned(), ..app.request_from(Actor::User(user), ip).request().clone() };
    Context::new(Arc::clone(&app.service), request, Actor::User(user))
}

async fn act(app: &App, ctx: &Context) {
    let form = ContactForm { name: "Zoe".to_owned(), email: "zoe@example.com".to_owned(), ..ContactForm::default() };
    // The filter is what this is about: refusals are as welcome as successes.
    let _ = contact::create(ctx, app.account, form).await;
}

async fn filtered(on: Kind) {
    let app = App::new(on).await;
    let (member, viewer) = (app.member().await, app.viewer().await);
    for (user, ip, path) in [
        (member.user, "203.0.113.1", "/contacts"),
        (member.user, "203.0.113.2", "/contacts/x"),
        (viewer.user, "203.0.113.1", "/contacts_"),
        (viewer.user, "2001:db8::1", "/c%ntacts"),
    ] {
        act(&app, &from(&app, user, ip, path)).await;
    }
    let filter = AccessFilter::default;
    assert_eq!(total(&app, AccessFilter { ips: "203.0.113.1".to_owned(), ..filter() }).await, 2);
    assert_eq!(total(&app, AccessFilter { ips: " 203.0.113.2 ,2001:db8::1, ".to_owned(), ..filter() }).await, 2);
    assert_eq!(total(&app, AccessFilter { ips: "203.0.113".to_owned(), ..filter() }).await, 0);
    assert_eq!(total(&app, AccessFilter { path: "/contacts".to_owned(), ..filter() }).await, 3);
    assert_eq!(total(&app, AccessFilter { path: "/contacts_".to_owned(), ..filter() }).await, 1);
    assert_eq!(total(&app, AccessFilter { path: "/c%".to_owned(), ..filter() }).await, 1);
    let refused = || AccessFilter { outcome: Some(Outcome::Refused), ..filter() };
    assert_eq!(total(&app, refused()).await, 2);
    assert_eq!(total(&app, AccessFilter { user: Some(member.user), ..refused() }).await, 0);
    assert_eq!(total(&app, AccessFilter { user: Some(viewer.user), ..refused() }).await, 2);
}

/// By a part of the name of a person, a former one too, or of a key; not of people of other organisations.
async fn by_name(on: Kind) {
    let app = App::new(on).await;
    let (member, stranger) = (app.member().await, app.stranger().await);
    let key = app.key(&app.owner(), "contact.create").await;
    act(&app, &member.ctx).await;
    act(&app, &key.ctx).await;
    let who = |who: &str| AccessFilter { who: who.to_owned(), ..AccessFilter::default() };
    let of_member = total(&app, AccessFilter { user: Some(member.user), ..AccessFilter::default() }).await;
    assert_eq!(total(&app, who("ANA ru")).await, of_member);
    assert_eq!(total(&app, who("a prog")).await, 1);
    assert_eq!(total(&app, AccessFilter { key: Some(key.id), ..AccessFilter::default() }).await, 1);
    assert_eq!(total(&app, who("no such name")).await, 0);
    service::member::remove(&app.owner().ctx, app.account, member.member).await.unwrap();
    assert_eq!(total(&app, who("ana ru")).await, of_member, "the log outlives the membership");
    let theirs = service::user::profile(&stranger.ctx).await.unwrap().name();
    let shown = access_log::list(&app.owner().ctx, app.account, who(&theirs)).await.unwrap();
    assert!(shown.rows.iter().all(|entry| entry.who.user != Some(stranger.user)));
}

async fn by_permission(on: Kind) {
    let app = App::new(on).await;
    act(&app, &app.viewer().await.ctx).await;
    let filter = |permission| AccessFilter { permission: Some(permission), ..AccessFilter::default() };
    assert_eq!(total(&app, filter(Permission::ContactCreate)).await, 1);
    assert_eq!(total(&app, filter(Permission::ContactDelete)).await, 0);
}

async fn paged(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    for _ in 0..60 {
        act(&app, &member.ctx).await;
    }
    let log = app.log().await;
    assert_eq!(log.len() as u64, app.log_size().await);
    assert!(log.iter().take(60).all(|entry| entry.who.user == Some(member.user)), "the newest first");
    let mut ids: Vec<_> = log.iter().map(|entry| entry.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), log.len(), "each once");
}

/// What was written after a page was read lies in front of it.
async fn added_in_front(on: Kind) {
    let app = App::new(on).await;
    let member = from(&app, app.member().await.user, "203.0.113.1", "/contacts");
    let list = async |cursor| {
        let filter = AccessFilter { path: "/contacts".to_owned(), cursor, ..AccessFilter::default() };
        access_log::list(&app.owner().ctx, app.account, filter).await.unwrap()
    };
    for _ in 0..60 {
        act(&app, &member).await;
    }
    let first = list(None).await;
    let mut page = list(first.older.clone()).await;
    let mut seen: Vec<_> = page.rows.iter().map(|entry| entry.id).collect();
    for _ in 0..70 {
        act(&app, &member).await;
    }
    while let Some(cursor) = page.newer.clone() {
        page = list(Some(cursor)).await;
        seen.splice(0..0, page.rows.iter().map(|entry| entry.id));
    }
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let page = list(cursor).await;
        all.extend(page.rows.iter().map(|entry| entry.id));
        cursor = page.older;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((seen.len(), seen), (130, all));
}

async fn refused(on: Kind) {
    let app = App::new(on).await;
    let refused = Problem::Refused(Refusal::Permission(Permission::AccessLogRead));
    for person in [app.member().await, app.viewer().await] {
        assert_eq!(problem(access_log::list(&person.ctx, app.account, AccessFilter::default()).await), refused);
    }
    let auditor = app.custom("access_log.read").await;
    assert!(access_log::list(&auditor.ctx, app.account, AccessFilter::default()).await.unwrap().total.is_at_least(1));
}

async fn faulty(on: Kind) {
    let app = App::new(on).await;
    for text in ["x".repeat(201), "a\0b".to_owned()] {
        for filter in [
            AccessFilter { ips: text.clone(), ..AccessFilter::default() },
            AccessFilter { path: text.clone(), ..AccessFilter::default() },
            AccessFilter { who: text.clone(), ..AccessFilter::default() },
        ] {
            assert_eq!(problem(access_log::list(&app.owner().ctx, app.account, filter).await), Problem::Malformed);
        }
    }
}
