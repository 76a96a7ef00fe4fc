use crate::support::{App, Kind, PASSWORD, give_up_after, on_both_databases, problem};
use model::{AccessFilter, Outcome, Password, PersonName, Problem, SignIn};
use sea_orm::{ConnectionTrait, Statement};
use service::{Actor, Browser, Context, Login, access_log, device, organisation, second_factor, user};
use std::time::Duration;

on_both_databases!(
    right,
    same_answer,
    throttled_by_address_and_network,
    both_ends_of_the_window,
    throttled_at_once,
    throttled_by_network,
    networks_of_ipv6,
    an_office_signs_in,
    given_up,
    confirmation_given_up,
    known_browsers,
    strangers_only_slow_down,
    signed_out,
    log,
    failed,
    not_told_who_has_a_login
);

/// Wrong tries for an address from one network in a quarter of an hour.
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
    assert_eq!(signed_in, user::SignInOutcome::Complete(Login::first(owner.user)));
    assert!(user::sign_in(&app.anonymous(), form(&owner.email, &PASSWORD.to_lowercase())).await.is_err());
    assert!(user::sign_in(&app.anonymous(), form(&owner.email, &format!("{PASSWORD} "))).await.is_err());
}

async fn same_answer(on: Kind) {
    let app = App::new(on).await;
    assert_eq!(wrong(&app.anonymous(), &app.owner().email).await, Problem::WrongPassword);
    assert_eq!(wrong(&app.anonymous(), "nobody@example.com").await, Problem::WrongPassword);
}

async fn right_from(ctx: &Context, email: &str) -> service::Result<user::SignInOutcome> {
    user::sign_in(ctx, form(email, PASSWORD)).await
}

#[track_caller]
fn seconds_of(problem: Problem) -> u64 {
    let Problem::TooMany { seconds } = problem else { panic!("no limit: {problem:?}") };
    seconds
}

async fn throttled_by_address_and_network(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    let network = app.request_from(Actor::Anonymous, "203.0.113.9");
    // Also for an address that nobody has: the answers must not tell the two apart.
    for email in [&*app.owner().email, "nobody@example.com"] {
        for _ in 0..TRIES {
            assert_eq!(wrong(&network, email).await, Problem::WrongPassword);
        }
        assert!((1..=900).contains(&seconds_of(wrong(&network, email).await)));
        assert_eq!(wrong(&app.anonymous(), email).await, Problem::WrongPassword, "elsewhere it goes on");
    }
    let owner = app.owner().email;
    assert!(matches!(problem(right_from(&network, &owner).await), Problem::TooMany { .. }));
    assert!(right_from(&app.anonymous(), &owner).await.is_ok(), "nobody locks out somebody elsewhere");
    assert!(right_from(&network, &member.email).await.is_ok(), "others are not hit");
    app.move_clock(Duration::from_mins(15));
    assert!(right_from(&network, &owner).await.is_ok());
    for _ in 0..TRIES {
        assert_eq!(wrong(&network, &owner).await, Problem::WrongPassword, "counted anew");
    }
}

/// The last try that is allowed, and the instant from which it is allowed again.
async fn both_ends_of_the_window(on: Kind) {
    let app = App::new(on).await;
    app.stop_clock();
    let network = app.request_from(Actor::Anonymous, "203.0.113.9");
    for _ in 0..TRIES {
        assert_eq!(wrong(&network, "nobody@example.com").await, Problem::WrongPassword);
    }
    assert_eq!(seconds_of(wrong(&network, "nobody@example.com").await), 900);
    app.move_clock(Duration::from_mins(15) - Duration::from_micros(1));
    assert_eq!(seconds_of(wrong(&network, "nobody@example.com").await), 1);
    app.move_clock(Duration::from_micros(1));
    assert_eq!(wrong(&network, "nobody@example.com").await, Problem::WrongPassword);
}

