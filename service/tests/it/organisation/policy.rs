//! The rules of an organisation hold against everyone they are meant for, on every way.

use crate::support::{App, Kind, Person, accept_form, on_both_databases, problem};
use model::{
    AccountForm, ActOutcome, Conflict, InvitationFilter, InviteMembers, InviteOutcome, MemberAct, MemberSelection,
    Outcome, Permission, Policy, PolicyPoint, Problem, Refusal, Role, RoleChanges, RoleForm,
};
use service::{Secret, account, invitation, member, organisation, policy, role, session, session::Session};
use std::time::Duration;

on_both_databases!(
    begins_as_the_seeds_have_it,
    who_may_set_it,
    every_change_is_logged,
    safer,
    roles_by_the_owner_alone,
    roles_of_many,
    roles_not_by_undo,
    named_roles,
    not_taken_back_by_admins,
    decided_inside_the_change,
    where_invitations_start,
    a_default_role_that_goes,
    domains,
    domains_of_invitations_there_are,
    invitations_end,
    sessions_end,
    the_shortest_session_counts,
    not_deeper
);

async fn set(app: &App, point: PolicyPoint) {
    policy::update(&app.owner().ctx, app.account, point).await.unwrap();
}

async fn now(app: &App) -> Policy {
    policy::get(&app.owner().ctx, app.account).await.unwrap().policy
}

const BY_OWNER: PolicyPoint = PolicyPoint::RoleChanges(RoleChanges::Owner);
const REFUSED: Problem = Problem::Refused(Refusal::RolesByOwnerOnly);

async fn begins_as_the_seeds_have_it(on: Kind) {
    let app = App::new(on).await;
    assert_eq!(now(&app).await, Policy::default());
    // Of a time before there was a policy.
    app.typed_countries("", "").await;
    assert_eq!(now(&app).await, Policy::default());
}

async fn who_may_set_it(on: Kind) {
    let app = App::new(on).await;
    let (member, admin) = (app.member().await, app.admin().await);
    let point = PolicyPoint::Depth(2);
    let refused = Problem::Refused(Refusal::Permission(Permission::OrganisationPolicy));
    assert_eq!(problem(policy::update(&member.ctx, app.account, point.clone()).await), refused);
    assert_eq!(problem(policy::make_safer(&member.ctx, app.account).await), refused);
    assert_eq!(policy::get(&member.ctx, app.account).await.unwrap().roles.len(), 1, "no more than the page shows");
    let nobody = app.custom("").await;
    assert_eq!(
        problem(policy::get(&nobody.ctx, app.account).await),
        Problem::Refused(Refusal::Permission(Permission::OrganisationRead))
    );
    let stranger = app.stranger().await;
    assert_eq!(problem(policy::get(&stranger.ctx, app.account).await), Problem::NotFound);
    assert_eq!(problem(policy::update(&stranger.ctx, app.account, point.clone()).await), Problem::NotFound);
    // An Admin of an account below is none of the organisation.
    let below = app.account_below(app.account, "Cape Town").await;
    let local = app.join(below, Role::Admin).await;
    assert_eq!(problem(policy::update(&local.ctx, below, point.clone()).await), refused);
    assert_eq!(now(&app).await, Policy::default());
    policy::update(&admin.ctx, app.account, point).await.unwrap();
    assert_eq!(now(&app).await.depth, 2);
    assert_eq!(policy::get(&stranger.ctx, stranger.account).await.unwrap().policy, Policy::default());
}

async fn every_change_is_logged(on: Kind) {
    let app = App::new(on).await;
    let before = app.log_size().await;
    set(&app, PolicyPoint::InvitationDays(7)).await;
    assert_eq!(app.log_size().await, before, "it was so already");
    let shorter = PolicyPoint::InvitationDays(1);
    let was = policy::update(&app.owner().ctx, app.account, shorter).await.unwrap();
    assert_eq!(was, PolicyPoint::InvitationDays(7), "what Undo puts back");
    let log = app.log().await;
    assert_eq!(log.len() as u64, before + 1);
    assert_eq!(log[0].what, "changed the policy “How long invitations stay open” from 7 days to 1 day");
    assert_eq!(log[0].permission, Some(Permission::OrganisationPolicy));
    let faulty = policy::update(&app.owner().ctx, app.account, PolicyPoint::InvitationDays(2)).await;
    assert!(problem(faulty).fields().unwrap().get("invitation_days").is_some());
    let gone = PolicyPoint::DefaultRole(Role::Named(model::RoleId(app.service.new_id().unwrap())));
    let faulty = policy::update(&app.owner().ctx, app.account, gone).await;
    assert!(problem(faulty).fields().unwrap().get("default_role").is_some());
}

