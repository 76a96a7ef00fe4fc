//! What one actor repeats stands in one entry, and too much of it is answered without one.

use crate::support::{App, Kind, Person, accept_form, en, on_both_databases, problem};
use model::{
    AccessEntry, ContactId, EntryRepetition, MemberAct, MemberSelection, Outcome, Password, Permission, Problem,
    Refusal, Role,
};
use service::{Actor, Context, Hint, contact, invitation, member};
use std::time::Duration;

on_both_databases!(
    in_one_entry,
    by_reason_and_place,
    at_one_moment,
    after_a_minute,
    too_many,
    too_many_by_a_revoked_key,
    too_many_by_nobody,
    wrong_passwords,
    wrong_passwords_at_one_moment,
    many_at_once,
    told_to_open_pages,
);

/// Refusals of one actor within a minute that are written.
const LIMIT: u64 = 120;

async fn refuse(app: &App, who: &Person) -> Problem {
    problem(contact::delete(&who.ctx, app.account, ContactId(uuid::Uuid::nil())).await)
}

fn refused() -> Problem {
    Problem::Refused(Refusal::Permission(Permission::ContactDelete))
}

/// The refusals in the log, the newest first.
async fn refusals(app: &App) -> Vec<AccessEntry> {
    app.log().await.into_iter().filter(|entry| entry.outcome == Outcome::Refused).collect()
}

async fn in_one_entry(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    for time in 1..=12 {
        assert_eq!(refuse(&app, &viewer).await, refused());
        app.move_clock(Duration::from_secs(4));
        let entries = refusals(&app).await;
        assert_eq!((entries.len(), entries[0].repeats), (1, time), "it stands in the log with the answer");
    }
    let entry = refusals(&app).await.remove(0);
    assert_eq!(en(EntryRepetition(&entry)), "12 times, until 12:00:44");
    assert_eq!(entry.at.exact, "21 November 2026, 12:00:00 UTC");
    assert_eq!((entry.who.user, entry.records), (Some(viewer.user), 0));
}

async fn by_reason_and_place(on: Kind) {
    let app = App::new(on).await;
    let (one, other) = (app.viewer().await, app.viewer().await);
    let below = app.account_below(app.account, "Below").await;
    let elsewhere = app.request(Actor::User(one.user));
    let nothing = ContactId(uuid::Uuid::nil());
    for _ in 0..2 {
        assert_eq!(refuse(&app, &one).await, refused());
        assert_eq!(refuse(&app, &other).await, refused());
        assert_eq!(problem(contact::delete(&one.ctx, below, nothing).await), refused());
        assert_eq!(problem(contact::delete(&elsewhere, app.account, nothing).await), refused());
        assert!(member::suspend(&one.ctx, app.account, other.member).await.is_err());
    }
    let entries = refusals(&app).await;
    assert_eq!(entries.iter().map(|entry| entry.repeats).collect::<Vec<_>>(), [2; 5]);
}

async fn at_one_moment(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    let all = futures::future::join_all((0..50).map(|_| refuse(&app, &viewer))).await;
    assert!(all.iter().all(|answer| *answer == refused()));
    let entries = refusals(&app).await;
    assert_eq!((entries.len(), entries[0].repeats), (1, 50));
}

async fn after_a_minute(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    for _ in 0..2 {
        refuse(&app, &viewer).await;
        refuse(&app, &viewer).await;
        app.move_clock(Duration::from_mins(1));
    }
    assert_eq!(refusals(&app).await.iter().map(|entry| entry.repeats).collect::<Vec<_>>(), [2, 2]);
}

async fn too_many(on: Kind) {
    let app = App::new(on).await;
    let (viewer, other) = (app.viewer().await, app.viewer().await);
    for _ in 0..LIMIT {
        assert_eq!(refuse(&app, &viewer).await, refused());
    }
    let before = app.log_size().await;
    for _ in 0..3 {
        let Problem::TooMany { seconds } = refuse(&app, &viewer).await else { panic!("this is too often") };
        assert!((1..=60).contains(&seconds), "{seconds}");
        // Whatever else would be refused.
        let act = member::suspend(&viewer.ctx, app.account, other.member).await;
        assert!(matches!(problem(act), Problem::TooMany { .. }));
    }
    assert_eq!(app.log_size().await, before, "nothing more is written");
    viewer.ctx.access(app.account, Permission::ContactReadBasic).await.unwrap();
    assert_eq!(refuse(&app, &other).await, refused(), "others are refused as ever");
    app.move_clock(Duration::from_secs(61));
    assert_eq!(refuse(&app, &viewer).await, refused());
    assert_eq!(app.log_size().await, before + 2);
}

async fn too_many_by_a_revoked_key(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.owner(), "contact").await;
    service::api_key::revoke(&app.owner().ctx, app.account, key.id).await.unwrap();
    let before = app.log_size().await;
    let call = async || problem(key.ctx.access(app.account, Permission::ContactReadBasic).await);
    for _ in 0..LIMIT {
        assert_eq!(call().await, Problem::Refused(Refusal::KeyRevoked));
    }
    assert!(matches!(call().await, Problem::TooMany { .. }));
    assert_eq!(app.log_size().await, before + LIMIT);
    app.owner().ctx.access(app.account, Permission::ContactReadBasic).await.unwrap();
}

