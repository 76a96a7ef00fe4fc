//! Many changes at one time.

use crate::support::{App, Kind, give_up_after, on_both_databases, problem, push_on};
use model::{ContactFilter, ContactForm, ContactId, Outcome, Problem, Refusal};
use service::{Context, contact};
use std::{collections::HashSet, pin::pin};

on_both_databases!(
    all_are_kept,
    a_failure_takes_no_other_with_it,
    organisations_beside_each_other,
    taken_away_while_waiting
);

fn form(name: &str) -> ContactForm {
    ContactForm {
        name: name.to_owned(),
        email: "zoe@example.com".to_owned(),
        tags: "a, b".to_owned(),
        ..ContactForm::default()
    }
}

async fn ids(ctx: &Context, account: model::AccountId) -> HashSet<ContactId> {
    let mut ids = HashSet::new();
    let mut cursor = None;
    loop {
        let filter = ContactFilter { cursor, ..ContactFilter::default() };
        let page = contact::list(ctx, account, filter).await.unwrap();
        ids.extend(page.rows.iter().map(|contact| contact.id));
        match page.older {
            None => return ids,
            older => cursor = older,
        }
    }
}

async fn all_are_kept(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let before = app.log_size().await;
    let changes = (0..300).map(|number| {
        let (owner, account) = (owner.clone(), app.account);
        tokio::spawn(async move { contact::create(&owner, account, form(&format!("Zoe {number}"))).await.unwrap() })
    });
    let acknowledged: HashSet<_> = futures::future::join_all(changes).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(acknowledged.len(), 300);
    assert_eq!(app.log_size().await, before + 300);
    assert_eq!(ids(&owner, app.account).await, acknowledged);
}

async fn a_failure_takes_no_other_with_it(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let half = app.custom("contact.read contact.update.details").await.ctx;
    let target = contact::create(&owner, app.account, form("Target")).await.unwrap();
    let before = app.log_size().await;
    let good = (0..60).map(|number| contact::create(&owner, app.account, form(&format!("Zoe {number}"))));
    // Has written other tags by the time it is refused.
    let refused =
        (0..20).map(|_| contact::update(&half, app.account, target, ContactForm { tags: "c".into(), ..form("X") }));
    let unknown = (0..20).map(|_| contact::delete(&owner, app.account, ContactId(uuid::Uuid::nil())));
    let (good, refused, unknown) = tokio::join!(
        futures::future::join_all(good),
        futures::future::join_all(refused),
        futures::future::join_all(unknown),
    );
    let mut kept: HashSet<_> = good.into_iter().map(Result::unwrap).collect();
    for answer in refused {
        assert!(matches!(problem(answer), Problem::Refused(Refusal::Permission(_))));
    }
    for answer in unknown {
        assert_eq!(problem(answer), Problem::NotFound);
    }
    let log = app.log().await;
    assert_eq!(app.log_size().await, before + 60 + 20);
    let refused = log.iter().filter(|entry| entry.outcome == Outcome::Refused);
    assert_eq!(refused.map(|entry| entry.repeats).sum::<u64>(), 20);
    kept.insert(target);
    assert_eq!(ids(&owner, app.account).await, kept);
    let shown = contact::get(&owner, app.account, target).await.unwrap();
    assert_eq!((shown.personal.unwrap().name.as_str(), shown.tags.join(" ").as_str()), ("Target", "a b"));
}

async fn organisations_beside_each_other(on: Kind) {
    let app = App::new(on).await;
    let (owner, stranger) = (app.owner(), app.stranger().await);
    let changes = (0..100).map(|number| {
        let person = if number % 2 == 0 { &owner } else { &stranger };
        let (ctx, account) = (person.ctx.clone(), person.account);
        tokio::spawn(async move { contact::create(&ctx, account, form("Zoe")).await.unwrap() })
    });
    futures::future::join_all(changes).await;
    for person in [owner, stranger] {
        assert_eq!(ids(&person.ctx, person.account).await.len(), 50);
    }
}

/// A change that was allowed when it was asked for, and waits for its turn behind the one that takes
/// its permission away, is refused.
async fn taken_away_while_waiting(on: Kind) {
    let app = App::new(on).await;
    let (owner, person) = (app.owner().ctx, app.member().await);
    let switch = |on| service::member::switch_permission(&owner, app.account, person.member, "contact.create", on);
    let mut refused = 0;
    for points in 1..40 {
        let mut first = pin!(contact::create(&owner, app.account, form("First")));
        let mut taken = pin!(switch(false));
        let mut late = pin!(contact::create(&person.ctx, app.account, form("Late")));
        let first_done = give_up_after(points, &mut first).await;
        let taken_done = push_on(&mut taken).await;
        let late_done = push_on(&mut late).await;
        let (first, taken, late) = tokio::join!(
            async { if let Some(done) = first_done { done } else { first.await } },
            async { if let Some(done) = taken_done { done } else { taken.await } },
            async { if let Some(done) = late_done { done } else { late.await } },
        );
        first.unwrap();
        taken.unwrap();
        if late.is_ok() {
            let log = app.log().await;
            let added = log.iter().position(|entry| entry.who.user == Some(person.user));
            let taken = log.iter().position(|entry| entry.what.starts_with("changed the permissions"));
            assert!(added > taken, "added after the permission was taken away");
        } else {
            refused += 1;
        }
        switch(true).await.unwrap();
    }
    assert!(refused > 0);
}