async fn safer(on: Kind) {
    let app = App::new(on).await;
    set(&app, PolicyPoint::SessionHours(8)).await;
    let (before, then) = (app.log_size().await, now(&app).await);
    policy::make_safer(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!(now(&app).await.safer(), []);
    assert_eq!(now(&app).await.session_hours, Some(8), "what is tighter stays");
    assert_eq!(app.log_size().await, before + then.safer().len() as u64);
    policy::make_safer(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!(app.log_size().await, before + 7, "nothing is left to do");
}

/// An Admin, who holds every permission, changes nobody's role any more: not by a role, not by a toggle.
async fn roles_by_the_owner_alone(on: Kind) {
    let app = App::new(on).await;
    let (admin, ana) = (app.admin().await, app.member().await);
    assert!(member::get(&admin.ctx, app.account, ana.member).await.unwrap().update.is_ok());
    assert!(!organisation::standing(&admin.ctx, app.account).await.unwrap().roles_closed);
    set(&app, BY_OWNER).await;
    let shown = member::get(&admin.ctx, app.account, ana.member).await.unwrap();
    assert_eq!(shown.update, Err(Refusal::RolesByOwnerOnly));
    assert!(organisation::standing(&admin.ctx, app.account).await.unwrap().roles_closed);
    assert!(!organisation::standing(&app.owner().ctx, app.account).await.unwrap().roles_closed);
    let before = app.log_size().await;
    assert_eq!(problem(member::set_role(&admin.ctx, app.account, ana.member, Role::Viewer).await), REFUSED);
    let flip = member::switch_permission(&admin.ctx, app.account, ana.member, "contact.read.pii", false).await;
    assert_eq!(problem(flip), REFUSED);
    assert_eq!(app.log_size().await, before + 2);
    let entry = &app.log().await[0];
    assert_eq!((entry.outcome, entry.who.user, entry.repeats), (Outcome::Refused, Some(admin.user), 2));
    assert_eq!(entry.what, "was refused: only the owner can change roles");
    assert_eq!(organisation::standing(&ana.ctx, app.account).await.unwrap().role, Role::Member);
    // What is no role goes on, and so does the owner.
    member::suspend(&admin.ctx, app.account, ana.member).await.unwrap();
    member::restore(&admin.ctx, app.account, ana.member).await.unwrap();
    member::set_role(&app.owner().ctx, app.account, ana.member, Role::Viewer).await.unwrap();
    // The role of an invitation that waits goes with inviting.
    app.invite(&admin.ctx, app.account, "ben@example.com", Role::Viewer).await;
    let waiting = invitation::list(&admin.ctx, app.account, InvitationFilter::default()).await.unwrap().rows[0].id;
    invitation::set_role(&admin.ctx, app.account, waiting, Role::Member).await.unwrap();
}

async fn roles_of_many(on: Kind) {
    let app = App::new(on).await;
    let (admin, ana, ben) = (app.admin().await, app.member().await, app.member().await);
    set(&app, BY_OWNER).await;
    let both = MemberSelection::Members(vec![ana.member, ben.member]);
    let act = MemberAct::SetRole(Role::Viewer);
    for told in [
        member::preview_many(&admin.ctx, app.account, both.clone(), act).await.unwrap(),
        member::change_many(&admin.ctx, app.account, both.clone(), act).await.unwrap(),
    ] {
        assert_eq!((told.changed, told.refused), (0, 2));
        assert!(told.lines.iter().all(|line| line.outcome == ActOutcome::Refused(Refusal::RolesByOwnerOnly)));
    }
    assert_eq!(app.log().await[0].what, "was refused: only the owner can change roles");
    for person in [&ana, &ben] {
        assert_eq!(organisation::standing(&person.ctx, app.account).await.unwrap().role, Role::Member);
    }
    assert_eq!(member::change_many(&app.owner().ctx, app.account, both, act).await.unwrap().changed, 2);
}

/// What was done a moment before the owner closed it is not undone after.
async fn roles_not_by_undo(on: Kind) {
    let app = App::new(on).await;
    let (admin, ana) = (app.admin().await, app.member().await);
    let these = MemberSelection::Members(vec![ana.member]);
    let done = member::change_many(&admin.ctx, app.account, these, MemberAct::SetRole(Role::Viewer)).await.unwrap();
    set(&app, BY_OWNER).await;
    let undone = member::undo(&admin.ctx, app.account, done.undo.unwrap()).await.unwrap();
    assert_eq!((undone.changed, undone.refused), (0, 1));
    assert_eq!(organisation::standing(&ana.ctx, app.account).await.unwrap().role, Role::Viewer);
}

/// What a role holds, everyone with it holds: changing that is changing roles too.
async fn named_roles(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    let form = |name: &str| RoleForm { name: name.to_owned(), like: Some(Role::Viewer) };
    let id = role::create(&admin.ctx, app.account, form("Marketing")).await.unwrap();
    let ana = app.join(app.account, Role::Named(id)).await;
    set(&app, BY_OWNER).await;
    assert_eq!(role::get(&admin.ctx, app.account, id).await.unwrap().manage, Err(Refusal::RolesByOwnerOnly));
    let flip = role::switch_permission(&admin.ctx, app.account, id, "contact.read.pii", true).await;
    assert_eq!(problem(flip), REFUSED);
    assert_eq!(problem(role::delete(&admin.ctx, app.account, id, Role::Member).await), REFUSED);
    assert_eq!(problem(role::rename(&admin.ctx, app.account, id, form("Sales")).await), REFUSED);
    assert!(!organisation::standing(&ana.ctx, app.account).await.unwrap().may(Permission::ContactReadPii));
    role::switch_permission(&app.owner().ctx, app.account, id, "contact.read.pii", true).await.unwrap();
    assert!(organisation::standing(&ana.ctx, app.account).await.unwrap().may(Permission::ContactReadPii));
}

async fn not_taken_back_by_admins(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    policy::update(&admin.ctx, app.account, BY_OWNER).await.unwrap();
    let back = PolicyPoint::RoleChanges(RoleChanges::Permitted);
    assert_eq!(problem(policy::update(&admin.ctx, app.account, back.clone()).await), REFUSED);
    assert_eq!(app.log().await[0].outcome, Outcome::Refused);
    assert_eq!(policy::get(&admin.ctx, app.account).await.unwrap().role_changes, Err(Refusal::RolesByOwnerOnly));
    assert_eq!(now(&app).await.role_changes, RoleChanges::Owner);
    policy::make_safer(&admin.ctx, app.account).await.unwrap();
    set(&app, back).await;
    assert_eq!(now(&app).await.role_changes, RoleChanges::Permitted);
}

/// A change of a role that waits for its turn while the owner closes them finds them closed.
async fn decided_inside_the_change(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin, ana) = (app.owner(), app.admin().await, app.member().await);
    for _ in 0..8 {
        let close = policy::update(&owner.ctx, app.account, BY_OWNER);
        let flips = (0..4).map(|_| member::set_role(&admin.ctx, app.account, ana.member, Role::Custom));
        let (closed, _) = futures::join!(close, futures::future::join_all(flips));
        closed.unwrap();
        let log = app.log().await;
        let closed = log.iter().position(|entry| entry.what.starts_with("changed the policy")).unwrap();
        assert!(log[..closed].iter().all(|entry| entry.outcome == Outcome::Refused), "nothing after it was closed");
        set(&app, PolicyPoint::RoleChanges(RoleChanges::Permitted)).await;
    }
}

async fn where_invitations_start(on: Kind) {
    let app = App::new(on).await;
    let inviter = app.custom("member.invite").await;
    let start = async || {
        let roles = role::list(&inviter.ctx, app.account).await.unwrap();
        roles.into_iter().filter(|entry| entry.starts).map(|entry| entry.role).collect::<Vec<_>>()
    };
    assert_eq!(start().await, [Role::Admin]);
    set(&app, PolicyPoint::DefaultRole(Role::Viewer)).await;
    assert_eq!(start().await, [Role::Viewer]);
    // It is where the form starts, and gives nobody more than the inviter has.
    set(&app, PolicyPoint::DefaultRole(Role::Admin)).await;
    let form = InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Admin,
        also: Vec::new(),
        permissions: "".into(),
    };
    let refused = Problem::Refused(Refusal::AboveOwnPermissions);
    assert_eq!(problem(invitation::invite(&inviter.ctx, app.account, form).await), refused);
}

