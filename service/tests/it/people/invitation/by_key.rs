//! An invitation sent through an API key is as strong as the key is now, and not as whoever made it.

use crate::support::{App, Key, Kind, accept_form, en, on_both_databases, problem};
use model::{
    ApiKeyForm, InvitationFilter, InvitationId, InvitationState, Permission, PermissionSet, Problem, Refusal, Role,
};
use service::{Secret, api_key, invitation, member};
use std::time::Duration;

on_both_databases!(of_a_key_that_ended, what_the_key_lost, sent_again_by_a_person, foreseen, listed_by_sender);

/// What it takes to invite a Viewer.
fn to_invite() -> PermissionSet {
    Role::Viewer.permissions(PermissionSet::EMPTY).with(Permission::MemberInvite)
}

async fn state(app: &App, secret: &Secret) -> InvitationState {
    invitation::open(&app.anonymous(), secret).await.unwrap().state
}

async fn invited(app: &App, key: &Key) -> Secret {
    app.invite(&key.ctx, app.account, &app.new_address("ben"), Role::Viewer).await
}

/// The invitations that wait, the newest first.
async fn waiting(app: &App, filter: InvitationFilter) -> Vec<InvitationId> {
    let list = invitation::list(&app.owner().ctx, app.account, filter).await.unwrap();
    list.rows.iter().map(|row| row.id).collect()
}

async fn of_a_key_that_ended(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let revoked = app.key(&owner, &to_invite().to_string()).await;
    let link = invited(&app, &revoked).await;
    assert_eq!(state(&app, &link).await, InvitationState::Pending);
    api_key::revoke(&owner.ctx, app.account, revoked.id).await.unwrap();
    assert_eq!(state(&app, &link).await, InvitationState::Void, "though its creator owns the organisation");
    let refused = invitation::accept(&app.anonymous(), accept_form(&link)).await;
    assert_eq!(problem(refused), Problem::Refused(Refusal::InvitationVoid));
    let form = ApiKeyForm { name: "For a month".to_owned(), permissions: to_invite(), days: 30, like: None };
    let minted = api_key::create(&owner.ctx, app.account, form).await.unwrap();
    app.move_clock(Duration::from_hours(29 * 24));
    let ctx = app.with_key(&minted.secret).await.unwrap();
    let link = app.invite(&ctx, app.account, "cy@example.com", Role::Viewer).await;
    assert_eq!(state(&app, &link).await, InvitationState::Pending);
    app.move_clock(Duration::from_hours(25));
    assert_eq!(state(&app, &link).await, InvitationState::Void, "the key has expired");
}

async fn what_the_key_lost(on: Kind) {
    let app = App::new(on).await;
    let (owner, creator) = (app.owner().ctx, app.admin().await);
    let key = app.key(&creator, &to_invite().to_string()).await;
    let link = invited(&app, &key).await;
    let switch =
        async |path: &str, on| api_key::switch_permission(&owner, app.account, key.id, path, on).await.unwrap();
    for path in ["member.invite", "contact.read.basic"] {
        switch(path, false).await;
        assert_eq!(state(&app, &link).await, InvitationState::Void, "without {path}");
        switch(path, true).await;
        assert_eq!(state(&app, &link).await, InvitationState::Pending, "with {path}");
    }
    member::suspend(&owner, app.account, creator.member).await.unwrap();
    assert_eq!(state(&app, &link).await, InvitationState::Void, "nor is it stronger than whoever made it");
}

/// From then on it is as strong as they are; and the other way round.
async fn sent_again_by_a_person(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let key = app.key(&owner, &to_invite().to_string()).await;
    for _ in 0..3 {
        invited(&app, &key).await;
    }
    let [of_key, resent, given] = waiting(&app, InvitationFilter::default()).await[..] else { panic!("three wait") };
    invitation::resend(&owner.ctx, app.account, resent).await.unwrap();
    invitation::set_role(&owner.ctx, app.account, given, Role::Member).await.unwrap();
    let through = InvitationFilter { key: Some(key.id), ..InvitationFilter::default() };
    assert_eq!(waiting(&app, through.clone()).await, [of_key]);
    invitation::resend(&key.ctx, app.account, resent).await.unwrap();
    assert_eq!(waiting(&app, through).await, [of_key, resent]);
}

async fn foreseen(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let key = app.key(&owner, &to_invite().to_string()).await;
    let ending = async || api_key::get(&owner.ctx, app.account, key.id).await.unwrap().invitations;
    assert_eq!(ending().await, 0);
    for _ in 0..2 {
        invited(&app, &key).await;
    }
    app.invite(&owner.ctx, app.account, "of.the.owner@example.com", Role::Viewer).await;
    assert_eq!(ending().await, 2);
    let switch = async |path: &str, on| {
        en(api_key::switch_permission(&owner.ctx, app.account, key.id, path, on).await.unwrap().change)
    };
    let sentence = switch("member.invite", false).await;
    assert!(sentence.ends_with("2 open invitations it sent will stop working."), "{sentence}");
    assert_eq!(ending().await, 0, "they are void already");
    assert!(!switch("member.invite", true).await.contains("invitation"));
}

async fn listed_by_sender(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner(), app.admin().await);
    app.invite(&owner.ctx, app.account, "ana@example.com", Role::Viewer).await;
    app.invite(&admin.ctx, app.account, "ben@example.com", Role::Viewer).await;
    let by = |sender| InvitationFilter { sender: Some(sender), ..InvitationFilter::default() };
    assert_eq!(waiting(&app, by(admin.user)).await.len(), 1);
    assert_eq!(waiting(&app, by(app.viewer().await.user)).await.len(), 0);
}
