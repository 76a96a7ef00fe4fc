//! What an open page is told.

use crate::support::{App, Kind, PASSWORD, Person, Stream, code_at, fields, on_both_databases, run};
use axum::http::StatusCode;
use model::{AccessFilter, Now, Outcome, Problem, Role};
use sea_orm::ConnectionTrait;
use std::sync::atomic::{AtomicU32, Ordering};

on_both_databases!(
    hints,
    wall,
    removed,
    suspended,
    one_more,
    session,
    ended_by_new_credentials,
    ended_by_deletion,
    limits,
    now,
    who_may_listen
);

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
    let mut of_member = Stream::open(&member.browser).await;
    let mut of_viewer = Stream::open(&viewer.browser).await;
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
    let mut stream = Stream::open(&stranger.browser).await;
    add_contact(app.owner()).await;
    mark(app.owner()).await;
    act(&stranger, "invite_members", &[("form[emails]", "nora@example.com"), ("form[role]", "viewer")]).await;
    let told = stream.until_of("invitations").await;
    let standing = service::organisation::standing(&app.context(stranger.user), stranger.account).await.unwrap();
    assert!(told.iter().all(|(organisation, _)| *organisation == Some(standing.organisation)), "{told:?}");
    assert!(told.iter().all(|(_, topic)| topic == "access_log" || topic == "invitations"), "{told:?}");
}

/// Whoever is no longer a member hears of that, and of nothing after it, in the next channel neither. The log says
/// nothing of channels.
async fn ends(app: &App, function: &str, back: &str) {
    listening(app).await;
    let (owner, member) = (app.owner(), app.join(Role::Member).await);
    let mut stream = Stream::open(&member.browser).await;
    mark(owner).await;
    stream.until("organisation").await;
    act(owner, function, &[("member", &member.member.to_string())]).await;
    add_contact(owner).await;
    let told = stream.rest().await;
    assert_eq!(told.last().map(String::as_str), Some("rights"), "{told:?}");
    assert!(!told.iter().any(|topic| topic == "contacts" || topic == "members"), "{told:?}");
    let refused = AccessFilter { outcome: Some(Outcome::Refused), ..AccessFilter::default() };
    let mut next = Stream::open(&member.browser).await;
    add_contact(owner).await;
    mark(owner).await;
    let log = service::access_log::list(&app.context(owner.user), owner.account, refused).await.unwrap();
    assert!(log.rows.is_empty(), "{:?}", log.rows);
    if !back.is_empty() {
        act(owner, back, &[("member", &member.member.to_string())]).await;
        assert_eq!(next.until("rights").await, ["rights"], "the page comes back by itself");
        return;
    }
    let answer = member.browser.call("sign_out", &fields(&[])).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(next.rest().await, ["ended"]);
}

async fn removed(on: Kind) {
    let app = App::new(on).await;
    ends(&app, "remove_member", "").await;
}

/// What shuts somebody out reaches no server that has lost PostgreSQL in that moment: its channels look again.
#[test]
fn removed_unheard() {
    run(Kind::Postgres, async |on| {
        let app = App::new(on).await;
        listening(&app).await;
        let member = app.join(Role::Member).await;
        let mut stream = Stream::open(&member.browser).await;
        mark(app.owner()).await;
        stream.until("organisation").await;
        // It tells nobody.
        let remove = format!("DELETE FROM membership WHERE id = '{}'", member.member);
        let lose = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND query LIKE 'LISTEN%'";
        for sql in [&*remove, lose] {
            app.service.database.for_migrations().execute_unprepared(sql).await.unwrap();
        }
        assert_eq!(stream.rest().await.last().map(String::as_str), Some("rights"));
    });
}

async fn suspended(on: Kind) {
    let app = App::new(on).await;
    ends(&app, "suspend_member", "restore_member").await;
}

/// Whoever comes into one more organisation hears of that one too, in the same channel.
async fn one_more(on: Kind) {
    let app = App::new(on).await;
    listening(&app).await;
    let member = app.join(Role::Member).await;
    let mut stream = Stream::open(&member.browser).await;
    let answer = member.browser.call("create_organisation", &fields(&[("form[name]", "Initech")])).await;
    let account = answer.header("location").strip_prefix("/accounts/").unwrap().parse().unwrap();
    stream.until("rights").await;
    add_contact(&Person { account, ..member.clone() }).await;
    mark(app.owner()).await;
    let told = stream.until_of("contacts").await;
    let standing = service::organisation::standing(&app.context(member.user), account).await.unwrap();
    assert_eq!(told.last().unwrap().0, Some(standing.organisation));
    stream.until("organisation").await;
}