async fn a_default_role_that_goes(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let id = role::create(&owner, app.account, RoleForm { name: "Marketing".to_owned(), like: None }).await.unwrap();
    set(&app, PolicyPoint::DefaultRole(Role::Named(id))).await;
    assert!(app.log().await[0].what.ends_with("from Admin to Marketing"));
    role::delete(&owner, app.account, id, Role::Viewer).await.unwrap();
    assert_eq!(now(&app).await.default_role, Role::Viewer);
    let log = app.log().await;
    assert!(log[..2].iter().any(|entry| entry.what.ends_with("from Marketing to Viewer")), "{log:?}");
}

async fn domains(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    set(&app, PolicyPoint::Domains("@Acme.example".to_owned())).await;
    let before = app.log_size().await;
    let emails = "ana@acme.example, BEN@ACME.EXAMPLE, eve@evil.test, eve@acme.example.evil.test, eve@sub.acme.example";
    let form =
        InviteMembers { emails: emails.to_owned(), role: Role::Viewer, also: Vec::new(), permissions: "".into() };
    let told = invitation::invite(&owner, app.account, form).await.unwrap();
    let told: Vec<_> = told.iter().map(|line| line.outcome).collect();
    let (yes, no) = (InviteOutcome::Invited, InviteOutcome::DomainNotAllowed);
    assert_eq!(told, [yes, yes, no, no, no]);
    let log = app.log().await;
    assert_eq!(log.len() as u64, before + 3, "two invitations, and the refusal once");
    assert!(log[..3].iter().any(|entry| entry.outcome == Outcome::Refused && entry.what.contains("e-mail domain")));
    app.deliver().await;
    assert!(app.secrets("eve@evil.test").is_empty());
    assert_eq!(app.secrets("ana@acme.example").len(), 1);
}

