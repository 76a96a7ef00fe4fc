//! Asking for a new invitation in the place of one that is over.

use crate::support::{App, Kind, accept_form, accepted, on_both_databases, problem};
use model::{InvitationState, Problem, Role};
use service::{Actor, invitation, member};
use std::time::Duration;

on_both_databases!(asked_for_again, of_an_inviter_who_is_gone, by_somebody_who_was_removed);

/// To whom the last letter that asks went.
async fn asked_last(app: &App) -> String {
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    letters.into_iter().find(|letter| letter.subject.contains("asks for a new invitation")).unwrap().to
}

async fn asked_for_again(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    let secret = app.invite(&admin.ctx, app.account, "ben@example.com", Role::Viewer).await;
    assert_eq!(problem(invitation::ask(&app.anonymous(), &secret).await).status(), 409, "it is open still");
    app.move_clock(Duration::from_hours(168));
    invitation::ask(&app.anonymous(), &secret).await.unwrap();
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    assert_eq!(letters[0].to, admin.email);
    assert_eq!(letters[0].subject, "ben@example.com asks for a new invitation to “Acme”");
    assert_eq!(app.log().await[0].what, "asked for a new invitation");
    for _ in 0..2 {
        invitation::ask(&app.anonymous(), &secret).await.unwrap();
    }
    assert_eq!(problem(invitation::ask(&app.anonymous(), &secret).await).status(), 429);
    let unknown = service::Secret::from_client("no-such-secret".to_owned());
    assert_eq!(problem(invitation::ask(&app.anonymous(), &unknown).await), Problem::NotFound);
}

/// The address of somebody who wants to join is for those who may invite them, not for an outsider.
async fn of_an_inviter_who_is_gone(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let (removed, suspended, demoted) = (app.admin().await, app.admin().await, app.admin().await);
    let mut links = Vec::new();
    for inviter in [&removed, &suspended, &demoted] {
        links.push(app.invite(&inviter.ctx, app.account, &app.new_address("ben"), Role::Viewer).await);
    }
    app.move_clock(Duration::from_hours(168));
    member::remove(&owner.ctx, app.account, removed.member).await.unwrap();
    member::suspend(&owner.ctx, app.account, suspended.member).await.unwrap();
    member::set_role(&owner.ctx, app.account, demoted.member, Role::Member).await.unwrap();
    for link in &links {
        invitation::ask(&app.anonymous(), link).await.unwrap();
    }
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    let asking: Vec<_> = letters.iter().filter(|letter| letter.subject.contains("asks for")).collect();
    assert_eq!(asking.len(), 3);
    assert!(asking.iter().all(|letter| letter.to == owner.email && letter.text.contains("Hello Olga Owens")));
    // Who may invite again is asked again.
    member::restore(&owner.ctx, app.account, suspended.member).await.unwrap();
    invitation::ask(&app.anonymous(), &links[1]).await.unwrap();
    assert_eq!(asked_last(&app).await, suspended.email);
}

/// The link of somebody who was a member is no dead end.
async fn by_somebody_who_was_removed(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner().ctx, app.admin().await);
    let secret = app.invite(&admin.ctx, app.account, "ben@example.com", Role::Custom).await;
    let (ben, _) = accepted(invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap());
    let ctx = app.request(Actor::User(ben));
    let filter = model::MemberFilter { search: "ben@example.com".to_owned(), ..model::MemberFilter::default() };
    let id = member::list(&owner, app.account, filter).await.unwrap().rows[0].id;
    let state = async || invitation::open(&app.anonymous(), &secret).await.unwrap().state;
    assert_eq!(state().await, InvitationState::Accepted, "with no permission at all");
    member::suspend(&owner, app.account, id).await.unwrap();
    assert_eq!(state().await, InvitationState::Accepted);
    assert_eq!(problem(invitation::ask(&ctx, &secret).await).status(), 409);

    member::remove(&owner, app.account, id).await.unwrap();
    assert_eq!(state().await, InvitationState::Left);
    assert!(matches!(problem(invitation::accept(&ctx, accept_form(&secret)).await), Problem::Conflict(_)));
    invitation::ask(&app.anonymous(), &secret).await.unwrap();
    assert_eq!(asked_last(&app).await, admin.email);
    // Invited anew and accepted, the old link has nothing to ask for.
    let again = app.invite(&owner, app.account, "ben@example.com", Role::Viewer).await;
    invitation::accept(&app.anonymous(), accept_form(&again)).await.unwrap();
    assert_eq!(state().await, InvitationState::Accepted);
}
