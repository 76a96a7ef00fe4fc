//! Every change and every refusal leaves exactly one entry; what was not done leaves none.

use crate::support::{App, Expected, Kind, Person, accepted, en, on_both_databases, problem};
use model::*;
use service::{contact, invitation, member, organisation};

on_both_databases!(of_members, of_invitations, of_contacts, of_organisation, of_refusals, of_nothing, of_who_left);

async fn assert_allowed(app: &App, act: &str, before: &mut u64, who: &Person, permission: Permission) -> AccessEntry {
    let expected = Expected { who, permission: Some(permission), outcome: Outcome::Allowed };
    let entry = app.assert_logged(act, *before, expected).await;
    *before += 1;
    entry
}

async fn of_members(on: Kind) {
    let app = App::new(on).await;
    let (admin, person) = (app.admin().await, app.member().await);
    let (ctx, account, id) = (&admin.ctx, app.account, person.member);
    let mut size = app.log_size().await;
    member::set_role(ctx, account, id, Role::Viewer).await.unwrap();
    assert_allowed(&app, "set_role", &mut size, &admin, Permission::MemberUpdate).await;
    member::switch_permission(ctx, account, id, "contact.read.pii", true).await.unwrap();
    let entry = assert_allowed(&app, "switch", &mut size, &admin, Permission::MemberUpdate).await;
    assert_eq!(
        (en(&entry.who.name).as_str(), entry.what.as_str()),
        ("Ana Ruiz", "changed the permissions of Ana Ruiz")
    );
    member::suspend(ctx, account, id).await.unwrap();
    assert_allowed(&app, "suspend", &mut size, &admin, Permission::MemberSuspend).await;
    member::restore(ctx, account, id).await.unwrap();
    assert_allowed(&app, "restore", &mut size, &admin, Permission::MemberSuspend).await;
    member::remove(ctx, account, id).await.unwrap();
    assert_allowed(&app, "remove", &mut size, &admin, Permission::MemberRemove).await;
}

async fn of_invitations(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    let mut size = app.log_size().await;
    let form = InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Viewer,
        also: Vec::new(),
        permissions: "".into(),
    };
    invitation::invite(&admin.ctx, app.account, form).await.unwrap();
    assert_allowed(&app, "invite", &mut size, &admin, Permission::MemberInvite).await;
    let id = invitation::list(&admin.ctx, app.account, InvitationFilter::default()).await.unwrap().rows[0].id;
    invitation::resend(&admin.ctx, app.account, id).await.unwrap();
    assert_allowed(&app, "resend", &mut size, &admin, Permission::MemberInvite).await;
    invitation::copy_link(&admin.ctx, app.account, id).await.unwrap();
    assert_allowed(&app, "copy_link", &mut size, &admin, Permission::MemberInvite).await;
    let request = invitation::revoke(&admin.ctx, app.account, id).await.unwrap();
    assert_allowed(&app, "revoke", &mut size, &admin, Permission::MemberInvite).await;
    invitation::undo_revoke(&admin.ctx, app.account, request).await.unwrap();
    assert_allowed(&app, "undo_revoke", &mut size, &admin, Permission::MemberInvite).await;
    let form = InviteMembers {
        emails: "a@example.com b@example.com c@example.com".to_owned(),
        role: Role::Viewer,
        also: Vec::new(),
        permissions: "".into(),
    };
    invitation::invite(&admin.ctx, app.account, form).await.unwrap();
    assert_eq!(app.log_size().await, size + 3, "one for each invitation");
    // Who accepts is named, although they were nobody a moment before.
    let secret = app.invite(&admin.ctx, app.account, "dora@example.com", Role::Viewer).await;
    let anonymous = app.anonymous();
    let (dora, _) = accepted(invitation::accept(&anonymous, crate::support::accept_form(&secret)).await.unwrap());
    let entry = app.log().await.remove(0);
    assert_eq!((entry.who.user, entry.what.as_str()), (Some(dora), "accepted an invitation as Viewer"));
    assert_eq!(entry.ip, anonymous.request().ip);
}

