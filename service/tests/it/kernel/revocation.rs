//! What is taken away is gone with the answer, on every session.

use crate::support::{App, Kind, Person, on_both_databases, problem};
use futures::StreamExt;
use model::{Permission, Problem, Refusal, Role};
use service::{Actor, Context, member};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

on_both_databases!(hundred_thousand_checks, while_it_is_flipped, by_every_way, by_another_server);

/// Several servers may share a PostgreSQL database: what one wrote, the others know without being told.
async fn by_another_server(on: Kind) {
    let app = App::new(on).await;
    let person = app.admin().await;
    assert!(person.ctx.access(app.account, Permission::ContactReadPii).await.is_ok());
    if on == Kind::Sqlite {
        return;
    }
    for (role, held) in [("viewer", false), ("admin", true)] {
        app.sql("UPDATE membership SET role = $1 WHERE id = $2", vec![role.into(), person.member.into()]).await;
        assert_eq!(person.ctx.access(app.account, Permission::ContactReadPii).await.is_ok(), held, "{role}");
    }
    app.sql("DELETE FROM membership WHERE id = $1", vec![person.member.into()]).await;
    assert_eq!(problem(person.ctx.member(app.account).await), Problem::NotFound);
}

const CHECKS: usize = 100_000;
/// Refusals of one person within a minute; more are answered as too many.
const MOST: u64 = 120;
/// Requests under way at one time.
const AT_ONCE: usize = 256;

async fn switch(app: &App, person: &Person, on: bool) {
    let owner = app.owner().ctx;
    member::switch_permission(&owner, app.account, person.member, "contact.read.pii", on).await.unwrap();
}

async fn hundred_thousand_checks(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    let sessions = [person.ctx.clone(), app.request(Actor::User(person.user))];
    for session in &sessions {
        assert!(session.access(app.account, Permission::ContactReadPii).await.is_ok());
    }
    let before = app.log_size().await;
    switch(&app, &person, false).await;
    let refused = Problem::Refused(Refusal::Permission(Permission::ContactReadPii));
    let mut written = 0;
    let checks = futures::stream::iter(0..CHECKS).map(|number| {
        let (session, account) = (sessions[number % 2].clone(), app.account);
        tokio::spawn(async move { problem(session.access(account, Permission::ContactReadPii).await) })
    });
    let mut checks = checks.buffer_unordered(AT_ONCE);
    while let Some(answer) = checks.next().await {
        match answer.unwrap() {
            Problem::TooMany { .. } => {}
            answer => {
                assert_eq!(answer, refused);
                written += 1;
            }
        }
    }
    assert_eq!(written, MOST);
    assert_eq!(app.log_size().await, before + 1 + MOST, "every refusal that was answered as one is in the log");
}

/// Checks run all the while. One that began after the answer to "off", and ended before the next
/// "on" was sent, must have been refused.
async fn while_it_is_flipped(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    // Odd while the permission is off for certain.
    let phase = AtomicU64::new(0);
    let done = AtomicBool::new(false);
    let checked_while_off = AtomicU64::new(0);
    let checker = |session: Context| {
        let (phase, done, checked_while_off) = (&phase, &done, &checked_while_off);
        async move {
            while !done.load(Ordering::SeqCst) {
                let began = phase.load(Ordering::SeqCst);
                let answer = session.access(app.account, Permission::ContactReadPii).await;
                let off = began % 2 == 1 && phase.load(Ordering::SeqCst) == began;
                assert!(!(off && answer.is_ok()), "allowed after it was taken away");
                checked_while_off.fetch_add(u64::from(off), Ordering::SeqCst);
                tokio::task::yield_now().await;
            }
        }
    };
    let toggler = async {
        for _ in 0..50 {
            switch(&app, &person, false).await;
            phase.fetch_add(1, Ordering::SeqCst);
            let before = checked_while_off.load(Ordering::SeqCst);
            while checked_while_off.load(Ordering::SeqCst) < before + 4 {
                tokio::task::yield_now().await;
            }
            phase.fetch_add(1, Ordering::SeqCst);
            switch(&app, &person, true).await;
        }
        done.store(true, Ordering::SeqCst);
    };
    let sessions: Vec<Context> = (0..4).map(|_| app.request(Actor::User(person.user))).collect();
    tokio::join!(toggler, futures::future::join_all(sessions.into_iter().map(checker)));
    assert!(checked_while_off.load(Ordering::SeqCst) >= 200);
}

/// Whatever takes the permission away, the next check of every session is refused.
async fn by_every_way(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let person = app.member().await;
    let sessions = [person.ctx.clone(), app.request(Actor::User(person.user))];
    let refused = async |way: &str, expected: Problem| {
        for session in &sessions {
            assert_eq!(problem(session.access(app.account, Permission::ContactReadPii).await), expected, "{way}");
        }
    };
    let allowed = async |way: &str| {
        for session in &sessions {
            assert!(session.access(app.account, Permission::ContactReadPii).await.is_ok(), "{way}");
        }
    };
    let without = Problem::Refused(Refusal::Permission(Permission::ContactReadPii));
    allowed("as Member").await;
    member::set_role(&owner, app.account, person.member, Role::Viewer).await.unwrap();
    refused("another role", without.clone()).await;
    member::set_role(&owner, app.account, person.member, Role::Admin).await.unwrap();
    allowed("as Admin").await;
    member::switch_permission(&owner, app.account, person.member, "contact", false).await.unwrap();
    refused("a parent switched off", without).await;
    member::switch_permission(&owner, app.account, person.member, "contact.read", true).await.unwrap();
    allowed("switched on").await;
    member::suspend(&owner, app.account, person.member).await.unwrap();
    refused("suspended", Problem::Refused(Refusal::Suspended)).await;
    member::restore(&owner, app.account, person.member).await.unwrap();
    allowed("restored").await;
    member::remove(&owner, app.account, person.member).await.unwrap();
    refused("removed", Problem::NotFound).await;
}
