//! Taking back that an invitation was withdrawn.

use crate::support::{App, Kind, accept_form, accepted, on_both_databases, problem, secret_in};
use model::{
    Conflict, Invitation, InvitationFilter, InvitationId, InvitationState, InviteMembers, Permission, PermissionSet,
    PolicyPoint, Problem, Refusal, RequestId, Role,
};
use service::{Secret, invitation, member, policy};
use std::time::Duration;

on_both_databases!(
    as_it_was,
    only_while_it_is_fresh,
    by_nobody_else,
    by_nobody_who_could_not_send_it,
    not_where_the_domain_is_closed,
    not_beside_a_new_one,
    its_letter_is_written_after_all,
    a_copied_link_is_as_strong_as_its_sender,
    of_this_organisation_alone
);

const TOO_LATE: Problem = Problem::Conflict(Conflict::TooLateToUndo);

async fn pending(app: &App) -> Vec<Invitation> {
    invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap().rows.to_vec()
}

async fn invited(app: &App, role: Role) -> (Secret, InvitationId) {
    let secret = app.invite(&app.owner().ctx, app.account, "ben@example.com", role).await;
    (secret, pending(app).await[0].id)
}

async fn state(app: &App, secret: &Secret) -> InvitationState {
    invitation::open(&app.anonymous(), secret).await.unwrap().state
}

async fn as_it_was(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (secret, id) = invited(&app, Role::Member).await;
    app.move_clock(Duration::from_hours(24));
    let before = pending(&app).await;
    let request = invitation::revoke(&owner, app.account, id).await.unwrap();
    assert_eq!(state(&app, &secret).await, InvitationState::Revoked);
    invitation::undo_revoke(&owner, app.account, request).await.unwrap();
    assert_eq!(app.log().await[0].what, "undid the withdrawal of an invitation");
    assert_eq!(pending(&app).await, before, "from the same person, with the same time");
    app.deliver().await;
    assert_eq!(app.secrets("ben@example.com").len(), 1, "no second letter");
    accepted(invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap());
    assert_eq!(problem(invitation::undo_revoke(&owner, app.account, request).await), TOO_LATE, "once is enough");
}

async fn only_while_it_is_fresh(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (secret, id) = invited(&app, Role::Member).await;
    let request = invitation::revoke(&owner, app.account, id).await.unwrap();
    app.move_clock(Duration::from_secs(16));
    for request in [request, RequestId(uuid::Uuid::nil())] {
        assert_eq!(problem(invitation::undo_revoke(&owner, app.account, request).await), TOO_LATE);
    }
    assert_eq!(state(&app, &secret).await, InvitationState::Revoked);
}

async fn by_nobody_else(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let manager = app.custom("member.invite contact.read campaign.read").await;
    let (secret, id) = invited(&app, Role::Viewer).await;
    let request = invitation::revoke(&manager.ctx, app.account, id).await.unwrap();
    assert_eq!(problem(invitation::undo_revoke(&owner, app.account, request).await), TOO_LATE);
    member::switch_permission(&owner, app.account, manager.member, "member.invite", false).await.unwrap();
    let refused = problem(invitation::undo_revoke(&manager.ctx, app.account, request).await);
    assert_eq!(refused, Problem::Refused(Refusal::Permission(Permission::MemberInvite)));
    assert_eq!(state(&app, &secret).await, InvitationState::Revoked);
}

/// Whoever may invite may withdraw what is above them, but not let it loose again.
async fn by_nobody_who_could_not_send_it(on: Kind) {
    let app = App::new(on).await;
    let (secret, id) = invited(&app, Role::Admin).await;
    let inviter = app.custom("member.invite").await;
    let request = invitation::revoke(&inviter.ctx, app.account, id).await.unwrap();
    let refused = problem(invitation::undo_revoke(&inviter.ctx, app.account, request).await);
    assert_eq!(refused, Problem::Refused(Refusal::AboveOwnPermissions));
    assert_eq!(state(&app, &secret).await, InvitationState::Revoked);
}

async fn not_where_the_domain_is_closed(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (secret, id) = invited(&app, Role::Member).await;
    let request = invitation::revoke(&owner, app.account, id).await.unwrap();
    policy::update(&owner, app.account, PolicyPoint::Domains("northwind.example".to_owned())).await.unwrap();
    let refused = problem(invitation::undo_revoke(&owner, app.account, request).await);
    assert_eq!(refused, Problem::Refused(Refusal::DomainNotAllowed));
    assert_eq!(state(&app, &secret).await, InvitationState::Revoked);
}

async fn not_beside_a_new_one(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (old, id) = invited(&app, Role::Admin).await;
    let request = invitation::revoke(&owner, app.account, id).await.unwrap();
    let (new, _) = invited(&app, Role::Viewer).await;
    assert_eq!(problem(invitation::undo_revoke(&owner, app.account, request).await), TOO_LATE);
    assert_eq!(pending(&app).await.len(), 1);
    assert_eq!(
        (state(&app, &old).await, state(&app, &new).await),
        (InvitationState::Revoked, InvitationState::Pending)
    );
}

async fn its_letter_is_written_after_all(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let form = InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Member,
        also: Vec::new(),
        permissions: PermissionSet::EMPTY,
    };
    invitation::invite(&owner, app.account, form).await.unwrap();
    let request = invitation::revoke(&owner, app.account, pending(&app).await[0].id).await.unwrap();
    app.deliver().await;
    assert!(app.secrets("ben@example.com").is_empty());
    invitation::undo_revoke(&owner, app.account, request).await.unwrap();
    app.deliver().await;
    assert_eq!(state(&app, &app.secrets("ben@example.com")[0]).await, InvitationState::Pending);
}

async fn a_copied_link_is_as_strong_as_its_sender(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let admin = app.admin().await;
    let (_, id) = invited(&app, Role::Viewer).await;
    let link = secret_in(&invitation::copy_link(&admin.ctx, app.account, id).await.unwrap());
    let request = invitation::revoke(&owner, app.account, id).await.unwrap();
    invitation::undo_revoke(&owner, app.account, request).await.unwrap();
    assert_eq!(state(&app, &link).await, InvitationState::Pending);
    member::remove(&owner, app.account, admin.member).await.unwrap();
    assert_eq!(state(&app, &link).await, InvitationState::Void, "it is its sender's still");
}

async fn of_this_organisation_alone(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    let (_, id) = invited(&app, Role::Member).await;
    let request = invitation::revoke(&app.owner().ctx, app.account, id).await.unwrap();
    let foreign = problem(invitation::undo_revoke(&stranger.ctx, app.account, request).await);
    assert_eq!(foreign, Problem::NotFound);
    assert_eq!(problem(invitation::undo_revoke(&stranger.ctx, stranger.account, request).await), TOO_LATE);
}
