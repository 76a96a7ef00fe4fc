//! Suspended, restored, removed.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{ContactFilter, Permission, Problem, Refusal, Role, Standing};
use service::{contact, member, organisation, user};

on_both_databases!(suspended, removed, removed_and_invited_again);

async fn suspended(on: Kind) {
    let app = App::new(on).await;
    let person = app.custom("contact member.read").await;
    let owner = app.owner().ctx;
    let before = organisation::standing(&person.ctx, app.account).await.unwrap();
    member::suspend(&owner, app.account, person.member).await.unwrap();
    let refused = Problem::Refused(Refusal::Suspended);
    assert_eq!(problem(contact::list(&person.ctx, app.account, ContactFilter::default()).await), refused);
    assert_eq!(problem(organisation::standing(&person.ctx, app.account).await), refused);
    assert_eq!(problem(service::overview::get(&person.ctx, app.account).await), refused);
    assert!(user::profile(&person.ctx).await.unwrap().accounts.is_empty());
    assert!(member::get(&owner, app.account, person.member).await.unwrap().member.suspended);

    member::restore(&owner, app.account, person.member).await.unwrap();
    let after = organisation::standing(&person.ctx, app.account).await.unwrap();
    assert_ne!(after.as_of, before.as_of, "a page that was open meanwhile has missed something");
    assert_eq!(Standing { as_of: before.as_of, ..after }, before, "to what they could do before");
    assert!(contact::list(&person.ctx, app.account, ContactFilter::default()).await.is_ok());
}

async fn removed(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    let owner = app.owner().ctx;
    assert!(person.ctx.access(app.account, Permission::ContactReadPii).await.is_ok());
    member::remove(&owner, app.account, person.member).await.unwrap();
    assert_eq!(problem(person.ctx.access(app.account, Permission::ContactReadPii).await), Problem::NotFound);
    assert_eq!(problem(person.ctx.member(app.account).await), Problem::NotFound);
    assert!(user::profile(&person.ctx).await.unwrap().accounts.is_empty(), "the login itself stays");
    assert_eq!(problem(member::remove(&owner, app.account, person.member).await), Problem::NotFound);
}

async fn removed_and_invited_again(on: Kind) {
    let app = App::new(on).await;
    let person = app.custom("member contact billing").await;
    let owner = app.owner().ctx;
    member::remove(&owner, app.account, person.member).await.unwrap();
    let secret = app.invite(&owner, app.account, &person.email, Role::Viewer).await;
    service::invitation::accept(&app.anonymous(), crate::support::accept_form(&secret)).await.unwrap();
    let standing = organisation::standing(&person.ctx, app.account).await.unwrap();
    assert_eq!(standing.role, Role::Viewer, "and nothing of before");
    assert!(!standing.may(Permission::BillingRead));
}
