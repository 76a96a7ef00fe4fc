//! The database goes away and comes back.

use crate::support::{App, Kind, PASSWORD, Setup, on_both_databases, problem};
use model::{ContactFilter, ContactForm, Password, Problem, SignIn};
use service::{contact, user};

on_both_databases!(unavailable_and_back, during_changes);

async fn breakable(on: Kind) -> App {
    Setup { breakable: true, ..Setup::on(on) }.app().await
}

fn form(name: &str) -> ContactForm {
    ContactForm { name: name.to_owned(), email: "zoe@example.com".to_owned(), ..ContactForm::default() }
}

/// An operator may take a moment to notice; the people wait for the same answer, all at once.
async fn unavailable_and_back(on: Kind) {
    let mut app = breakable(on).await;
    let (owner, member) = (app.owner(), app.member().await);
    let id = contact::create(&owner.ctx, app.account, form("Before")).await.unwrap();
    app.outage.begin().await;
    let anonymous = app.anonymous();
    let sign_in = || SignIn { email: owner.email.clone(), password: Password::new(PASSWORD), then: String::new() };
    let (created, switched, deleted, signed_in, list, one) = tokio::join!(
        contact::create(&owner.ctx, app.account, form("During")),
        service::member::switch_permission(&owner.ctx, app.account, member.member, "contact", false),
        contact::delete(&member.ctx, app.account, id),
        user::sign_in(&anonymous, sign_in()),
        contact::list(&owner.ctx, app.account, ContactFilter::default()),
        contact::get(&owner.ctx, app.account, id),
    );
    assert_eq!(problem(created), Problem::Unavailable);
    assert_eq!(problem(switched), Problem::Unavailable);
    assert_eq!(problem(deleted), Problem::Unavailable);
    assert_eq!(problem(signed_in), Problem::Unavailable);
    // If the log cannot be written, the data is not shown.
    assert_eq!(problem(list), Problem::Unavailable);
    assert_eq!(problem(one), Problem::Unavailable);
    assert_eq!(app.service.database.ping().await.is_err(), on == Kind::Postgres, "an SQLite file can still be read");

    app.outage.end().await;
    assert!(app.service.database.ping().await.is_ok());
    let after = contact::create(&owner.ctx, app.account, form("After")).await.unwrap();
    let page = contact::list(&member.ctx, app.account, ContactFilter::default()).await.unwrap();
    assert_eq!(page.rows.iter().map(|contact| contact.id).collect::<Vec<_>>(), [after, id]);
    assert_eq!(page.rows[0].personal.as_ref().unwrap().name, "After");
    assert!(user::sign_in(&app.anonymous(), sign_in()).await.is_ok());
}

/// What was acknowledged before the cut is there after it, and what was not is whole or absent.
async fn during_changes(on: Kind) {
    let mut app = breakable(on).await;
    let owner = app.owner();
    let changes: Vec<_> = (0..40)
        .map(|number| {
            let (ctx, account) = (owner.ctx.clone(), app.account);
            tokio::spawn(async move { contact::create(&ctx, account, form(&format!("Zoe {number}"))).await })
        })
        .collect();
    // Some are acknowledged before the cut, and some are under way.
    app.log_size().await;
    app.outage.begin().await;
    let mut acknowledged = Vec::new();
    for change in changes {
        match change.await.unwrap() {
            Ok(id) => acknowledged.push(id),
            Err(error) => assert_eq!(error.into_problem(owner.ctx.request().id), Problem::Unavailable),
        }
    }
    app.outage.end().await;
    contact::create(&owner.ctx, app.account, form("After")).await.unwrap();
    let page = contact::list(&owner.ctx, app.account, ContactFilter::default()).await.unwrap();
    let there: Vec<_> = page.rows.iter().map(|contact| contact.id).collect();
    assert!(acknowledged.iter().all(|id| there.contains(id)));
    let logged = app.log().await.iter().filter(|entry| entry.what == "added a contact").count();
    assert_eq!(logged, there.len());
}