/// Nobody comes round the policy by an invitation from before it.
async fn domains_of_invitations_there_are(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let secret = app.invite(&owner, app.account, "eve@evil.test", Role::Viewer).await;
    set(&app, PolicyPoint::Domains("acme.example".to_owned())).await;
    let waiting = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows[0].id;
    let refused = Problem::Refused(Refusal::DomainNotAllowed);
    assert_eq!(problem(invitation::resend(&owner, app.account, waiting).await), refused);
    assert_eq!(app.log().await[0].outcome, Outcome::Refused);
    invitation::revoke(&owner, app.account, waiting).await.unwrap();
    assert_eq!(problem(invitation::ask(&app.anonymous(), &secret).await), refused);
    app.deliver().await;
    assert!(!app.service.mailer().local_letters().unwrap().iter().any(|letter| letter.subject.contains("asks for")));
    set(&app, PolicyPoint::Domains(String::new())).await;
    invitation::ask(&app.anonymous(), &secret).await.unwrap();
}

async fn invitations_end(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let old = app.invite(&owner, app.account, "ana@example.com", Role::Viewer).await;
    set(&app, PolicyPoint::InvitationDays(1)).await;
    let new = app.invite(&owner, app.account, "ben@example.com", Role::Viewer).await;
    let text = &app.service.mailer().local_letters().unwrap()[0].text;
    assert!(text.contains("The link works for 1 day."), "{text}");
    app.move_clock(Duration::from_hours(25));
    let accepts = async |secret: &Secret| invitation::accept(&app.anonymous(), accept_form(secret)).await.is_ok();
    assert!(!accepts(&new).await);
    assert!(accepts(&old).await, "it was sent with a week to answer");
    // Sent again, it has the time that the policy gives now.
    app.invite(&owner, app.account, "cy@example.com", Role::Viewer).await;
    set(&app, PolicyPoint::InvitationDays(3)).await;
    let waiting = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows[0].id;
    invitation::resend(&owner, app.account, waiting).await.unwrap();
    app.deliver().await;
    app.move_clock(Duration::from_hours(71));
    assert!(accepts(&app.secrets("cy@example.com")[0]).await);
}

