//! Who may invite whom, and what the inviter is told.

use crate::support::{App, Expected, Kind, accept_form, accepted, on_both_databases, problem};
use model::{
    InvitationFilter, InviteMembers, InviteOutcome, InviteTarget, OpenInvitation, Outcome, Permission, Problem,
    Refusal, Role, RoleName,
};
use service::{Actor, Context, invitation, organisation};
use std::ops::Range;

on_both_databases!(
    told_for_each_address,
    expired_may_be_invited_again,
    ceiling,
    without_permission,
    faulty_form,
    a_line_for_a_faulty_address,
    into_several_accounts,
    one_of_several_is_withdrawn,
    elsewhere_only_as_far_as_allowed,
    above_in_one_of_several_places,
    a_thousand
);

pub fn form(emails: &str, role: Role) -> InviteMembers {
    InviteMembers { emails: emails.to_owned(), role, also: Vec::new(), permissions: "".into() }
}

async fn told_for_each_address(on: Kind) {
    let app = App::new(on).await;
    let (owner, member) = (app.owner().ctx, app.member().await);
    invitation::invite(&owner, app.account, form("ben@example.com", Role::Viewer)).await.unwrap();
    let emails = format!("{}, BEN@example.com; cy@example.com cy@example.com", member.email);
    let before = app.log_size().await;
    let told = invitation::invite(&owner, app.account, form(&emails, Role::Viewer)).await.unwrap();
    let told: Vec<_> = told.iter().map(|invited| (invited.email.as_str(), invited.outcome)).collect();
    let expected = [
        (member.email.as_str(), InviteOutcome::AlreadyMember),
        ("ben@example.com", InviteOutcome::AlreadyInvited),
        ("cy@example.com", InviteOutcome::Invited),
    ];
    assert_eq!(told, expected);
    assert_eq!(app.log_size().await, before + 1, "one invitation, one entry");
    app.deliver().await;
    assert_eq!(app.secrets("ben@example.com").len(), 1);
    assert_eq!(app.secrets(&member.email).len(), 1, "only the first one, which was accepted");
}

async fn expired_may_be_invited_again(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    invitation::invite(&owner, app.account, form("ben@example.com", Role::Viewer)).await.unwrap();
    app.move_clock(std::time::Duration::from_hours(168));
    let told = invitation::invite(&owner, app.account, form("ben@example.com", Role::Viewer)).await.unwrap();
    assert_eq!(told[0].outcome, InviteOutcome::Invited);
}

async fn ceiling(on: Kind) {
    let app = App::new(on).await;
    let inviter = app.custom("member.read member.invite contact.read.basic").await;
    for role in [Role::Admin, Role::Member, Role::Viewer] {
        let refused = problem(invitation::invite(&inviter.ctx, app.account, form("ben@example.com", role)).await);
        assert_eq!(refused, Problem::Refused(Refusal::AboveOwnPermissions), "{role:?}");
    }
    assert!(
        invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap().rows.is_empty(),
        "nothing is left behind"
    );
    let told = invitation::invite(&inviter.ctx, app.account, form("ben@example.com", Role::Custom)).await.unwrap();
    assert_eq!(told[0].outcome, InviteOutcome::Invited);
    // An invitation that stands is not sent once more by somebody who could not have made it.
    invitation::invite(&app.owner().ctx, app.account, form("cy@example.com", Role::Admin)).await.unwrap();
    let cy = find(&app.owner().ctx, &app, "cy@example.com").await;
    let refused = problem(invitation::resend(&inviter.ctx, app.account, cy).await);
    assert_eq!(refused, Problem::Refused(Refusal::AboveOwnPermissions));
}

async fn without_permission(on: Kind) {
    let app = App::new(on).await;
    invitation::invite(&app.owner().ctx, app.account, form("ben@example.com", Role::Viewer)).await.unwrap();
    let ben = find(&app.owner().ctx, &app, "ben@example.com").await;
    let refused = Problem::Refused(Refusal::Permission(Permission::MemberInvite));
    for person in [app.member().await, app.viewer().await] {
        let ctx = &person.ctx;
        assert_eq!(problem(invitation::invite(ctx, app.account, form("x@example.com", Role::Viewer)).await), refused);
        assert_eq!(problem(invitation::list(ctx, app.account, InvitationFilter::default()).await), refused);
        assert_eq!(problem(invitation::resend(ctx, app.account, ben).await), refused);
        assert_eq!(problem(invitation::revoke(ctx, app.account, ben).await), refused);
    }
    let anonymous = app.anonymous();
    assert_eq!(
        problem(invitation::list(&anonymous, app.account, InvitationFilter::default()).await),
        Problem::SignedOut
    );
}

