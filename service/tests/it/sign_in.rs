use crate::support::{App, Kind, PASSWORD, on_both_databases, problem};
use model::{AccessFilter, Outcome, Password, Problem, SignIn};
use service::{Actor, Context, access_entry, organisation, second_factor, user};
use std::time::Duration;

on_both_databases!(
    right,
    same_answer,
    throttled_by_address,
    throttled_at_once,
    throttled_by_network,
    signed_out,
    log,
    failed,
    not_told_who_has_a_login
);

/// Wrong tries that an address is allowed in a quarter of an hour.
const TRIES: usize = 10;

fn form(email: &str, password: &str) -> SignIn {
    SignIn { email: email.to_owned(), password: Password::new(password), then: String::new() }
}

async fn wrong(ctx: &Context, email: &str) -> Problem {
    problem(user::sign_in(ctx, form(email, "Wrong-Otter-42")).await)
}

async fn right(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let signed_in = user::sign_in(&app.anonymous(), form(&owner.email.to_uppercase(), PASSWORD)).await.unwrap();
    assert_eq!(signed_in, user::Proven::Whole(owner.user));
    assert!(user::sign_in(&app.anonymous(), form(&owner.email, &PASSWORD.to_lowercase())).await.is_err());
    assert!(user::sign_in(&app.anonymous(), form(&owner.email, &format!("{PASSWORD} "))).await.is_err());
}

async fn same_answer(on: Kind) {
    let app = App::new(on).await;
    assert_eq!(wrong(&app.anonymous(), &app.owner().email).await, Problem::WrongPassword);
    assert_eq!(wrong(&app.anonymous(), "nobody@example.com").await, Problem::WrongPassword);
}

async fn throttled_by_address(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    // Also for an address that nobody has: the answers must not tell the two apart.
    for email in [&app.owner().email, "nobody@example.com"] {
        for _ in 0..TRIES {
            assert_eq!(wrong(&app.anonymous(), email).await, Problem::WrongPassword);
        }
        let Problem::TooMany { seconds } = wrong(&app.anonymous(), email).await else { panic!("no limit") };
        assert!((1..=900).contains(&seconds));
    }
    let right = || form(&app.owner().email, PASSWORD);
    assert!(matches!(problem(user::sign_in(&app.anonymous(), right()).await), Problem::TooMany { .. }));
    assert!(user::sign_in(&app.anonymous(), form(&member.email, PASSWORD)).await.is_ok(), "others are not hit");
    app.move_clock(Duration::from_secs(901));
    assert!(user::sign_in(&app.anonymous(), right()).await.is_ok());
    for _ in 0..TRIES {
        assert_eq!(wrong(&app.anonymous(), &app.owner().email).await, Problem::WrongPassword, "counted anew");
    }
}

/// Many tries at the same moment are counted as well as many in a row.
async fn throttled_at_once(on: Kind) {
    let app = App::new(on).await;
    let email = app.owner().email;
    let networks: Vec<_> = (0..3 * TRIES).map(|_| app.anonymous()).collect();
    let answers = futures::future::join_all(networks.iter().map(|network| wrong(network, &email))).await;
    let tried = answers.iter().filter(|answer| **answer == Problem::WrongPassword).count();
    let refused = answers.iter().filter(|answer| matches!(answer, Problem::TooMany { .. })).count();
    assert_eq!((tried, refused), (TRIES, 2 * TRIES), "{answers:?}");
}

async fn throttled_by_network(on: Kind) {
    let app = App::new(on).await;
    let network = app.request_from(Actor::Anonymous, "203.0.113.9");
    for number in 0..100 {
        assert_eq!(wrong(&network, &format!("nobody{number}@example.com")).await, Problem::WrongPassword);
    }
    let right = form(&app.owner().email, PASSWORD);
    assert!(matches!(problem(user::sign_in(&network, right.clone()).await), Problem::TooMany { .. }));
    assert!(user::sign_in(&app.anonymous(), right).await.is_ok(), "elsewhere it goes on");
}

async fn signed_out(on: Kind) {
    let app = App::new(on).await;
    let nobody = app.anonymous();
    assert_eq!(problem(user::profile(&nobody).await), Problem::SignedOut);
    assert_eq!(problem(user::sign_out(&nobody).await), Problem::SignedOut);
    assert_eq!(problem(nobody.member(app.account).await), Problem::SignedOut);
    let unknown = app.request(Actor::User(model::UserId(app.service.new_id().unwrap())));
    assert_eq!(problem(user::profile(&unknown).await), Problem::SignedOut);
}

async fn log(on: Kind) {
    let app = App::new(on).await;
    let before = app.log_size().await;
    let anonymous = app.anonymous();
    user::sign_in(&anonymous, form(&app.owner().email, PASSWORD)).await.unwrap();
    user::sign_out(&app.owner().ctx).await.unwrap();
    let log = app.log().await;
    assert_eq!(log.len() as u64, before + 2);
    assert_eq!((log[1].what.as_str(), log[1].user), ("signed in", Some(app.owner().user)));
    assert_eq!(log[1].ip, anonymous.request().ip);
    assert_eq!(log[0].what, "signed out");
}

/// A wrong password stands in the log of every organisation of whom it was tried for, as the act of nobody known.
async fn failed(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let elsewhere = organisation::create(&ana.ctx, model::NewOrganisation { name: "Globex".to_owned() }).await.unwrap();
    let before = app.log_size().await;
    // Also by somebody who is signed in as another: whom they are is not the business of Ana's organisations.
    let stranger = app.stranger().await;
    let thief = app.request_from(Actor::User(stranger.user), "203.0.113.9");
    assert_eq!(wrong(&thief, &ana.email).await, Problem::WrongPassword);
    assert_eq!(wrong(&thief, "nobody@example.com").await, Problem::WrongPassword);
    assert_eq!(app.log_size().await, before + 1, "one entry, and none for an address that nobody has");
    for (reader, account) in [(&app.owner().ctx, app.account), (&ana.ctx, elsewhere)] {
        let entry = access_entry::list(reader, account, AccessFilter::default()).await.unwrap().rows[0].clone();
        assert_eq!((entry.who.as_str(), entry.user), ("Somebody", None));
        assert_eq!((entry.outcome, entry.ip.as_str()), (Outcome::Refused, "203.0.113.9"));
        assert_eq!(entry.what, "tried to sign in as Ana Ruiz: the password was wrong");
    }
    // Once more, of somebody who is signed in.
    let again = model::ConfirmByPassword { password: Password::new("Wrong-Otter-42") };
    assert!(second_factor::begin(&ana.ctx, again).await.is_err());
    let entry = app.log().await.remove(0);
    assert_eq!((entry.user, entry.outcome), (Some(ana.user), Outcome::Refused));
    assert_eq!(entry.what, "was refused: the password was wrong");
}

/// What is counted for addresses that nobody has must never be what refuses.
async fn not_told_who_has_a_login(on: Kind) {
    let app = App::new(on).await;
    let network = app.request_from(Actor::Anonymous, "203.0.113.9");
    let mut nobody = (0..).map(|number| format!("nobody{number}@example.com"));
    assert_eq!(wrong(&network, &app.owner().email).await, Problem::WrongPassword);
    app.move_clock(Duration::from_secs(890));
    for email in nobody.by_ref().take(99) {
        assert_eq!(wrong(&network, &email).await, Problem::WrongPassword);
    }
    app.move_clock(Duration::from_secs(11));
    for email in nobody.by_ref().take(50).chain([app.owner().email]) {
        assert_eq!(wrong(&network, &email).await, Problem::WrongPassword);
    }
}
