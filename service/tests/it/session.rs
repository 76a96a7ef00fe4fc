use crate::support::{App, Kind, on_both_databases};
use model::UserId;
use service::{Secret, member, session, session::Session};
use std::time::Duration;

on_both_databases!(kept, ended, expired, at_the_same_time, counted, unknown);

fn session(app: &App, user: Option<UserId>, data: &str) -> Session {
    Session {
        user,
        ip: "198.51.100.1".to_owned(),
        user_agent: "the tests".to_owned(),
        data: data.to_owned(),
        expires_at: app.service.now() + Duration::from_hours(1),
    }
}

async fn get(app: &App, secret: &Secret) -> Option<Session> {
    session::get(&app.service, secret).await.unwrap()
}

async fn kept(on: Kind) {
    let app = App::new(on).await;
    let (owner, secret) = (app.owner(), Secret::presented("cookie"));
    let anonymous = session(&app, None, "typed");
    session::put(&app.service, &secret, anonymous.clone()).await.unwrap();
    assert_eq!(get(&app, &secret).await, Some(anonymous));
    for data in ["one", "two"] {
        let signed_in = session(&app, Some(owner.user), data);
        session::put(&app.service, &secret, signed_in.clone()).await.unwrap();
        for _ in 0..2 {
            assert_eq!(get(&app, &secret).await, Some(signed_in.clone()));
        }
    }
}

async fn ended(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let (phone, laptop) = (Secret::presented("phone"), Secret::presented("laptop"));
    for secret in [&phone, &laptop] {
        session::put(&app.service, secret, session(&app, Some(owner.user), "")).await.unwrap();
        assert!(get(&app, secret).await.is_some());
    }
    session::delete(&app.service, &phone).await.unwrap();
    assert_eq!(get(&app, &phone).await, None);
    assert!(get(&app, &laptop).await.is_some(), "the others go on");
    session::delete(&app.service, &phone).await.unwrap();
}

async fn expired(on: Kind) {
    let app = App::new(on).await;
    let (owner, secret) = (app.owner(), Secret::presented("cookie"));
    session::put(&app.service, &secret, session(&app, Some(owner.user), "")).await.unwrap();
    assert!(get(&app, &secret).await.is_some());
    app.move_clock(Duration::from_hours(1));
    assert_eq!(get(&app, &secret).await, None);
    service::sweep::run(&app.service).await.unwrap();
    assert_eq!(get(&app, &secret).await, None);
}

/// A browser sends its requests side by side, and each of them keeps the session.
async fn at_the_same_time(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    for cookie in ["one", "two", "three", "four", "five"] {
        let secret = Secret::presented(cookie);
        let puts = (0..20).map(|_| session::put(&app.service, &secret, session(&app, Some(owner.user), "")));
        for put in futures::future::join_all(puts).await {
            put.unwrap();
        }
        assert!(get(&app, &secret).await.is_some());
    }
}

async fn counted(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    let open = async || member::get(&app.owner().ctx, app.account, person.member).await.unwrap().open_sessions;
    assert_eq!(open().await, 0);
    for name in ["phone", "laptop"] {
        session::put(&app.service, &Secret::presented(name), session(&app, Some(person.user), "")).await.unwrap();
    }
    assert_eq!(open().await, 2);
    app.move_clock(Duration::from_secs(3601));
    assert_eq!(open().await, 0);
}

async fn unknown(on: Kind) {
    let app = App::new(on).await;
    for text in ["", "\0", "x"] {
        assert_eq!(get(&app, &Secret::presented(text)).await, None);
    }
}