/// Nobody is one actor at each address.
async fn too_many_by_nobody(on: Kind) {
    let app = App::new(on).await;
    let secret = app.invite(&app.owner().ctx, app.account, "ben@example.com", Role::Viewer).await;
    let form = model::DeleteOrganisation { name: "Acme".to_owned() };
    service::deletion::delete(&app.owner().ctx, app.account, form).await.unwrap();
    let (one, other) = (app.anonymous(), app.anonymous());
    let accept = async |ctx: &Context| problem(invitation::accept(ctx, accept_form(&secret)).await);
    for _ in 0..LIMIT {
        assert_eq!(accept(&one).await, Problem::Refused(Refusal::BeingDeleted));
    }
    assert!(matches!(accept(&one).await, Problem::TooMany { .. }));
    assert_eq!(accept(&other).await, Problem::Refused(Refusal::BeingDeleted));
}

async fn guess(app: &App, ip: &str, email: &str) {
    let password = Password::new("Wrong-Otter-42");
    let form = model::SignIn { email: email.to_owned(), password, then: String::new() };
    let answer = service::user::sign_in(&app.request_from(Actor::Anonymous, ip), form).await;
    assert_eq!(problem(answer), Problem::WrongPassword);
}

/// Guesses for one person from one network, whatever address of it they come from.
async fn wrong_passwords(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.member().await);
    for ip in ["2001:db8:0:1::1", "2001:db8:0:1::7:1", "2001:db8:0:1:ffff:2:3:4"] {
        guess(&app, ip, &ana.email).await;
        app.move_clock(Duration::from_secs(4));
    }
    let entry = refusals(&app).await.remove(0);
    assert_eq!(en(EntryRepetition(&entry)), "3 times, until 12:00:08");
    assert_eq!((entry.at.exact.as_str(), entry.who.user), ("21 November 2026, 12:00:00 UTC", None));
    guess(&app, "2001:db8:0:1::1", &ben.email).await;
    guess(&app, "2001:db8::1", &ana.email).await;
    guess(&app, "203.0.113.7", &ana.email).await;
    guess(&app, "::ffff:203.0.113.7", &ana.email).await;
    let repeats = async || refusals(&app).await.iter().map(|entry| entry.repeats).collect::<Vec<_>>();
    assert_eq!(repeats().await, [2, 1, 1, 3], "others and from elsewhere apart");
    app.move_clock(Duration::from_mins(1));
    guess(&app, "2001:db8:0:1::1", &ana.email).await;
    assert_eq!(repeats().await, [1, 2, 1, 1, 3], "a minute later anew");
}

/// Nobody waits for anybody for ever, in whatever order people have come to their organisations.
async fn wrong_passwords_at_one_moment(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.member().await);
    let new = |name: &str| model::NewOrganisation { name: name.to_owned() };
    let of_ana = service::organisation::create(&ana.ctx, new("Globex")).await.unwrap();
    let of_ben = service::organisation::create(&ben.ctx, new("Initech")).await.unwrap();
    for (by, account, to) in [(&ana, of_ana, &ben), (&ben, of_ben, &ana)] {
        let secret = app.invite(&by.ctx, account, &to.email, Role::Viewer).await;
        let form = model::AcceptInvitation { password: Password::default(), ..accept_form(&secret) };
        invitation::accept(&to.ctx, form).await.unwrap();
    }
    for _ in 0..5 {
        tokio::join!(guess(&app, "203.0.113.7", &ana.email), guess(&app, "203.0.113.7", &ben.email));
    }
    let entries = refusals(&app).await;
    assert_eq!(entries.iter().map(|entry| entry.repeats).collect::<Vec<_>>(), [5, 5]);
}

/// An act on many people is refused for each of them.
async fn many_at_once(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(app.admin().await.member);
    }
    let before = app.log_size().await;
    let act = MemberAct::Suspend;
    let all = MemberSelection::Members(others);
    let answer = member::change_many(&admin.ctx, app.account, all.clone(), act).await.unwrap();
    assert_eq!(answer.refused, 3);
    let entry = refusals(&app).await.remove(0);
    assert_eq!((entry.repeats, app.log_size().await), (3, before + 3));
    for _ in 0..LIMIT / 3 - 1 {
        member::change_many(&admin.ctx, app.account, all.clone(), act).await.unwrap();
    }
    assert!(matches!(problem(member::change_many(&admin.ctx, app.account, all, act).await), Problem::TooMany { .. }));
}

async fn told_to_open_pages(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    let mut hints = app.service.hints();
    for _ in 0..2 {
        refuse(&app, &viewer).await;
        loop {
            if matches!(hints.recv().await.unwrap(), Hint::Changed { topic: model::Topic::AccessLog, .. }) {
                break;
            }
        }
    }
}