/// A channel is that of a session: when it ends, or becomes somebody else's, so does the channel. Those of other
/// sessions go on.
async fn session(on: Kind) {
    let app = App::new(on).await;
    listening(&app).await;
    let (owner, viewer) = (app.owner(), app.join(Role::Viewer).await);
    let [first, second] = [owner.sign_in(&app).await, owner.sign_in(&app).await];
    let (ending, other) = (Stream::open(&first).await, Stream::open(&second).await);
    let mut staying = Stream::open(&owner.browser).await;
    first.call("sign_out", &fields(&[])).await;
    assert_eq!(ending.rest().await.last().map(String::as_str), Some("ended"));
    let form = fields(&[("form[email]", &viewer.email), ("form[password]", PASSWORD)]);
    assert_eq!(second.call("sign_in", &form).await.status, StatusCode::OK);
    assert_eq!(other.rest().await.last().map(String::as_str), Some("ended"));
    // Closed by its user, from another browser.
    let third = owner.sign_in(&app).await;
    let closing = Stream::open(&third).await;
    let sessions = third.call("list_own_sessions", &fields(&[])).await.json::<Vec<model::OpenSession>>();
    let closed = sessions.iter().find(|session| session.is_current).unwrap().id.to_string();
    owner.browser.call("close_session", &fields(&[("session", &closed)])).await;
    assert_eq!(closing.rest().await.last().map(String::as_str), Some("ended"));
    assert_eq!(third.call("get_profile", &fields(&[])).await.status, StatusCode::UNAUTHORIZED);
    mark(owner).await;
    let told = staying.until("organisation").await;
    assert!(!told.iter().any(|topic| topic == "ended"), "{told:?}");
    assert_eq!(Stream::ask(&first).await.status(), StatusCode::UNAUTHORIZED);
}

/// So many are open at one time; the newest is refused, and has its place when another ends.
async fn limits(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let mut open = Vec::new();
    for _ in 0..5 {
        let browser = owner.sign_in(&app).await;
        for _ in 0..20 {
            open.push(Stream::open(&browser).await);
        }
        let refused = Stream::ask(&browser).await;
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.headers()["retry-after"], "60");
    }
    assert_eq!(Stream::ask(&owner.browser).await.status(), StatusCode::TOO_MANY_REQUESTS, "100 of a person");
    Stream::open(&app.join(Role::Viewer).await.browser).await;
    drop(open.pop());
    Stream::open(&owner.browser).await;
}

/// A page that cannot listen asks how things stand.
async fn now(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let now = async || owner.browser.get("/live").await.json::<Now>();
    let before = now().await;
    assert_eq!((before.user, before.first_name.as_str()), (owner.user, "Olga"));
    listening(&app).await;
    assert_ne!(now().await.as_of, before.as_of);
}

/// The channel of another browser ends when a second factor is set up in this one; its own goes on.
async fn ended_by_new_credentials(on: Kind) {
    let app = App::new(on).await;
    listening(&app).await;
    let (owner, thief) = (app.owner(), app.owner().sign_in(&app).await);
    let mut here = Stream::open(&owner.browser).await;
    let elsewhere = Stream::open(&thief).await;
    act_alone(owner, "begin_second_factor", &[("form[password]", PASSWORD)]).await;
    let offer = owner.browser.call("get_second_factor", &fields(&[])).await.json::<model::SecondFactor>().offer;
    let code = code_at(&offer.unwrap().key, app.service.now());
    act_alone(owner, "confirm_second_factor", &[("form[code]", &code)]).await;
    assert_eq!(elsewhere.rest().await.last().map(String::as_str), Some("ended"));
    mark(owner).await;
    here.until("organisation").await;
}

/// Open pages of somebody who deletes their login end, in every browser; those of others go on.
async fn ended_by_deletion(on: Kind) {
    let app = App::new(on).await;
    listening(&app).await;
    let (owner, ana) = (app.owner(), app.join(Role::Viewer).await);
    let mut staying = Stream::open(&owner.browser).await;
    let ending = [Stream::open(&ana.browser).await, Stream::open(&ana.sign_in(&app).await).await];
    act_alone(&ana, "delete_user", &[("form[email]", &ana.email), ("form[password]", PASSWORD)]).await;
    for ending in ending {
        assert_eq!(ending.rest().await.last().map(String::as_str), Some("ended"));
    }
    let told = staying.until("members").await;
    assert!(!told.iter().any(|topic| topic == "ended"), "{told:?}");
}

async fn act_alone(person: &Person, function: &str, form: &[(&str, &str)]) {
    let answer = person.browser.call(function, &fields(form)).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

async fn who_may_listen(on: Kind) {
    let app = App::new(on).await;
    assert_eq!(app.browser().get("/live").await.problem(), Problem::SignedOut);
    assert_eq!(Stream::ask(&app.browser()).await.status(), StatusCode::UNAUTHORIZED);
    for nowhere in ["/live/nonsense", "/live/", "/live/..%2f", "/live/00000000-0000-0000-0000-000000000000"] {
        assert_eq!(app.owner().browser.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}
