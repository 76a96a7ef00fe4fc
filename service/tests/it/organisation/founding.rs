//! Founding another organisation while signed in.

use crate::support::{App, Kind, Setup, on_both_databases, problem, sign_up_form};
use model::{NewOrganisation, Problem, Refusal, Role};
use service::{Actor, Context, organisation, sign_up, user};

on_both_databases!(founded, for_oneself_alone, forbidden, faulty, too_many);

async fn found(ctx: &Context, name: &str) -> service::Result<model::AccountId> {
    organisation::create(ctx, NewOrganisation { name: name.to_owned() }).await
}

async fn founded(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    let account = found(&viewer.ctx, " Initech ").await.unwrap();
    let standing = organisation::standing(&viewer.ctx, account).await.unwrap();
    assert_eq!((standing.role, standing.organisation_name.as_str()), (Role::Owner, "Initech"));
    assert_eq!(organisation::standing(&viewer.ctx, app.account).await.unwrap().role, Role::Viewer);
    let profile = user::profile(&viewer.ctx).await.unwrap();
    let names: Vec<_> = profile.accounts.iter().map(|account| account.name.as_str()).collect();
    assert_eq!(names, ["Acme", "Initech"]);
    let log = service::access_log::list(&viewer.ctx, account, model::AccessFilter::default()).await.unwrap();
    assert_eq!(log.rows[0].what, "created the organisation");
}

async fn for_oneself_alone(on: Kind) {
    let app = App::new(on).await;
    let account = found(&app.viewer().await.ctx, "Initech").await.unwrap();
    assert_eq!(problem(organisation::standing(&app.owner().ctx, account).await), Problem::NotFound);
    assert_eq!(problem(found(&app.anonymous(), "Initech").await), Problem::SignedOut);
}

async fn forbidden(on: Kind) {
    let closed = Setup { open_sign_up: false, ..Setup::on(on) };
    let app = closed.empty().await;
    let refused = Problem::Refused(Refusal::SignUpClosed);
    assert_eq!(problem(sign_up::ask(&app.anonymous(), sign_up_form("a@example.com", "Acme")).await), refused);
    let somebody = app.request(Actor::User(model::UserId(app.service.new_id().unwrap())));
    assert_eq!(problem(found(&somebody, "Initech").await), refused);
}

async fn faulty(on: Kind) {
    let app = App::new(on).await;
    assert!(problem(found(&app.owner().ctx, "  ").await).fields().unwrap().get("name").is_some());
}

async fn too_many(on: Kind) {
    let app = App::new(on).await;
    for number in 0..10 {
        found(&app.owner().ctx, &format!("Initech {number}")).await.unwrap();
    }
    assert_eq!(problem(found(&app.owner().ctx, "Initech").await).status(), 429);
    found(&app.viewer().await.ctx, "Initech").await.unwrap();
}
