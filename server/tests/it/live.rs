//! What an open page is told.

use crate::support::{Answer, App, Kind, PASSWORD, Person, Stream, code_at, fields, on_both_databases};
use axum::http::StatusCode;
use model::{Problem, Refusal, Role};
use std::sync::atomic::{AtomicU32, Ordering};

on_both_databases!(hints, wall, removed, suspended, ended_by_new_credentials, who_may_listen);

/// Tells every open page of the organisation something, so that a test knows what came before.
async fn mark(person: &Person) {
    // What is the same as before is no change.
    static MARKS: AtomicU32 = AtomicU32::new(0);
    let name = format!("Mark {}", MARKS.fetch_add(1, Ordering::Relaxed));
    act(person, "update_organisation", &[("form[name]", &name)]).await;
}

async fn act(person: &Person, function: &str, more: &[(&str, &str)]) {
    let account = person.account.to_string();
    let form = [&[("account", account.as_str())], more].concat();
    let answer = person.browser.call(function, &fields(&form)).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

async fn add_contact(person: &Person) {
    act(person, "create_contact", &[("form[name]", "Ben"), ("form[email]", "ben@example.com")]).await;
}

/// On PostgreSQL hints come by way of the database: waits until they do.
async fn listening(app: &App) {
    let mut hints = app.service.hints();
    while hints.try_recv().is_err() {
        mark(app.owner()).await;
    }
}

async fn hints(on: Kind) {
    let app = App::new(on).await;
    listening(&app).await;
    let (owner, member, viewer) = (app.owner(), app.join(Role::Member).await, app.join(Role::Viewer).await);
    let mut of_member = Stream::open(&member.browser, app.owner().account).await;
    let mut of_viewer = Stream::open(&viewer.browser, app.owner().account).await;
    mark(owner).await;
    of_member.until("organisation").await;
    of_viewer.until("organisation").await;
    let target = member.member.to_string();
    let toggle = [("member", target.as_str()), ("path", "contact.read.pii"), ("on", "false")];
    act(owner, "switch_permission", &toggle).await;
    of_member.until("rights").await;
    add_contact(owner).await;
    of_member.until("contacts").await;
    mark(owner).await;
    of_member.until("organisation").await;
    let told = of_viewer.until("organisation").await;
    assert!(told.iter().any(|topic| topic == "contacts") && told.iter().any(|topic| topic == "members"), "{told:?}");
    assert!(!told.iter().any(|topic| topic == "rights"), "the rights of others are theirs: {told:?}");
}

async fn wall(on: Kind) {
    let app = App::new(on).await;
    listening(&app).await;
    let stranger = app.sign_up("Globex").await;
    let mut stream = Stream::open(&stranger.browser, stranger.account).await;
    add_contact(app.owner()).await;
    mark(app.owner()).await;
    act(&stranger, "invite_members", &[("form[emails]", "nora@example.com"), ("form[role]", "viewer")]).await;
    let told = stream.until("invitations").await;
    assert!(told.iter().all(|topic| topic == "access_log" || topic == "invitations"), "{told:?}");
}

/// Whoever is no longer a member hears of that, and of nothing after it.
async fn ends(app: &App, function: &str) -> Answer {
    listening(app).await;
    let (owner, member) = (app.owner(), app.join(Role::Member).await);
    let mut stream = Stream::open(&member.browser, owner.account).await;
    mark(owner).await;
    stream.until("organisation").await;
    act(owner, function, &[("member", &member.member.to_string())]).await;
    add_contact(owner).await;
    let told = stream.rest().await;
    assert_eq!(told.last().map(String::as_str), Some("rights"), "{told:?}");
    assert!(!told.iter().any(|topic| topic == "contacts" || topic == "members"), "{told:?}");
    member.browser.get(&format!("/live/{}", owner.account)).await
}

async fn removed(on: Kind) {
    let app = App::new(on).await;
    assert_eq!(ends(&app, "remove_member").await.problem(), Problem::NotFound);
}

async fn suspended(on: Kind) {
    let app = App::new(on).await;
    assert_eq!(ends(&app, "suspend_member").await.problem(), Problem::Refused(Refusal::Suspended));
}

/// The channel of another browser ends when a second factor is set up in this one; its own goes on.
async fn ended_by_new_credentials(on: Kind) {
    let app = App::new(on).await;
    listening(&app).await;
    let (owner, thief) = (app.owner(), app.owner().sign_in(&app).await);
    let mut here = Stream::open(&owner.browser, owner.account).await;
    let elsewhere = Stream::open(&thief, owner.account).await;
    act_alone(owner, "begin_second_factor", &[("form[password]", PASSWORD)]).await;
    let offer = owner.browser.call("get_second_factor", &fields(&[])).await.json::<model::SecondFactor>().offer;
    let code = code_at(&offer.unwrap().key, app.service.now());
    act_alone(owner, "confirm_second_factor", &[("form[code]", &code)]).await;
    assert_eq!(elsewhere.rest().await.last().map(String::as_str), Some("rights"));
    here.until("rights").await;
    mark(owner).await;
    here.until("organisation").await;
}

async fn act_alone(person: &Person, function: &str, form: &[(&str, &str)]) {
    let answer = person.browser.call(function, &fields(form)).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

async fn who_may_listen(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.sign_up("Globex").await;
    let ours = format!("/live/{}", app.owner().account);
    assert_eq!(app.browser().get(&ours).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(stranger.browser.get(&ours).await.status, StatusCode::NOT_FOUND);
    for nowhere in ["/live/nonsense", "/live/", "/live/..%2f", "/live/00000000-0000-0000-0000-000000000000"] {
        assert_eq!(app.owner().browser.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}
