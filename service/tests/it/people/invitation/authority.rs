//! An invitation is as strong as its sender's authority is now.

use crate::support::{App, Kind, Person, accept_form, accepted, en, on_both_databases, problem};
use model::{
    AcceptInvitation, AccountId, InvitationFilter, InvitationId, InvitationState, InviteMembers, InviteTarget,
    MemberAct, MemberSelection, Outcome, Password, PolicyPoint, Problem, Refusal, Role, RoleName, SecondFactorWithin,
};
use service::{Actor, Secret, explorer, invitation, member, organisation, policy};
use std::time::Duration;

on_both_databases!(
    of_a_sender_who_is_gone,
    what_the_sender_lost,
    a_sender_who_is_kept_out,
    whoever_sent_it_again,
    one_of_several,
    among_ones_own,
    a_domain_that_is_closed,
    sent_again_as_far_as_one_sees,
    foreseen
);

const VOID: Problem = Problem::Refused(Refusal::InvitationVoid);

async fn state(app: &App, secret: &Secret) -> InvitationState {
    invitation::open(&app.anonymous(), secret).await.unwrap().state
}

async fn accept(app: &App, secret: &Secret) -> service::Result<model::UserId> {
    Ok(accepted(invitation::accept(&app.anonymous(), accept_form(secret)).await?).0)
}

async fn pending(app: &App, account: AccountId) -> Vec<(InvitationId, String)> {
    let list = invitation::list(&app.owner().ctx, account, InvitationFilter::default()).await.unwrap();
    list.rows.iter().map(|row| (row.id, row.expires.exact.clone())).collect()
}

async fn of_a_sender_who_is_gone(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (removed, suspended, demoted) = (app.admin().await, app.admin().await, app.admin().await);
    let mut links = Vec::new();
    for sender in [&removed, &suspended, &demoted] {
        links.push(app.invite(&sender.ctx, app.account, &app.new_address("ben"), Role::Viewer).await);
    }
    member::remove(&owner, app.account, removed.member).await.unwrap();
    member::suspend(&owner, app.account, suspended.member).await.unwrap();
    member::set_role(&owner, app.account, demoted.member, Role::Member).await.unwrap();
    let members = member::counts(&owner, app.account).await.unwrap().active;
    let logins = app.rows("user").await;
    for link in &links {
        let open = invitation::open(&app.anonymous(), link).await.unwrap();
        assert_eq!((open.state, open.places.len()), (InvitationState::Void, 0));
        let before = app.log_size().await;
        assert_eq!(problem(accept(&app, link).await), VOID);
        let log = app.log().await;
        assert_eq!(log.len() as u64, before + 1);
        assert_eq!((log[0].outcome, log[0].who.user), (Outcome::Refused, None));
        assert_eq!(log[0].what, "was refused: the sender of the invitation can no longer give this access");
        invitation::ask(&app.anonymous(), link).await.unwrap();
    }
    assert_eq!(member::counts(&owner, app.account).await.unwrap().active, members);
    assert_eq!(app.rows("user").await, logins, "nobody got a login by it");
    // What they could send again, they have sent.
    member::restore(&owner, app.account, suspended.member).await.unwrap();
    assert_eq!(state(&app, &links[1]).await, InvitationState::Pending);
    accept(&app, &links[1]).await.unwrap();
}

/// A single permission that the role gives and its sender has no more.
async fn what_the_sender_lost(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    let owner = app.owner().ctx;
    let (viewer, member) = (app.new_address("viewer"), app.new_address("member"));
    let viewer = app.invite(&admin.ctx, app.account, &viewer, Role::Viewer).await;
    let member = app.invite(&admin.ctx, app.account, &member, Role::Member).await;
    member::switch_permission(&owner, app.account, admin.member, "contact.create", false).await.unwrap();
    assert_eq!(
        (state(&app, &viewer).await, state(&app, &member).await),
        (InvitationState::Pending, InvitationState::Void)
    );
    assert_eq!(problem(accept(&app, &member).await), VOID);
    let pending = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap();
    let void: Vec<_> = pending.rows.iter().map(|row| (row.role, row.void)).collect();
    assert_eq!(void, [(Role::Member, true), (Role::Viewer, false)], "the list says so");
    accept(&app, &viewer).await.unwrap();
    // Nor the right to invite alone.
    let other = app.invite(&owner, app.account, &app.new_address("other"), Role::Viewer).await;
    assert_eq!(state(&app, &other).await, InvitationState::Pending);
    let again = app.admin().await;
    let last = app.invite(&again.ctx, app.account, &app.new_address("last"), Role::Viewer).await;
    member::switch_permission(&owner, app.account, again.member, "member.invite", false).await.unwrap();
    assert_eq!(state(&app, &last).await, InvitationState::Void);
}