async fn sign_in(app: &App, person: &Person, cookie: &str) -> Secret {
    let secret = Secret::from_client(cookie);
    let session = Session {
        user: Some(person.user),
        ip: String::new(),
        user_agent: String::new(),
        data: String::new(),
        expires_at: app.service.now() + Duration::from_hours(14 * 24),
        credentials_version: 0,
    };
    session::create(&app.service, &secret, session).await.unwrap();
    secret
}

async fn lives(app: &App, secret: &Secret) -> bool {
    session::get(&app.service, secret).await.unwrap().is_some()
}

/// A session ends by the policy however much it is used, at once when the policy is drawn tighter.
async fn sessions_end(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let phone = sign_in(&app, &ana, "phone").await;
    app.move_clock(Duration::from_hours(7));
    assert!(lives(&app, &phone).await);
    set(&app, PolicyPoint::SessionHours(8)).await;
    assert!(lives(&app, &phone).await);
    // Use keeps it from going idle, and makes it no younger.
    sign_in(&app, &ana, "phone").await;
    let laptop = sign_in(&app, &ana, "laptop").await;
    app.move_clock(Duration::from_mins(61));
    assert_eq!((lives(&app, &phone).await, lives(&app, &laptop).await), (false, true));
    assert_eq!(member::get(&app.owner().ctx, app.account, ana.member).await.unwrap().open_sessions, 1);
    set(&app, PolicyPoint::SessionHours(1)).await;
    assert!(!lives(&app, &laptop).await, "the very next request");
    set(&app, PolicyPoint::SessionHours(0)).await;
    assert!(lives(&app, &laptop).await);
    app.move_clock(Duration::from_hours(14 * 24));
    assert!(!lives(&app, &laptop).await, "without use it ends as ever");
}

async fn the_shortest_session_counts(on: Kind) {
    let app = App::new(on).await;
    let (ana, other) = (app.member().await, app.stranger().await);
    let browser = sign_in(&app, &ana, "browser").await;
    set(&app, PolicyPoint::SessionHours(24)).await;
    policy::update(&other.ctx, other.account, PolicyPoint::SessionHours(1)).await.unwrap();
    app.move_clock(Duration::from_hours(2));
    assert!(lives(&app, &browser).await, "an organisation she is not in says nothing");
    let secret = app.invite(&other.ctx, other.account, &ana.email, Role::Viewer).await;
    let accept = model::AcceptInvitation { secret: secret.reveal().to_owned(), ..Default::default() };
    invitation::accept(&ana.ctx, accept).await.unwrap();
    assert!(!lives(&app, &browser).await, "the shortest of those she is in");
    let there = member::list(&other.ctx, other.account, model::MemberFilter::default()).await.unwrap().rows;
    let there = there.iter().find(|member| member.user == ana.user).unwrap();
    member::remove(&other.ctx, other.account, there.id).await.unwrap();
    assert!(lives(&app, &browser).await);
}

async fn not_deeper(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let form = || AccountForm { name: "Deeper".to_owned() };
    let one = app.account_below(app.account, "One").await;
    let two = app.account_below(one, "Two").await;
    let branch = app.account_below(app.account, "Branch").await;
    app.account_below(branch, "Leaf").await;
    set(&app, PolicyPoint::Depth(2)).await;
    for fault in [
        problem(account::create(&owner, two, form()).await),
        problem(account::move_below(&owner, branch, one).await),
        problem(account::preview_move(&owner, branch, one).await),
    ] {
        assert_eq!(fault, Problem::Conflict(Conflict::TooDeep { limit: 2 }));
    }
    set(&app, PolicyPoint::Depth(1)).await;
    assert!(organisation::standing(&owner, two).await.is_ok(), "what lies deeper stays");
    assert_eq!(problem(account::create(&owner, one, form()).await).status(), 409);
    account::create(&owner, app.account, form()).await.unwrap();
    account::move_below(&owner, two, app.account).await.unwrap();
}
