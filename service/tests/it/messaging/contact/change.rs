use super::{create, form};
use crate::support::{App, Kind, on_both_databases, problem};
use model::{ContactFilter, ContactForm, Permission, Problem, Refusal, TagForm};
use service::contact;

on_both_databases!(
    created,
    updated,
    tagged,
    deleted,
    without_permission,
    update_without_personal_details,
    update_of_tags_without_their_permission,
    faulty_form,
);

async fn created(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    let typed =
        ContactForm { tags: "vip, News ,vip,".to_owned(), email: "Ana@Example.com".to_owned(), ..form(" Ana Ruiz ") };
    let id = contact::create(&member.ctx, app.account, typed).await.unwrap();
    let shown = contact::get(&app.owner().ctx, app.account, id).await.unwrap();
    let personal = shown.personal.unwrap();
    assert_eq!((personal.name.as_str(), personal.mobile.as_str()), ("Ana Ruiz", "+27821234567"));
    assert_eq!(personal.email, "ana@example.com");
    assert_eq!(shown.tags, ["news", "vip"]);
}

async fn updated(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, ContactForm { tags: "old".to_owned(), ..form("Ana Ruiz") }).await;
    let other = create(&app, ContactForm { tags: "old".to_owned(), ..form("Ben Bo") }).await;
    let changed = ContactForm { tags: "new, newer".to_owned(), mobile: String::new(), ..form("Ana Ruiz-Bo") };
    contact::update(&app.member().await.ctx, app.account, id, changed).await.unwrap();
    let shown = contact::get(&app.owner().ctx, app.account, id).await.unwrap();
    let personal = shown.personal.unwrap();
    assert_eq!((personal.name.as_str(), personal.mobile.as_str()), ("Ana Ruiz-Bo", ""));
    assert_eq!(shown.tags, ["new", "newer"]);
    let beside = contact::get(&app.owner().ctx, app.account, other).await.unwrap();
    assert_eq!((beside.personal.unwrap().name.as_str(), beside.tags), ("Ben Bo", vec!["old".to_owned()]));
}

async fn tagged(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, ContactForm { tags: "old".to_owned(), ..form("Ana Ruiz") }).await;
    let person = app.custom("contact.read.basic contact.update.tags").await;
    contact::tag(&person.ctx, app.account, id, TagForm { tags: "VIP, new".to_owned(), version: None }).await.unwrap();
    let shown = contact::get(&app.owner().ctx, app.account, id).await.unwrap();
    assert_eq!(
        (shown.tags, shown.personal.unwrap().name.as_str()),
        (vec!["new".to_owned(), "vip".to_owned()], "Ana Ruiz")
    );
    let tagged = async |tag: &str| {
        let filter = ContactFilter { tag: tag.to_owned(), ..ContactFilter::default() };
        contact::list(&app.owner().ctx, app.account, filter).await.unwrap().total.rows().unwrap()
    };
    assert_eq!((tagged("Vip").await, tagged("old").await, tagged("vi").await, tagged("%").await), (1, 0, 0, 0));
}

async fn deleted(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, ContactForm { tags: "vip".to_owned(), ..form("Ana Ruiz") }).await;
    let owner = app.owner().ctx;
    contact::delete(&owner, app.account, id).await.unwrap();
    assert_eq!(problem(contact::get(&owner, app.account, id).await), Problem::NotFound);
    assert_eq!(problem(contact::delete(&owner, app.account, id).await), Problem::NotFound);
    let filter = ContactFilter { tag: "vip".to_owned(), ..ContactFilter::default() };
    assert_eq!(contact::list(&owner, app.account, filter).await.unwrap().total, 0);
}

async fn without_permission(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, form("Ana Ruiz")).await;
    let refused = |permission| Problem::Refused(Refusal::Permission(permission));
    let viewer = app.viewer().await.ctx;
    let update = contact::update(&viewer, app.account, id, form("X")).await;
    assert_eq!(problem(update), refused(Permission::ContactUpdateDetails));
    let tag = contact::tag(&viewer, app.account, id, TagForm::default()).await;
    assert_eq!(problem(tag), refused(Permission::ContactUpdateTags));
    assert_eq!(problem(contact::create(&viewer, app.account, form("X")).await), refused(Permission::ContactCreate));
    assert_eq!(problem(contact::delete(&viewer, app.account, id).await), refused(Permission::ContactDelete));
    let member = app.member().await.ctx;
    assert_eq!(problem(contact::delete(&member, app.account, id).await), refused(Permission::ContactDelete));
    let nobody = app.custom("").await.ctx;
    assert_eq!(problem(contact::get(&nobody, app.account, id).await), refused(Permission::ContactReadBasic));
    let all = contact::list(&nobody, app.account, ContactFilter::default()).await;
    assert_eq!(problem(all), refused(Permission::ContactReadBasic));
    assert_eq!(contact::get(&app.owner().ctx, app.account, id).await.unwrap().personal.unwrap().name, "Ana Ruiz");
}

/// The form replaces what it shows: who sees masks would write masks.
async fn update_without_personal_details(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, ContactForm { tags: "old".to_owned(), ..form("Ana Ruiz") }).await;
    let blind = app.custom("contact.read.basic contact.update").await;
    let answer = contact::update(&blind.ctx, app.account, id, form("X")).await;
    assert_eq!(problem(answer), Problem::Refused(Refusal::Permission(Permission::ContactReadPii)));
    let shown = contact::get(&app.owner().ctx, app.account, id).await.unwrap();
    assert_eq!((shown.personal.unwrap().name.as_str(), shown.tags), ("Ana Ruiz", vec!["old".to_owned()]));
}

async fn update_of_tags_without_their_permission(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, ContactForm { tags: "old".to_owned(), ..form("Ana Ruiz") }).await;
    let person = app.custom("contact.read contact.update.details").await;
    let retagged = ContactForm { tags: "new".to_owned(), ..form("X") };
    let answer = contact::update(&person.ctx, app.account, id, retagged).await;
    assert_eq!(problem(answer), Problem::Refused(Refusal::Permission(Permission::ContactUpdateTags)));
    let shown = contact::get(&app.owner().ctx, app.account, id).await.unwrap();
    assert_eq!(
        (shown.personal.unwrap().name.as_str(), shown.tags),
        ("Ana Ruiz", vec!["old".to_owned()]),
        "nothing half done"
    );
    let same_tags = ContactForm { tags: " OLD ".to_owned(), ..form("Ana Bo") };
    contact::update(&person.ctx, app.account, id, same_tags).await.unwrap();
}

async fn faulty_form(on: Kind) {
    let app = App::new(on).await;
    let faulty = ContactForm {
        name: "a\0b".to_owned(),
        mobile: "082".to_owned(),
        email: "x".to_owned(),
        tags: "t".repeat(41),
        version: None,
    };
    let fault = problem(contact::create(&app.owner().ctx, app.account, faulty).await);
    for field in ["name", "mobile", "email", "tags"] {
        assert!(fault.fields().unwrap().get(field).is_some(), "{field}");
    }
    assert_eq!(contact::list(&app.owner().ctx, app.account, ContactFilter::default()).await.unwrap().total, 0);
}