/// Many tries at the same moment are counted as well as many in a row.
async fn throttled_at_once(on: Kind) {
    let app = App::new(on).await;
    let email = app.owner().email;
    let network = app.request_from(Actor::Anonymous, "203.0.113.9");
    // No more than may wait for their turn.
    let answers = futures::future::join_all((0..3 * TRIES).map(|_| wrong(&network, &email))).await;
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

/// A line of IPv6 is a network, whatever address of it a browser takes; a /48 holds many of them and counts more slowly.
async fn networks_of_ipv6(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().email;
    let at =
        |network: usize, host: usize| app.request_from(Actor::Anonymous, &format!("2001:db8:1:{network:x}::{host:x}"));
    for host in 0..TRIES {
        assert_eq!(wrong(&at(1, host), &owner).await, Problem::WrongPassword);
    }
    assert!(matches!(wrong(&at(1, 99), &owner).await, Problem::TooMany { .. }), "the same /64");
    for network in 2..4 {
        for host in 0..TRIES {
            assert_eq!(wrong(&at(network, host), &owner).await, Problem::WrongPassword);
        }
    }
    assert!(matches!(wrong(&at(4, 1), &owner).await, Problem::TooMany { .. }), "the same /48");
    let elsewhere = app.request_from(Actor::Anonymous, "2001:db8:2::1");
    assert!(right_from(&elsewhere, &owner).await.is_ok());
    let mapped = app.request_from(Actor::Anonymous, "::ffff:203.0.113.9");
    for _ in 0..TRIES {
        assert_eq!(wrong(&mapped, "nobody@example.com").await, Problem::WrongPassword);
    }
    let plain = app.request_from(Actor::Anonymous, "203.0.113.9");
    assert!(matches!(wrong(&plain, "nobody@example.com").await, Problem::TooMany { .. }), "one address");
}

/// Only what is wrong counts.
async fn an_office_signs_in(on: Kind) {
    let app = App::new(on).await;
    let office = app.request_from(Actor::Anonymous, "203.0.113.9");
    let owner = app.owner().email;
    for number in 0..105 {
        right_from(&office, &owner).await.unwrap_or_else(|error| panic!("{number}: {error}"));
    }
    for _ in 0..TRIES - 1 {
        assert_eq!(wrong(&office, &owner).await, Problem::WrongPassword);
    }
    assert!(right_from(&office, &owner).await.is_ok(), "one's own mistakes, at last right");
}

/// Waits until no try of these throttles is counted.
async fn nothing_is_counted(app: &App, like: &str) {
    let sql = format!("SELECT 1 AS one FROM throttle WHERE count > 0 AND key LIKE '{like}'");
    let db = app.service.database.for_migrations();
    let counted = Statement::from_string(db.get_database_backend(), sql);
    while db.query_one_raw(counted.clone()).await.unwrap().is_some() {
        tokio::task::yield_now().await;
    }
}

/// A browser that goes away, whenever that is, has made no mistake.
async fn given_up(on: Kind) {
    let app = App::new(on).await;
    let network = app.request_from(Actor::Anonymous, "203.0.113.9");
    let owner = app.owner().email;
    // So many that the next ones wait before they are checked.
    for _ in 0..10 {
        wrong(&app.anonymous(), &owner).await;
    }
    app.sql("UPDATE throttle SET count = 0 WHERE key NOT LIKE 'sign-in-address:%'", vec![]).await;
    for polls in 0.. {
        let signed_in = give_up_after(polls, right_from(&network, &owner)).await;
        nothing_is_counted(&app, "sign-in-%network:%").await;
        if let Some(answer) = signed_in {
            answer.unwrap();
            break;
        }
    }
    right_from(&network, &owner).await.unwrap();
    assert_eq!(app.pauses().last(), Some(&Duration::from_millis(250)), "the eleventh guess, as before");
}

/// The same of somebody who is signed in.
async fn confirmation_given_up(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    for polls in 0.. {
        let form = model::ConfirmIdentity {
            password: Password::new(PASSWORD),
            code: String::new(),
            ..model::ConfirmIdentity::default()
        };
        let confirmed = give_up_after(polls, second_factor::begin(&ana.ctx, form)).await;
        nothing_is_counted(&app, "confirm-password:%").await;
        if let Some(answer) = confirmed {
            answer.unwrap();
            break;
        }
    }
}

async fn remembered(ctx: Context, login: Login) -> Browser {
    let cookie = device::remember(&ctx, login).await.unwrap().unwrap();
    Browser { session: None, devices: device::secrets(&cookie) }
}

/// A stranger's guesses do not count against a browser that its owner has used, and the other way round.
async fn known_browsers(on: Kind) {
    let app = App::new(on).await;
    let (owner, member) = (app.owner(), app.member().await);
    let cafe = || app.request_from(Actor::Anonymous, "203.0.113.9");
    let laptop = remembered(cafe(), Login::first(owner.user)).await;
    let known = || cafe().with_browser(laptop.clone());
    for _ in 0..TRIES {
        assert_eq!(wrong(&cafe(), &owner.email).await, Problem::WrongPassword);
    }
    assert!(matches!(problem(right_from(&cafe(), &owner.email).await), Problem::TooMany { .. }));
    assert!(right_from(&known(), &owner.email).await.is_ok(), "in the very network of the stranger");
    for _ in 0..TRIES {
        assert_eq!(wrong(&known(), &owner.email).await, Problem::WrongPassword);
    }
    assert!(
        matches!(problem(right_from(&known(), &owner.email).await), Problem::TooMany { .. }),
        "a budget, not a pass"
    );
    assert!(right_from(&app.anonymous(), &owner.email).await.is_ok(), "and its own");

    // It is known as the browser of its people alone, and as nobody's after a year.
    for _ in 0..TRIES {
        assert_eq!(wrong(&known(), &member.email).await, Problem::WrongPassword);
    }
    assert!(matches!(problem(right_from(&known(), &member.email).await), Problem::TooMany { .. }));
    app.move_clock(device::LIFETIME);
    for _ in 0..TRIES {
        assert_eq!(wrong(&cafe(), &owner.email).await, Problem::WrongPassword);
    }
    assert!(matches!(problem(right_from(&known(), &owner.email).await), Problem::TooMany { .. }));
    service::sweep::run(&app.service).await.unwrap();
    let again = device::remember(&known(), Login::first(owner.user)).await.unwrap().unwrap();
    let secrets = device::secrets(&again);
    assert_ne!(secrets[0].reveal(), laptop.devices[0].reveal(), "under a new secret");
}

/// Guesses from everywhere make each other wait, and lock out nobody.
async fn strangers_only_slow_down(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let laptop = remembered(app.anonymous(), Login::first(owner.user)).await;
    assert!(app.pauses().is_empty());
    for email in [&*owner.email, "nobody@example.com"] {
        let before = app.pauses().len();
        for _ in 0..20 {
            assert_eq!(wrong(&app.anonymous(), email).await, Problem::WrongPassword);
        }
        let pauses: Vec<_> = app.pauses()[before..].iter().map(Duration::as_millis).collect();
        assert_eq!(pauses, [250, 500, 1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000]);
    }
    let before = app.pauses().len();
    assert!(right_from(&app.anonymous().with_browser(laptop), &owner.email).await.is_ok());
    assert_eq!(app.pauses().len(), before, "known browsers do not wait");
    assert!(right_from(&app.anonymous(), &owner.email).await.is_ok());
    assert_eq!(app.pauses().len(), before + 1);
    app.move_clock(Duration::from_hours(1));
    assert!(right_from(&app.anonymous(), &owner.email).await.is_ok());
    assert_eq!(app.pauses().len(), before + 1, "for an hour");
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
    assert_eq!((log[1].what.as_str(), log[1].who.user), ("signed in", Some(app.owner().user)));
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
        let entry = access_log::list(reader, account, AccessFilter::default()).await.unwrap().rows[0].clone();
        assert_eq!((&entry.who.name, entry.who.user), (&PersonName::Unknown, None));
        assert_eq!((entry.outcome, entry.ip.as_str()), (Outcome::Refused, "203.0.113.9"));
        assert_eq!(entry.what, "tried to sign in as Ana Ruiz with a wrong password");
    }
    // Once more, of somebody who is signed in.
    let again = model::ConfirmIdentity {
        password: Password::new("Wrong-Otter-42"),
        code: String::new(),
        ..model::ConfirmIdentity::default()
    };
    assert!(second_factor::begin(&ana.ctx, again).await.is_err());
    let entry = app.log().await.remove(0);
    assert_eq!((entry.who.user, entry.outcome), (Some(ana.user), Outcome::Refused));
    assert_eq!(entry.what, "was refused: wrong password");
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
