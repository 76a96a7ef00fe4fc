//! What open pages are told, and when.

use crate::support::{App, Kind, Setup, on_both_databases, run};
use model::{ContactForm, ContactId, NewOrganisation, PolicyPoint, SecondFactorWithin, Topic};
use sea_orm::ConnectionTrait;
use service::{Actor, Context, Hint, Secret, contact, live, member, organisation, policy, session};
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use tokio::sync::broadcast::Receiver;

on_both_databases!(
    topics,
    nothing_for_nothing,
    who_joins,
    of_which_organisations,
    until_a_second_factor_is_due,
    sessions
);

/// Subscribes, and waits until hints arrive: on PostgreSQL they come by way of the server.
async fn hints(app: &App) -> Receiver<Hint> {
    let mut hints = app.service.hints();
    while hints.is_empty() {
        member::suspend(&app.owner().ctx, app.account, app.owner().member).await.unwrap_err();
        tokio::task::yield_now().await;
    }
    until_mark(app, &mut hints).await;
    hints
}

/// Everything that is told before a mark that is set now.
async fn until_mark(app: &App, hints: &mut Receiver<Hint>) -> Vec<Hint> {
    // What is the same as before is no change.
    static MARKS: AtomicU32 = AtomicU32::new(0);
    let name = format!("Mark {}", MARKS.fetch_add(1, Ordering::Relaxed));
    let form = model::UpdateOrganisation { name, ..model::UpdateOrganisation::default() };
    organisation::update(&app.owner().ctx, app.account, form).await.unwrap();
    let mut told = Vec::new();
    loop {
        let hint = hints.recv().await.unwrap();
        if topic(&hint) == Some(Topic::Organisation) {
            return told;
        }
        told.push(hint);
    }
}

fn topic(hint: &Hint) -> Option<Topic> {
    match hint {
        Hint::Changed { topic, .. } => Some(*topic),
        Hint::SessionEnded { .. } | Hint::Missed => None,
    }
}

async fn topics(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    let organisation = organisation::standing(&app.owner().ctx, app.account).await.unwrap().organisation;
    let mut hints = hints(&app).await;
    member::switch_permission(&app.owner().ctx, app.account, person.member, "contact", false).await.unwrap();
    let told = until_mark(&app, &mut hints).await;
    let has = |topic, user| told.contains(&Hint::Changed { organisation, topic, user });
    assert!(has(Topic::Members, None) && has(Topic::AccessLog, None));
    assert!(has(Topic::Rights, Some(person.user)), "the page of whom it is about");
    assert!(!told.iter().any(|hint| topic(hint) == Some(Topic::Contacts)));
}

async fn nothing_for_nothing(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    let mut hints = hints(&app).await;
    let (owner, none) = (app.owner().ctx, ContactId(uuid::Uuid::nil()));
    assert!(contact::delete(&owner, app.account, none).await.is_err());
    assert!(contact::create(&owner, app.account, ContactForm::default()).await.is_err());
    assert!(contact::delete(&viewer.ctx, app.account, none).await.is_err());
    let told = until_mark(&app, &mut hints).await;
    assert!(
        told.iter().all(|hint| topic(hint) == Some(Topic::AccessLog)),
        "a refusal is news for the log alone: {told:?}"
    );
}

/// Whoever comes into an organisation hears of it: their channel listens to that one too from then on.
async fn who_joins(on: Kind) {
    let app = App::new(on).await;
    let mut hints = hints(&app).await;
    let person = app.member().await;
    let told = until_mark(&app, &mut hints).await;
    let is_theirs =
        |hint: &Hint| matches!(hint, Hint::Changed { topic: Topic::Rights, user, .. } if *user == Some(person.user));
    assert!(told.iter().any(is_theirs), "{told:?}");
    let account = organisation::create(&person.ctx, NewOrganisation { name: "Initech".into() }).await.unwrap();
    let organisation = organisation::standing(&person.ctx, account).await.unwrap().organisation;
    let told = until_mark(&app, &mut hints).await;
    assert!(told.contains(&Hint::Changed { organisation, topic: Topic::Rights, user: Some(person.user) }), "{told:?}");
}

/// What a channel listens to is asked in the background: a refusal there stands in no log.
async fn of_which_organisations(on: Kind) {
    let app = App::new(on).await;
    let (owner, person) = (app.owner(), app.member().await);
    let ours = organisation::standing(&owner.ctx, app.account).await.unwrap().organisation;
    let open = async || live::scope(&app.service, person.user).await.unwrap().organisations;
    assert_eq!(open().await, [ours]);
    member::suspend(&owner.ctx, app.account, person.member).await.unwrap();
    let before = app.log_size().await;
    for _ in 0..3 {
        assert_eq!(open().await, []);
    }
    assert_eq!(app.log_size().await, before);
    member::restore(&owner.ctx, app.account, person.member).await.unwrap();
    assert_eq!(open().await, [ours]);
    member::remove(&owner.ctx, app.account, person.member).await.unwrap();
    assert_eq!(open().await, []);
}

