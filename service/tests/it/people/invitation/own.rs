//! Invitations as those they are for see them: signed in, signed in as somebody else, too late.

use crate::support::{App, Kind, accept_form, accepted, en, on_both_databases, problem};
use model::{AcceptInvitation, InvitationFilter, InvitationId, InvitationState, Password, Problem, Refusal, Role};
use service::{invitation, organisation};

on_both_databases!(
    listed_and_accepted,
    declined,
    of_nobody_else,
    signed_in_as_the_right_one,
    signed_in_as_another,
    another_role
);

async fn listed_and_accepted(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    app.invite(&app.owner().ctx, app.account, &stranger.email, Role::Viewer).await;
    let own = invitation::list_own(&stranger.ctx).await.unwrap();
    let [one] = &own[..] else { panic!("one invitation, not {}", own.len()) };
    assert_eq!((one.organisation_name.as_str(), en(&one.role_name).as_str()), ("Acme", "Viewer"));
    let account = invitation::accept_own(&stranger.ctx, one.id).await.unwrap();
    assert_eq!(account, app.account);
    assert_eq!(organisation::standing(&stranger.ctx, account).await.unwrap().role, Role::Viewer);
    assert!(invitation::list_own(&stranger.ctx).await.unwrap().is_empty());
    assert_eq!(problem(invitation::accept_own(&stranger.ctx, one.id).await), Problem::NotFound);
    assert_eq!(app.log().await[0].what, "accepted an invitation as Viewer");
}

async fn declined(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    let secret = app.invite(&app.owner().ctx, app.account, &stranger.email, Role::Viewer).await;
    let id = invitation::list_own(&stranger.ctx).await.unwrap()[0].id;
    invitation::decline_own(&stranger.ctx, id).await.unwrap();
    assert!(
        invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap().rows.is_empty()
    );
    assert_eq!(invitation::open(&stranger.ctx, &secret).await.unwrap().state, InvitationState::Revoked);
    assert_eq!(app.log().await[0].what, "declined an invitation");
}

async fn of_nobody_else(on: Kind) {
    let app = App::new(on).await;
    let (stranger, viewer) = (app.stranger().await, app.viewer().await);
    app.invite(&app.owner().ctx, app.account, &stranger.email, Role::Admin).await;
    let id = invitation::list_own(&stranger.ctx).await.unwrap()[0].id;
    for id in [id, InvitationId(uuid::Uuid::nil())] {
        assert_eq!(problem(invitation::accept_own(&viewer.ctx, id).await), Problem::NotFound);
        assert_eq!(problem(invitation::decline_own(&viewer.ctx, id).await), Problem::NotFound);
        assert_eq!(problem(invitation::accept_own(&app.anonymous(), id).await), Problem::SignedOut);
    }
    assert_eq!(problem(invitation::list_own(&app.anonymous()).await), Problem::SignedOut);
}

async fn signed_in_as_the_right_one(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    let secret = app.invite(&app.owner().ctx, app.account, &stranger.email, Role::Viewer).await;
    let open = invitation::open(&stranger.ctx, &secret).await.unwrap();
    assert!(open.is_me && open.signed_in_as.is_none());
    let form = AcceptInvitation { password: Password::default(), ..accept_form(&secret) };
    let (user, _) = accepted(invitation::accept(&stranger.ctx, form).await.unwrap());
    assert_eq!(user, stranger.user);
}

async fn signed_in_as_another(on: Kind) {
    let app = App::new(on).await;
    let (stranger, viewer) = (app.stranger().await, app.viewer().await);
    let secret = app.invite(&app.owner().ctx, app.account, &stranger.email, Role::Admin).await;
    let open = invitation::open(&viewer.ctx, &secret).await.unwrap();
    assert_eq!((open.is_me, open.signed_in_as.as_ref()), (false, Some(&viewer.email)));
    // Their own session proves nothing about whom it is for.
    let form = AcceptInvitation { password: Password::default(), ..accept_form(&secret) };
    assert!(problem(invitation::accept(&viewer.ctx, form).await).fields().is_some());
    let form = AcceptInvitation { password: Password::new("Wrong-Otter-42"), ..accept_form(&secret) };
    assert_eq!(problem(invitation::accept(&viewer.ctx, form).await), Problem::WrongPassword);
    let (user, _) = accepted(invitation::accept(&viewer.ctx, accept_form(&secret)).await.unwrap());
    assert_eq!(user, stranger.user);
}

async fn another_role(on: Kind) {
    let app = App::new(on).await;
    let secret = app.invite(&app.owner().ctx, app.account, "ben@example.com", Role::Viewer).await;
    let owner = app.owner().ctx;
    let id = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows[0].id;
    let inviter = app.custom("member.invite member.read").await;
    let above = Problem::Refused(Refusal::AboveOwnPermissions);
    assert_eq!(problem(invitation::set_role(&inviter.ctx, app.account, id, Role::Member).await), above);
    assert_eq!(
        problem(invitation::set_role(&inviter.ctx, app.account, id, Role::Custom).await),
        above,
        "nor take away"
    );
    assert_eq!(problem(invitation::set_role(&owner, app.account, id, Role::Owner).await), Problem::Malformed);
    invitation::set_role(&owner, app.account, id, Role::Member).await.unwrap();
    let (ben, _) = accepted(invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap());
    let ben = app.request(service::Actor::User(ben));
    assert_eq!(organisation::standing(&ben, app.account).await.unwrap().role, Role::Member);
}
