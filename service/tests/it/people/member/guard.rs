//! Whom nobody may touch, and whom only the owner may.

use crate::support::{App, Kind, Person, on_both_databases, problem};
use model::{MemberId, Permission, Problem, Refusal, Role};
use service::{Context, member, organisation};

on_both_databases!(owner, admins, oneself, without_permission, told_beforehand);

/// Every way to touch a member.
async fn touch(by: &Context, app: &App, member: MemberId) -> Vec<(&'static str, Result<(), Problem>)> {
    let account = app.account;
    let said = |answer: service::Result<()>| answer.map_err(|error| error.into_problem(by.request().id));
    vec![
        ("set_role", said(member::set_role(by, account, member, Role::Viewer).await.map(drop))),
        ("switch", said(member::switch_permission(by, account, member, "contact.read", false).await.map(drop))),
        ("suspend", said(member::suspend(by, account, member).await)),
        ("restore", said(member::restore(by, account, member).await)),
        ("remove", said(member::remove(by, account, member).await)),
    ]
}

async fn assert_untouchable(by: &Context, app: &App, target: &Person, refusal: Refusal) {
    let rights = async || {
        let standing = organisation::standing(&target.ctx, app.account).await.unwrap();
        (standing.role, standing.permissions)
    };
    let before = rights().await;
    for (act, answer) in touch(by, app, target.member).await {
        assert_eq!(answer, Err(Problem::Refused(refusal)), "{act}");
    }
    assert_eq!(rights().await, before);
}

async fn owner(on: Kind) {
    let app = App::new(on).await;
    let all =
        app.custom("organisation account member role api_key contact campaign hook message billing alert access_log");
    for by in [app.admin().await, all.await, app.owner()] {
        assert_untouchable(&by.ctx, &app, &app.owner(), Refusal::Owner).await;
    }
}

async fn admins(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    assert_untouchable(&app.admin().await.ctx, &app, &admin, Refusal::AdminByOwnerOnly).await;
    let manager = app.custom("member").await;
    assert_untouchable(&manager.ctx, &app, &admin, Refusal::AdminByOwnerOnly).await;
    for (act, answer) in touch(&app.owner().ctx, &app, admin.member).await {
        assert_eq!(answer, Ok(()), "{act}");
    }
    assert_eq!(problem(admin.ctx.member(app.account).await), Problem::NotFound);
}

async fn oneself(on: Kind) {
    let app = App::new(on).await;
    for person in [app.admin().await, app.custom("member contact").await] {
        assert_untouchable(&person.ctx, &app, &person, Refusal::Oneself).await;
    }
}

async fn without_permission(on: Kind) {
    let app = App::new(on).await;
    let target = app.viewer().await;
    for by in [app.member().await, app.viewer().await, app.custom("member.read member.invite").await] {
        for (act, answer) in touch(&by.ctx, &app, target.member).await {
            let permission = match act {
                "suspend" | "restore" => Permission::MemberSuspend,
                "remove" => Permission::MemberRemove,
                _ => Permission::MemberUpdate,
            };
            assert_eq!(answer, Err(Problem::Refused(Refusal::Permission(permission))), "{act}");
        }
    }
}

/// The page knows what will be refused, and why.
async fn told_beforehand(on: Kind) {
    let app = App::new(on).await;
    let (admin, viewer) = (app.admin().await, app.viewer().await);
    let other = app.admin().await;
    let told = async |by: &Person, of: &Person| member::get(&by.ctx, app.account, of.member).await.unwrap();
    assert_eq!(told(&admin, &app.owner()).await.update, Err(Refusal::Owner));
    assert_eq!(told(&admin, &admin).await.suspend, Err(Refusal::Oneself));
    assert_eq!(told(&admin, &other).await.remove, Err(Refusal::AdminByOwnerOnly));
    assert_eq!(told(&admin, &viewer).await.remove, Ok(()));
    assert_eq!(told(&app.owner(), &other).await.update, Ok(()));
    let seen = told(&viewer, &admin).await;
    assert_eq!(seen.update, Err(Refusal::Permission(Permission::MemberUpdate)));
    assert_eq!(seen.ceiling, organisation::standing(&viewer.ctx, app.account).await.unwrap().permissions);
    assert_eq!((seen.member.role, seen.member.email.as_str()), (Role::Admin, admin.email.as_str()));
}