async fn faulty_form(on: Kind) {
    let app = App::new(on).await;
    for (emails, role) in [("ben@example.com", Role::Owner), (" ,; ", Role::Viewer), ("ben, cy", Role::Viewer)] {
        let fault = problem(invitation::invite(&app.owner().ctx, app.account, form(emails, role)).await);
        assert!(fault.fields().is_some(), "{emails:?} as {role:?}");
    }
    assert!(
        invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap().rows.is_empty()
    );
}

/// A faulty address is told of, and keeps nobody else from being invited.
async fn a_line_for_a_faulty_address(on: Kind) {
    let app = App::new(on).await;
    let emails = form("ben@example.com, ben, a\0b@example.com", Role::Viewer);
    let told = invitation::invite(&app.owner().ctx, app.account, emails).await.unwrap();
    let outcomes: Vec<_> = told.iter().map(|invited| invited.outcome).collect();
    assert_eq!(outcomes, [InviteOutcome::Invited, InviteOutcome::Malformed, InviteOutcome::Malformed]);
    assert_eq!(
        invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap().rows.len(),
        1
    );
}

/// One letter, whose link leads everywhere.
async fn into_several_accounts(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let also = vec![InviteTarget { account: east, role: Role::Member }];
    let form = InviteMembers { also, ..form("ben@example.com", Role::Viewer) };
    let told = invitation::invite(&owner, west, form.clone()).await.unwrap();
    let places: Vec<_> = told.iter().map(|invited| (invited.account_name.as_str(), invited.outcome)).collect();
    assert_eq!(places, [("West", InviteOutcome::Invited), ("East", InviteOutcome::Invited)]);
    app.deliver().await;
    let [secret] = &app.secrets("ben@example.com")[..] else { panic!("one letter for both") };
    let open = invitation::open(&app.anonymous(), secret).await.unwrap();
    let expected = [("West", Role::Viewer), ("East", Role::Member)].map(|(a, r)| (a.to_owned(), RoleName::BuiltIn(r)));
    assert_eq!(open.places, expected);
    let again = invitation::invite(&owner, west, form).await.unwrap();
    assert!(again.iter().all(|invited| invited.outcome == InviteOutcome::AlreadyInvited));
    let of_east = invitation::list(&owner, east, InvitationFilter::default()).await.unwrap().rows[0].id;
    invitation::set_role(&owner, app.account, of_east, Role::Viewer).await.unwrap();
    let (ben, _) = accepted(invitation::accept(&app.anonymous(), accept_form(secret)).await.unwrap());
    let ben = app.request(Actor::User(ben));
    for account in [west, east] {
        assert_eq!(organisation::standing(&ben, account).await.unwrap().role, Role::Viewer);
    }
    assert_eq!(problem(organisation::standing(&ben, app.account).await), Problem::NotFound);
}

/// What one of several leads to can be withdrawn; the others stay, and are sent again together.
async fn one_of_several_is_withdrawn(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let also = vec![InviteTarget { account: east, role: Role::Member }];
    invitation::invite(&owner, west, InviteMembers { also, ..form("ben@example.com", Role::Viewer) }).await.unwrap();
    app.deliver().await;
    let old = app.secrets("ben@example.com").remove(0);
    // The first of them, which carries the letter.
    let of_west = invitation::list(&owner, west, InvitationFilter::default()).await.unwrap().rows[0].id;
    invitation::revoke(&owner, app.account, of_west).await.unwrap();
    let names = |open: OpenInvitation| open.places.into_iter().map(|(account, _)| account).collect::<Vec<_>>();
    assert_eq!(names(invitation::open(&app.anonymous(), &old).await.unwrap()), ["East"]);
    let of_east = invitation::list(&owner, east, InvitationFilter::default()).await.unwrap().rows[0].id;
    invitation::resend(&owner, app.account, of_east).await.unwrap();
    app.deliver().await;
    let new = app.secrets("ben@example.com").remove(0);
    assert_eq!(
        problem(invitation::open(&app.anonymous(), &old).await),
        Problem::NotFound,
        "a newer letter replaced it"
    );
    let (ben, account) = accepted(invitation::accept(&app.anonymous(), accept_form(&new)).await.unwrap());
    assert_eq!(account, east);
    let ben = app.request(Actor::User(ben));
    assert_eq!(problem(organisation::standing(&ben, west).await), Problem::NotFound);
}

