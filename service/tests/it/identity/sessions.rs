//! One's own sessions: listed, closed, idle, and a letter for a browser of another kind.

use crate::support::{App, BrowserSession, CHROME, FIREFOX, Kind, on_both_databases, problem};
use model::{BrowserFamily, Device, OperatingSystem, PolicyPoint, Problem, SessionId};
use service::{Context, policy, session};
use std::time::Duration;

on_both_databases!(listed, one_closed, all_others_closed, not_of_another, idle, of_a_new_kind);

const MINUTE: Duration = Duration::from_mins(1);

async fn set(app: &App, point: PolicyPoint) {
    policy::update(&app.owner().ctx, app.account, point).await.unwrap();
}

async fn request(app: &App, browser: &BrowserSession) -> Context {
    browser.request(app).await.expect("the session goes on")
}

/// The id of this browser's session, as its user is shown it.
async fn id(app: &App, browser: &BrowserSession) -> SessionId {
    let sessions = session::list(&request(app, browser).await).await.unwrap();
    sessions.into_iter().find(|session| session.is_current).unwrap().id
}

async fn listed(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let laptop = app.sign_in_by(&ana, FIREFOX).await;
    app.move_clock(MINUTE);
    let desk = app.sign_in_by(&ana, CHROME).await;
    app.move_clock(MINUTE * 2);
    let shown = session::list(&request(&app, &laptop).await).await.unwrap();
    let device = |browser, system| Device { browser, system };
    let devices: Vec<_> = shown.iter().map(|session| (session.device, session.is_current)).collect();
    assert_eq!(
        devices,
        [
            (device(BrowserFamily::Firefox, OperatingSystem::Linux), true),
            (device(BrowserFamily::Chrome, OperatingSystem::Windows), false),
        ],
        "the one that was used last comes first"
    );
    assert!(shown.iter().all(|session| session.ip == "198.51.100.7"));
    assert!(shown[0].last_used.at > shown[0].signed_in.at);
    // As the member's drawer counts them.
    assert_eq!(
        service::member::get(&app.owner().ctx, app.account, ana.member).await.unwrap().open_sessions,
        shown.len() as u64
    );
    // None that has ended.
    session::delete(&app.service, &desk.secret).await.unwrap();
    assert_eq!(session::list(&request(&app, &laptop).await).await.unwrap().len(), 1);
    // What is shown opens nothing.
    let opened = session::get(&app.service, &service::Secret::from_client(shown[0].id.to_string())).await;
    assert_eq!(opened.unwrap(), None);
}

async fn one_closed(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (here, there, third) =
        (app.sign_in_by(&ana, CHROME).await, app.sign_in_by(&ana, FIREFOX).await, app.sign_in_by(&ana, FIREFOX).await);
    let closed = id(&app, &there).await;
    let before = app.log_size().await;
    session::close(&request(&app, &here).await, closed).await.unwrap();
    assert!(there.request(&app).await.is_none(), "the very next request");
    assert!(here.request(&app).await.is_some() && third.request(&app).await.is_some());
    assert_eq!(app.log_size().await, before + 1);
    assert_eq!(app.log().await[0].what, "signed out another of their devices");
    let again = session::close(&request(&app, &here).await, closed).await;
    assert_eq!(problem(again), Problem::NotFound);
    assert_eq!(app.log_size().await, before + 1, "nothing was closed");
}

async fn all_others_closed(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let bens = app.sign_in_by(&ben, CHROME).await;
    let here = app.sign_in_by(&ana, CHROME).await;
    let others = [app.sign_in_by(&ana, FIREFOX).await, app.sign_in_by(&ana, FIREFOX).await];
    assert_eq!(session::close_others(&request(&app, &here).await).await.unwrap(), 2);
    for other in &others {
        assert!(other.request(&app).await.is_none());
    }
    assert!(here.request(&app).await.is_some() && bens.request(&app).await.is_some());
    assert_eq!(app.log().await[0].what, "signed out 2 of their devices");
    let before = app.log_size().await;
    assert_eq!(session::close_others(&request(&app, &here).await).await.unwrap(), 0);
    assert_eq!(app.log_size().await, before);
}

async fn not_of_another(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.admin().await);
    let (anas, bens) = (app.sign_in_by(&ana, CHROME).await, app.sign_in_by(&ben, CHROME).await);
    let theirs = id(&app, &anas).await;
    let none = SessionId(app.service.new_id().unwrap());
    for other in [theirs, none] {
        assert_eq!(problem(session::close(&request(&app, &bens).await, other).await), Problem::NotFound);
    }
    assert!(anas.request(&app).await.is_some());
    for anonymous in
        [problem(session::list(&app.anonymous()).await), problem(session::close_others(&app.anonymous()).await)]
    {
        assert_eq!(anonymous, Problem::SignedOut);
    }
}

/// A session that is not used ends by the shortest policy of its user's organisations; use keeps it.
async fn idle(on: Kind) {
    let app = App::new(on).await;
    let (ana, other) = (app.member().await, app.stranger().await);
    set(&app, PolicyPoint::SessionIdle(30)).await;
    policy::update(&other.ctx, other.account, PolicyPoint::SessionIdle(15)).await.unwrap();
    let (used, left) = (app.sign_in_by(&ana, CHROME).await, app.sign_in_by(&ana, FIREFOX).await);
    for _ in 0..3 {
        app.move_clock(MINUTE * 20);
        assert!(used.request(&app).await.is_some(), "an organisation she is not in says nothing");
    }
    assert!(left.request(&app).await.is_none());
    assert_eq!(session::list(&request(&app, &used).await).await.unwrap().len(), 1);
    let member = service::member::get(&app.owner().ctx, app.account, ana.member).await.unwrap();
    assert_eq!(member.open_sessions, 1);
    // What an open page asks by itself is no use.
    app.move_clock(MINUTE * 20);
    assert!(session::get_in_background(&app.service, &used.secret).await.unwrap().is_some());
    app.move_clock(MINUTE * 20);
    assert!(used.request(&app).await.is_none());
    // Drawn tighter, at once.
    let third = app.sign_in_by(&ana, CHROME).await;
    app.move_clock(MINUTE * 20);
    set(&app, PolicyPoint::SessionIdle(15)).await;
    assert!(third.request(&app).await.is_none());
    set(&app, PolicyPoint::SessionIdle(0)).await;
    assert!(third.request(&app).await.is_some());
}

async fn of_a_new_kind(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let letters = async || {
        app.deliver().await;
        let letters = app.service.mailer().local_letters().unwrap();
        let of_devices =
            letters.into_iter().filter(|letter| letter.to == ana.email && letter.text.contains("/sessions"));
        of_devices.collect::<Vec<_>>()
    };
    app.sign_in_by(&ana, CHROME).await;
    assert_eq!(letters().await.len(), 0, "the first of all");
    app.sign_in_by(&ana, CHROME).await;
    assert_eq!(letters().await.len(), 0, "the same kind");
    app.sign_in_by(&ana, FIREFOX).await;
    let told = letters().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].subject, "New sign-in: Firefox on Linux");
    assert!(told[0].text.contains("Firefox on Linux") && told[0].text.contains("198.51.100.7"), "{}", told[0].text);
    assert!(
        told[0].text.contains("https://tenantry.example/sessions") && told[0].text.contains("change your password")
    );
    for known in [FIREFOX, CHROME] {
        app.sign_in_by(&ana, known).await;
    }
    assert_eq!(letters().await.len(), 1);
}