async fn of_contacts(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    let (ctx, account) = (&admin.ctx, app.account);
    let mut size = app.log_size().await;
    let form =
        ContactForm { name: "Zoe Zed".to_owned(), email: "zoe@example.com".to_owned(), ..ContactForm::default() };
    let id = contact::create(ctx, account, form.clone()).await.unwrap();
    assert_allowed(&app, "create", &mut size, &admin, Permission::ContactCreate).await;
    contact::update(ctx, account, id, ContactForm { tags: "vip".to_owned(), ..form }).await.unwrap();
    assert_allowed(&app, "update", &mut size, &admin, Permission::ContactUpdateDetails).await;
    contact::tag(ctx, account, id, TagForm::default()).await.unwrap();
    assert_allowed(&app, "tag", &mut size, &admin, Permission::ContactUpdateTags).await;
    contact::get(ctx, account, id).await.unwrap();
    assert_allowed(&app, "get", &mut size, &admin, Permission::ContactReadPii).await;
    contact::delete(ctx, account, id).await.unwrap();
    assert_allowed(&app, "delete", &mut size, &admin, Permission::ContactDelete).await;
    let log = serde_json::to_string(&app.log().await).unwrap();
    assert!(!log.contains("Zoe") && !log.contains("zoe@"), "the log of reads is not another copy of what was read");
}

async fn of_organisation(on: Kind) {
    let app = App::new(on).await;
    let founded = app.log().await.pop().unwrap();
    assert_eq!((founded.what.as_str(), founded.who.user), ("created the organisation", Some(app.owner().user)));
    let mut size = app.log_size().await;
    let form = UpdateOrganisation { name: "Acme 2".to_owned(), ..UpdateOrganisation::default() };
    organisation::update(&app.owner().ctx, app.account, form).await.unwrap();
    assert_allowed(&app, "update", &mut size, &app.owner(), Permission::OrganisationUpdate).await;
}

async fn of_refusals(on: Kind) {
    let app = App::new(on).await;
    let (viewer, admin) = (app.viewer().await, app.admin().await);
    let mut size = app.log_size().await;
    let mut refused = async |act: &str, who: &Person, permission: Option<Permission>, answer: service::Result<()>| {
        assert!(matches!(problem(answer), Problem::Refused(_)), "{act}");
        app.assert_logged(act, size, Expected { who, permission, outcome: Outcome::Refused }).await;
        size += 1;
    };
    let (a, v) = (&admin.ctx, &viewer.ctx);
    let none = ContactId(uuid::Uuid::nil());
    let answer = contact::delete(v, app.account, none).await;
    refused("delete", &viewer, Some(Permission::ContactDelete), answer).await;
    let answer = member::suspend(v, app.account, admin.member).await;
    refused("suspend", &viewer, Some(Permission::MemberSuspend), answer).await;
    let answer = member::remove(a, app.account, app.owner().member).await;
    refused("remove the owner", &admin, Some(Permission::MemberRemove), answer).await;
    let answer = member::set_role(a, app.account, admin.member, Role::Viewer).await.map(drop);
    refused("oneself", &admin, Some(Permission::MemberUpdate), answer).await;
    let answer =
        organisation::update(v, app.account, UpdateOrganisation { name: "X".into(), ..Default::default() }).await;
    refused("organisation", &viewer, Some(Permission::OrganisationUpdate), answer).await;
    let answer = service::access_log::list(v, app.account, AccessFilter::default()).await.map(drop);
    refused("log", &viewer, Some(Permission::AccessLogRead), answer).await;
    member::suspend(a, app.account, viewer.member).await.unwrap();
    let suspended = v.member(app.account).await.map(drop);
    assert_eq!(problem(suspended), Problem::Refused(Refusal::Suspended));
    let entry = app.log().await.remove(0);
    assert_eq!((entry.who.user, entry.outcome, entry.permission), (Some(viewer.user), Outcome::Refused, None));
}

async fn of_nothing(on: Kind) {
    let app = App::new(on).await;
    let (admin, member) = (app.admin().await, app.member().await);
    let size = app.log_size().await;
    let (ctx, account) = (&admin.ctx, app.account);
    assert!(contact::create(ctx, account, ContactForm::default()).await.is_err());
    assert!(contact::delete(ctx, account, ContactId(uuid::Uuid::nil())).await.is_err());
    assert!(member::remove(ctx, account, MemberId(uuid::Uuid::nil())).await.is_err());
    assert!(member::switch_permission(ctx, account, member.member, "nothing", true).await.is_err());
    let known =
        InviteMembers { emails: member.email.clone(), role: Role::Viewer, also: Vec::new(), permissions: "".into() };
    invitation::invite(ctx, account, known).await.unwrap();
    assert_eq!(app.log_size().await, size);
}

/// The log outlives those it tells of.
async fn of_who_left(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    let form = ContactForm { name: "Zoe".to_owned(), email: "zoe@example.com".to_owned(), ..ContactForm::default() };
    contact::create(&person.ctx, app.account, form).await.unwrap();
    member::remove(&app.owner().ctx, app.account, person.member).await.unwrap();
    let log = app.log().await;
    assert!(log.iter().any(|entry| entry.who.user == Some(person.user) && entry.what == "added a contact"));
}
