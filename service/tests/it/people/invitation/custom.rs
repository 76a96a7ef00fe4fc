//! Invitations with permissions of their own.

use super::give::form;
use crate::support::{App, Kind, Person, accept_form, accepted, on_both_databases, problem};
use model::{
    InvitationFilter, InvitationState, InviteMembers, InviteOutcome, InviteTarget, PermissionSet, Problem, Refusal,
    Role,
};
use service::{Actor, Secret, invitation, member, organisation};

on_both_databases!(accepted_with_them, as_far_as_the_sender, above_ones_own, of_no_other_role, sent_again, below);

const EMAIL: &str = "ben@example.com";

fn custom(permissions: &str) -> InviteMembers {
    InviteMembers { permissions: permissions.into(), ..form(EMAIL, Role::Custom) }
}

async fn invited(app: &App, by: &Person, permissions: &str) -> Secret {
    let told = invitation::invite(&by.ctx, app.account, custom(permissions)).await.unwrap();
    assert_eq!(told[0].outcome, InviteOutcome::Invited);
    app.deliver().await;
    app.secrets(EMAIL).remove(0)
}

/// What whoever accepts holds in the account then.
async fn accepted_permissions(app: &App, link: &Secret) -> PermissionSet {
    let (user, account) = accepted(invitation::accept(&app.anonymous(), accept_form(link)).await.unwrap());
    organisation::standing(&app.request(Actor::User(user)), account).await.unwrap().permissions
}

async fn says(app: &App, what: &str) -> bool {
    app.log().await.iter().any(|entry| entry.what == what)
}

async fn accepted_with_them(on: Kind) {
    let app = App::new(on).await;
    let link = invited(&app, &app.owner(), "contact.read campaign.read").await;
    assert!(says(&app, "invited someone as Custom with 3 permissions").await);
    let pending = invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap();
    assert_eq!(pending.rows[0].permissions, "contact.read campaign.read".into());
    assert_eq!(accepted_permissions(&app, &link).await, "contact.read campaign.read".into());
    assert!(says(&app, "accepted an invitation as Custom with 3 permissions").await);
}

/// It stays open while its sender may invite, and gives what they have left.
async fn as_far_as_the_sender(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner().ctx, app.admin().await);
    let link = invited(&app, &admin, "contact.read campaign.read").await;
    member::switch_permission(&owner, app.account, admin.member, "contact.read.pii", false).await.unwrap();
    assert_eq!(invitation::open(&app.anonymous(), &link).await.unwrap().state, InvitationState::Pending);
    assert_eq!(accepted_permissions(&app, &link).await, "contact.read.basic campaign.read".into());
}

async fn above_ones_own(on: Kind) {
    let app = App::new(on).await;
    let inviter = app.custom("member.invite member.read contact.read.basic").await;
    let above = invitation::invite(&inviter.ctx, app.account, custom("contact.read")).await;
    assert_eq!(problem(above), Problem::Refused(Refusal::AboveOwnPermissions));
    let link = invited(&app, &inviter, "contact.read.basic").await;
    assert_eq!(accepted_permissions(&app, &link).await, "contact.read.basic".into());
}

/// Without the page's code the checkboxes are posted whatever the role.
async fn of_no_other_role(on: Kind) {
    let app = App::new(on).await;
    let form = InviteMembers { role: Role::Viewer, ..custom("contact.delete") };
    invitation::invite(&app.owner().ctx, app.account, form).await.unwrap();
    let owner = app.owner().ctx;
    let pending = async || invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows;
    let row = pending().await[0].clone();
    assert_eq!(row.permissions, PermissionSet::EMPTY);
    // Nor are they left of a custom role that is changed.
    invitation::set_role(&owner, app.account, row.id, Role::Custom).await.unwrap();
    assert_eq!(pending().await[0].permissions, PermissionSet::EMPTY);
}

/// Whoever sends it again answers for what it gives.
async fn sent_again(on: Kind) {
    let app = App::new(on).await;
    invited(&app, &app.owner(), "contact.read").await;
    let owner = app.owner().ctx;
    let id = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows[0].id;
    let lesser = app.custom("member.invite member.read contact.read.basic").await;
    let resend = invitation::resend(&lesser.ctx, app.account, id).await;
    assert_eq!(problem(resend), Problem::Refused(Refusal::AboveOwnPermissions));
    invitation::set_role(&owner, app.account, id, Role::Viewer).await.unwrap();
    let row = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows[0].clone();
    assert_eq!((row.role, row.permissions), (Role::Viewer, PermissionSet::EMPTY));
}

/// In every account where the role is custom, and there no more than can be held.
async fn below(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "West").await;
    let also = vec![InviteTarget { account: below, role: Role::Custom }];
    let form = InviteMembers { also, role: Role::Viewer, ..custom("billing contact.read") };
    invitation::invite(&app.owner().ctx, app.account, form).await.unwrap();
    app.deliver().await;
    let link = app.secrets(EMAIL).remove(0);
    let (user, _) = accepted(invitation::accept(&app.anonymous(), accept_form(&link)).await.unwrap());
    let there = member::list(&app.owner().ctx, below, model::MemberFilter::default()).await.unwrap();
    assert_eq!(there.rows.len(), 1);
    let details = member::get(&app.owner().ctx, below, there.rows[0].id).await.unwrap();
    assert_eq!((details.member.user, details.permissions), (user, "contact.read billing.read".into()));
}
