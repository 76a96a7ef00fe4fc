//! Who may invite whom, and what the inviter is told.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{InviteMembers, InviteOutcome, Permission, Problem, Refusal, Role};
use service::{Context, invitation};

on_both_databases!(
    told_for_each_address,
    expired_may_be_invited_again,
    ceiling,
    without_permission,
    listed,
    faulty_form
);

fn form(emails: &str, role: Role) -> InviteMembers {
    InviteMembers { emails: emails.to_owned(), role }
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
        assert_eq!(refused, Problem::Refused(Refusal::AboveOwnPermissions), "{role}");
    }
    assert!(invitation::list(&app.owner().ctx, app.account).await.unwrap().is_empty(), "nothing is left behind");
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
        assert_eq!(problem(invitation::list(ctx, app.account).await), refused);
        assert_eq!(problem(invitation::resend(ctx, app.account, ben).await), refused);
        assert_eq!(problem(invitation::revoke(ctx, app.account, ben).await), refused);
    }
    let anonymous = app.anonymous();
    assert_eq!(problem(invitation::list(&anonymous, app.account).await), Problem::SignedOut);
}

async fn listed(on: Kind) {
    let app = App::new(on).await;
    invitation::invite(&app.owner().ctx, app.account, form("ben@example.com cy@example.com", Role::Member))
        .await
        .unwrap();
    let list = invitation::list(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!(
        list.iter().map(|invitation| invitation.email.as_str()).collect::<Vec<_>>(),
        ["cy@example.com", "ben@example.com"]
    );
    assert_eq!(
        (list[0].role, list[0].account_name.as_str(), list[0].invited_by.as_str()),
        (Role::Member, "Acme", "Olga Owens")
    );
    assert_eq!(list[0].expires.text, "28 Nov, 12:00");
}

async fn faulty_form(on: Kind) {
    let app = App::new(on).await;
    let fault =
        problem(invitation::invite(&app.owner().ctx, app.account, form("ben@example.com, ben", Role::Owner)).await);
    assert!(fault.fields().unwrap().get("emails").is_some() && fault.fields().unwrap().get("role").is_some());
    assert!(invitation::list(&app.owner().ctx, app.account).await.unwrap().is_empty());
}

async fn find(ctx: &Context, app: &App, email: &str) -> model::InvitationId {
    let list = invitation::list(ctx, app.account).await.unwrap();
    list.into_iter().find(|invitation| invitation.email == email).unwrap().id
}