/// From then on the organisation that requires it is not among those of the channel, and no hint says so: the channel has
/// to know when to look again.
async fn until_a_second_factor_is_due(on: Kind) {
    const DAY: Duration = Duration::from_hours(24);
    let app = App::new(on).await;
    let (owner, person) = (app.owner().ctx, app.member().await);
    let scope = async || live::scope(&app.service, person.user).await.unwrap();
    assert_eq!(scope().await.changes_at, None);
    let own = organisation::create(&person.ctx, NewOrganisation { name: "Initech".into() }).await.unwrap();
    let ours = organisation::standing(&owner, app.account).await.unwrap().organisation;
    let start = app.service.now();
    for (ctx, account, days) in [(&person.ctx, own, 30), (&owner, app.account, 7)] {
        let point = PolicyPoint::SecondFactor(SecondFactorWithin::Days(days));
        policy::update(ctx, account, point).await.unwrap();
    }
    let first = scope().await;
    let due = first.changes_at.expect("an instant");
    assert!(start + DAY * 7 <= due && due < start + DAY * 8, "the earliest of both: {due:?}");
    assert!(first.organisations.len() == 2 && first.organisations.contains(&ours));
    app.move_clock(due.since(app.service.now()));
    let then = scope().await;
    assert!(then.organisations.len() == 1 && !then.organisations.contains(&ours));
    assert!(then.changes_at.is_some_and(|at| at > due + DAY * 20), "the next one");
    app.move_clock(DAY * 30);
    assert_eq!(scope().await, live::LiveScope::default());
}

/// The end of a session is told, and so is its becoming somebody else's.
async fn sessions(on: Kind) {
    let app = App::new(on).await;
    let (owner, person) = (app.owner(), app.member().await);
    let mut hints = hints(&app).await;
    let of = |user| session::Session {
        user: Some(user),
        ip: String::new(),
        user_agent: String::new(),
        data: String::new(),
        expires_at: app.service.now() + Duration::from_hours(1),
        credentials_version: 0,
    };
    let secret = Secret::from_client("cookie");
    for user in [person.user, person.user, owner.user] {
        session::create(&app.service, &secret, of(user)).await.unwrap();
    }
    session::delete(&app.service, &secret).await.unwrap();
    session::delete(&app.service, &secret).await.unwrap();
    let told = until_mark(&app, &mut hints).await;
    let ended = told.iter().filter(|hint| matches!(hint, Hint::SessionEnded { .. })).copied().collect::<Vec<_>>();
    assert_eq!(ended, [person.user, owner.user].map(|user| Hint::SessionEnded { user }));
    // Closed by its user, from elsewhere.
    session::create(&app.service, &secret, of(person.user)).await.unwrap();
    let closed = session::list(&person.ctx).await.unwrap().remove(0);
    session::close(&person.ctx, closed.id).await.unwrap();
    assert!(until_mark(&app, &mut hints).await.contains(&Hint::SessionEnded { user: person.user }));
}

/// PostgreSQL keeps no hint for whom it has lost. Who was shut out meanwhile is told nothing of it, so every channel has to
/// look again.
#[test]
fn what_was_missed() {
    run(Kind::Postgres, async |on| {
        let mut app = Setup { breakable: true, ..Setup::on(on) }.app().await;
        let person = app.member().await;
        let mut hints = hints(&app).await;
        let replica = app.replica().await;
        app.outage.begin().await;
        let owner = app.owner();
        let there = Context::new(replica, owner.ctx.request().clone(), Actor::User(owner.user));
        member::remove(&there, app.account, person.member).await.unwrap();
        app.outage.end().await;
        until_missed(&mut hints).await;
        assert_eq!(live::scope(&app.service, person.user).await.unwrap(), live::LiveScope::default());

        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND query LIKE 'LISTEN%'";
        app.service.database.for_migrations().execute_unprepared(end).await.unwrap();
        until_missed(&mut hints).await;
    });
}

async fn until_missed(hints: &mut Receiver<Hint>) {
    let missed = async { while hints.recv().await.unwrap() != Hint::Missed {} };
    tokio::time::timeout(Duration::from_secs(30), missed).await.expect("to be told that something was missed");
}