/// Who lacks the second factor that the policy requires can do nothing, and so lets nobody in.
async fn a_sender_who_is_kept_out(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner().ctx, app.admin().await);
    let required = PolicyPoint::SecondFactor(SecondFactorWithin::Days(7));
    policy::update(&owner, app.account, required).await.unwrap();
    app.move_clock(Duration::from_hours(6 * 24));
    let link = app.invite(&admin.ctx, app.account, "ben@example.com", Role::Viewer).await;
    assert_eq!(state(&app, &link).await, InvitationState::Pending, "there is a day left");
    app.move_clock(Duration::from_hours(25));
    assert_eq!(state(&app, &link).await, InvitationState::Void);
    assert_eq!(problem(accept(&app, &link).await), VOID);
    app.move_clock_back(Duration::from_hours(25));
    assert_eq!(member::get(&owner, app.account, admin.member).await.unwrap().invitations, 1);
    accept(&app, &link).await.unwrap();
}

async fn whoever_sent_it_again(on: Kind) {
    let app = App::new(on).await;
    let (one, two) = (app.admin().await, app.admin().await);
    let owner = app.owner().ctx;
    app.invite(&one.ctx, app.account, "ben@example.com", Role::Viewer).await;
    let id = pending(&app, app.account).await[0].0;
    invitation::resend(&two.ctx, app.account, id).await.unwrap();
    member::remove(&owner, app.account, one.member).await.unwrap();
    app.deliver().await;
    let link = app.secrets("ben@example.com").remove(0);
    assert_eq!(state(&app, &link).await, InvitationState::Pending);
    member::remove(&owner, app.account, two.member).await.unwrap();
    assert_eq!(state(&app, &link).await, InvitationState::Void);
    invitation::resend(&owner, app.account, id).await.unwrap();
    app.deliver().await;
    let link = app.secrets("ben@example.com").remove(0);
    accept(&app, &link).await.unwrap();
}

/// Somebody who may invite into two accounts, and one whom they invited into both.
async fn into_both(app: &App) -> (Person, AccountId, AccountId, Secret) {
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let sender = app.join(west, Role::Admin).await;
    app.join_too(&sender, east, Role::Admin).await;
    let also = vec![InviteTarget { account: east, role: Role::Viewer }];
    let form = InviteMembers { emails: "ben@example.com".to_owned(), role: Role::Viewer, also, permissions: "".into() };
    invitation::invite(&sender.ctx, west, form).await.unwrap();
    app.deliver().await;
    let link = app.secrets("ben@example.com").remove(0);
    (sender, west, east, link)
}

/// Those that stand are accepted, the others are not.
async fn one_of_several(on: Kind) {
    let app = App::new(on).await;
    let (sender, west, east, link) = into_both(&app).await;
    assert_eq!(invitation::open(&app.anonymous(), &link).await.unwrap().places.len(), 2);
    member::remove(&app.owner().ctx, west, sender.member).await.unwrap();
    let open = invitation::open(&app.anonymous(), &link).await.unwrap();
    assert_eq!(open.places, [("East".to_owned(), RoleName::BuiltIn(Role::Viewer))]);
    let (user, account) = accepted(invitation::accept(&app.anonymous(), accept_form(&link)).await.unwrap());
    assert_eq!(account, east);
    let ben = app.request(Actor::User(user));
    assert_eq!(problem(ben.member(west).await), Problem::NotFound);
    assert_eq!(organisation::standing(&ben, east).await.unwrap().role, Role::Viewer);
    assert_eq!(state(&app, &link).await, InvitationState::Void, "the other still waits");
}

async fn among_ones_own(on: Kind) {
    let app = App::new(on).await;
    let (admin, stranger) = (app.admin().await, app.stranger().await);
    let link = app.invite(&admin.ctx, app.account, &stranger.email, Role::Viewer).await;
    let own = invitation::list_own(&stranger.ctx).await.unwrap();
    assert_eq!(own[0].state, InvitationState::Pending);
    assert_eq!(problem(invitation::ask_own(&stranger.ctx, own[0].id).await).status(), 409);
    member::suspend(&app.owner().ctx, app.account, admin.member).await.unwrap();
    let own = invitation::list_own(&stranger.ctx).await.unwrap();
    assert_eq!(own[0].state, InvitationState::Void);
    assert_eq!(problem(invitation::accept_own(&stranger.ctx, own[0].id).await), VOID);
    let entry = app.log().await[0].clone();
    assert_eq!((entry.outcome, entry.who.user), (Outcome::Refused, Some(stranger.user)));
    let form = AcceptInvitation { password: Password::default(), ..accept_form(&link) };
    assert_eq!(problem(invitation::accept(&stranger.ctx, form).await), VOID);
    invitation::ask_own(&stranger.ctx, own[0].id).await.unwrap();
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    assert_eq!(letters[0].to, app.owner().email, "whoever sent it may invite no more");
    assert!(letters[0].subject.starts_with(&format!("{} asks for a new invitation", stranger.email)));
    assert_eq!(app.log().await[0].who.user, Some(stranger.user));
    assert_eq!(problem(invitation::ask_own(&app.viewer().await.ctx, own[0].id).await), Problem::NotFound);
    for _ in 0..2 {
        invitation::ask_own(&stranger.ctx, own[0].id).await.unwrap();
    }
    assert_eq!(problem(invitation::ask_own(&stranger.ctx, own[0].id).await).status(), 429);
    invitation::decline_own(&stranger.ctx, own[0].id).await.unwrap();
}

