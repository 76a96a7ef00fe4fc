//! Whom somebody is told to ask for a permission.

use crate::support::{App, Kind, Person, on_both_databases, problem};
use model::{AccountId, Permission, PolicyPoint, Problem, Role, RoleChanges};
use service::{member, policy};

on_both_databases!(owner_and_admins, of_the_accounts_above, as_the_policy_says, of_this_organisation_alone);

const OWNER: &str = "Olga Owens";
/// What everybody is called who joins.
const ADMIN: &str = "Ana Ruiz";

async fn granters(person: &Person, account: AccountId, permission: Permission) -> Vec<String> {
    member::granters(&person.ctx, account, permission).await.unwrap()
}

async fn owner_and_admins(on: Kind) {
    let app = App::new(on).await;
    let nobody = app.join(app.account, Role::Custom).await;
    let ask = async || granters(&nobody, app.account, Permission::ContactReadBasic).await;
    assert_eq!(ask().await, [OWNER], "a Member gives nothing");
    app.member().await;
    assert_eq!(ask().await, [OWNER]);
    let first = app.admin().await;
    assert_eq!(ask().await, [OWNER, ADMIN]);
    member::suspend(&app.owner().ctx, app.account, first.member).await.unwrap();
    assert_eq!(ask().await, [OWNER], "who is suspended helps nobody");
    for _ in 0..4 {
        app.admin().await;
    }
    assert_eq!(ask().await, [OWNER, ADMIN, ADMIN], "three are enough");
    member::suspend(&app.owner().ctx, app.account, nobody.member).await.unwrap();
    let kept_out = member::granters(&nobody.ctx, app.account, Permission::ContactReadBasic).await;
    assert!(matches!(problem(kept_out), Problem::Refused(_)));
}

async fn of_the_accounts_above(on: Kind) {
    let app = App::new(on).await;
    let (durban, cape_town) =
        (app.account_below(app.account, "Durban").await, app.account_below(app.account, "Cape Town").await);
    let viewer = app.join(durban, Role::Viewer).await;
    app.join(cape_town, Role::Admin).await;
    assert_eq!(granters(&viewer, durban, Permission::ContactExport).await, [OWNER], "an Admin elsewhere is none here");
    app.join(durban, Role::Admin).await;
    assert_eq!(granters(&viewer, durban, Permission::ContactExport).await, [OWNER, ADMIN]);
    assert_eq!(granters(&viewer, durban, Permission::RoleManage).await, [OWNER], "it counts at the root alone");
    app.admin().await;
    assert_eq!(granters(&viewer, durban, Permission::RoleManage).await, [OWNER, ADMIN]);
}

async fn as_the_policy_says(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    app.admin().await;
    let by_owner = PolicyPoint::RoleChanges(RoleChanges::Owner);
    policy::update(&app.owner().ctx, app.account, by_owner).await.unwrap();
    assert_eq!(granters(&viewer, app.account, Permission::ContactExport).await, [OWNER]);
}

async fn of_this_organisation_alone(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    let asked = member::granters(&stranger.ctx, app.account, Permission::ContactExport).await;
    assert_eq!(problem(asked), Problem::NotFound);
    let viewer = app.viewer().await;
    app.join_too(&stranger, app.account, Role::Viewer).await;
    assert_eq!(granters(&viewer, app.account, Permission::ContactExport).await, [OWNER]);
}