/// Only into accounts where the inviter may invite, and with no more than they hold there.
async fn elsewhere_only_as_far_as_allowed(on: Kind) {
    let app = App::new(on).await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let local = app.join(west, Role::Admin).await;
    let to = |account, role| InviteMembers {
        also: vec![InviteTarget { account, role }],
        ..form("ben@example.com", Role::Viewer)
    };
    assert_eq!(problem(invitation::invite(&local.ctx, west, to(east, Role::Viewer)).await), Problem::NotFound);
    let foreign = app.stranger().await.account;
    assert_eq!(problem(invitation::invite(&app.owner().ctx, west, to(foreign, Role::Viewer)).await), Problem::NotFound);
    let inviter = app.custom("member.invite member.read").await;
    let with_nothing = InviteMembers { role: Role::Custom, ..to(east, Role::Admin) };
    let told = invitation::invite(&inviter.ctx, west, with_nothing).await.unwrap();
    let outcomes: Vec<_> = told.iter().map(|invited| invited.outcome).collect();
    assert_eq!(outcomes, [InviteOutcome::Invited, InviteOutcome::AboveOwnPermissions]);
    // Known in both, and inviting in one: the other's refusal stands in the log.
    let viewer = app.viewer().await;
    let permission = Permission::MemberInvite;
    let as_admin = form(&viewer.email, Role::Admin);
    invitation::invite(&app.owner().ctx, west, as_admin).await.unwrap();
    let own = invitation::list_own(&viewer.ctx).await.unwrap()[0].id;
    invitation::accept_own(&viewer.ctx, own).await.unwrap();
    let size = app.log_size().await;
    let refused = problem(invitation::invite(&viewer.ctx, west, to(east, Role::Viewer)).await);
    assert_eq!(refused, Problem::Refused(Refusal::Permission(permission)));
    let expected = Expected { who: &viewer, permission: Some(permission), outcome: Outcome::Refused };
    app.assert_logged("invite", size, expected).await;
}

/// What is refused in one place stands in the log, though others are invited into another.
async fn above_in_one_of_several_places(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "South").await;
    let inviter = app.custom("member.invite member.read").await;
    let also = vec![InviteTarget { account: below, role: Role::Admin }];
    let both = InviteMembers { also, ..form("ben@example.com cy@example.com", Role::Custom) };
    let before = app.log_size().await;
    let told = invitation::invite(&inviter.ctx, app.account, both).await.unwrap();
    let above = told.iter().filter(|line| line.outcome == InviteOutcome::AboveOwnPermissions);
    assert_eq!((above.count(), told.len()), (2, 4));
    let log = app.log().await;
    assert_eq!(log.len() as u64, before + 3, "two invitations, and one refusal for the act");
    let refused: Vec<_> = log[..3].iter().filter(|entry| entry.outcome == Outcome::Refused).collect();
    let [refused] = &refused[..] else { panic!("one refusal, not {}", refused.len()) };
    assert_eq!((refused.who.user, refused.permission), (Some(inviter.user), Some(Permission::MemberInvite)));
}

pub fn crowd(people: Range<usize>) -> String {
    people.map(|at| format!("p{at}@example.com")).collect::<Vec<_>>().join("\n")
}

async fn a_thousand(on: Kind) {
    let app = App::new(on).await;
    let told = invitation::invite(&app.owner().ctx, app.account, form(&crowd(0..1_000), Role::Viewer)).await.unwrap();
    assert!(told.iter().all(|invited| invited.outcome == InviteOutcome::Invited));
    assert_eq!(service::member::counts(&app.owner().ctx, app.account).await.unwrap().invited, 1_000);
}

pub async fn find(ctx: &Context, app: &App, email: &str) -> model::InvitationId {
    let filter = InvitationFilter { search: email.to_owned(), ..InvitationFilter::default() };
    let list = invitation::list(ctx, app.account, filter).await.unwrap();
    list.rows.iter().find(|invitation| invitation.email == email).unwrap().id
}