async fn a_domain_that_is_closed(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let link = app.invite(&owner, app.account, "eve@evil.example", Role::Viewer).await;
    let set = async |domains: &str| {
        policy::update(&owner, app.account, PolicyPoint::Domains(domains.to_owned())).await.unwrap();
    };
    set("corp.example").await;
    assert_eq!(state(&app, &link).await, InvitationState::Void);
    assert!(invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows[0].void);
    assert_eq!(problem(accept(&app, &link).await), Problem::Refused(Refusal::DomainNotAllowed));
    assert_eq!(app.log().await[0].what, "was refused: the policy doesn't allow this e-mail domain");
    invitation::ask(&app.anonymous(), &link).await.unwrap();
    set("").await;
    accept(&app, &link).await.unwrap();
}

/// What somebody cannot see or give keeps its own time and its own sender.
async fn sent_again_as_far_as_one_sees(on: Kind) {
    let app = App::new(on).await;
    let (sender, west, east, _) = into_both(&app).await;
    let of_west = app.join(west, Role::Admin).await;
    let (before_west, before_east) = (pending(&app, west).await[0].clone(), pending(&app, east).await[0].clone());
    app.move_clock(Duration::from_hours(24));
    invitation::resend(&of_west.ctx, west, before_west.0).await.unwrap();
    assert_ne!(pending(&app, west).await[0].1, before_west.1);
    assert_eq!(pending(&app, east).await[0], before_east);
    app.deliver().await;
    let link = app.secrets("ben@example.com").remove(0);
    app.move_clock(Duration::from_hours(6 * 24));
    let open = invitation::open(&app.anonymous(), &link).await.unwrap();
    assert_eq!(open.places, [("West".to_owned(), RoleName::BuiltIn(Role::Viewer))], "the other has expired");
    member::remove(&app.owner().ctx, west, sender.member).await.unwrap();
    assert_eq!(state(&app, &link).await, InvitationState::Pending);
}

/// Before somebody loses what their invitations rest on, it is said how many these are.
async fn foreseen(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (admin, idle) = (app.admin().await, app.admin().await);
    app.invite(&owner, app.account, "of.the.owner@example.com", Role::Viewer).await;
    app.invite(&admin.ctx, app.account, "ana@example.com", Role::Viewer).await;
    app.invite(&admin.ctx, app.account, "ben@example.com", Role::Member).await;
    let details = member::get(&owner, app.account, admin.member).await.unwrap();
    assert_eq!(details.invitations, 2);
    assert_eq!(member::get(&owner, app.account, idle.member).await.unwrap().invitations, 0);
    let both = || MemberSelection::Members(vec![admin.member, idle.member]);
    let ending = async |act| member::preview_many(&owner, app.account, both(), act).await.unwrap().invitations;
    assert_eq!(ending(MemberAct::Remove).await, 2);
    assert_eq!(ending(MemberAct::Suspend).await, 2);
    assert_eq!(ending(MemberAct::SetRole(Role::Viewer)).await, 2);
    assert_eq!(ending(MemberAct::SetRole(Role::Admin)).await, 0);
    assert_eq!(ending(MemberAct::Restore).await, 0);
    let what_if = explorer::preview_role(&owner, app.account, admin.member, Role::Member).await.unwrap();
    assert_eq!(what_if.invitations, 2);
    let flip = member::switch_permission(&owner, app.account, admin.member, "contact.create", false).await.unwrap();
    assert!(en(&flip.change).ends_with("1 open invitation they sent will stop working."), "{:?}", flip.change);
    assert_eq!(member::get(&owner, app.account, admin.member).await.unwrap().invitations, 1);
    // What another membership carries goes on.
    let below = app.account_below(app.account, "South").await;
    app.join_too(&admin, below, Role::Admin).await;
    app.invite(&admin.ctx, below, "cy@example.com", Role::Viewer).await;
    let done = member::change_many(&owner, app.account, both(), MemberAct::Suspend).await.unwrap();
    assert_eq!(done.invitations, 1);
}
