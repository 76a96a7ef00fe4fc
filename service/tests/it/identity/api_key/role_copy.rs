//! A key with a copy of a role: cut to what whoever gives it holds, and never the role itself.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{ApiKeyForm, Conflict, Permission, PermissionSet, Problem, Refusal, Role, RoleForm};
use service::{api_key, role};

on_both_databases!(a_new_key, one_that_is_there, no_more_than_ones_own, of_this_organisation, for_people_alone);

fn like(role: Role) -> ApiKeyForm {
    ApiKeyForm { name: "Web shop".into(), permissions: "contact".into(), days: 0, like: Some(role) }
}

fn held_by(role: Role) -> PermissionSet {
    role.permissions(PermissionSet::EMPTY)
}

async fn a_new_key(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let given = async |role| {
        let key = api_key::create(&owner, app.account, like(role)).await.unwrap().id;
        api_key::get(&owner, app.account, key).await.unwrap().permissions
    };
    assert_eq!(given(Role::Viewer).await, held_by(Role::Viewer), "in the place of what the toggles say");
    assert_eq!(given(Role::Owner).await, PermissionSet::ALL);
    assert_eq!(given(Role::Custom).await, PermissionSet::EMPTY);
}

/// It takes the place of all toggles, with one entry, and does not follow the role.
async fn one_that_is_there(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let named = RoleForm { name: "Marketing".into(), like: Some(Role::Viewer) };
    let named = role::create(&owner, app.account, named).await.unwrap();
    let key = app.key(&app.owner(), "contact.delete").await;
    let before = app.log_size().await;
    let done = api_key::copy_role(&owner, app.account, key.id, Role::Named(named)).await.unwrap();
    assert_eq!(done.permissions, held_by(Role::Viewer));
    assert_eq!(done.change.lost, PermissionSet::EMPTY.with(Permission::ContactDelete));
    assert_eq!(app.log_size().await, before + 1);
    assert_eq!(app.log().await[0].what, "changed the permissions of the API key A program");
    api_key::copy_role(&owner, app.account, key.id, Role::Named(named)).await.unwrap();
    assert_eq!(app.log_size().await, before + 1, "nothing has changed");
    role::switch_permission(&owner, app.account, named, "contact.delete", true).await.unwrap();
    let kept = api_key::get(&owner, app.account, key.id).await.unwrap().permissions;
    assert_eq!(kept, held_by(Role::Viewer), "a copy of then");
}

async fn no_more_than_ones_own(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let lesser = app.custom("api_key contact.read.basic").await;
    let made = api_key::create(&lesser.ctx, app.account, like(Role::Admin)).await.unwrap().id;
    let held = api_key::get(&owner.ctx, app.account, made).await.unwrap().permissions;
    assert_eq!(held, "api_key contact.read.basic".into());
    // What they do not hold themselves, they neither give nor take.
    let key = app.key(&owner, "campaign contact.read.basic").await;
    let done = api_key::copy_role(&lesser.ctx, app.account, key.id, Role::Custom).await.unwrap();
    assert_eq!(done.permissions, "campaign".into());
    let done = api_key::copy_role(&lesser.ctx, app.account, key.id, Role::Admin).await.unwrap();
    assert_eq!(done.permissions, "campaign api_key contact.read.basic".into());
    // Below, what touches the whole organisation has no effect, and is left out.
    let below = app.account_below(app.account, "Cape Town").await;
    let there = api_key::create(&owner.ctx, below, like(Role::Admin)).await.unwrap().id;
    let held = api_key::get(&owner.ctx, app.account, there).await.unwrap().permissions;
    assert_eq!(held, PermissionSet::reach(false));
}

async fn of_this_organisation(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    let theirs = RoleForm { name: "Theirs".into(), like: Some(Role::Viewer) };
    let theirs = Role::Named(role::create(&stranger.ctx, stranger.account, theirs).await.unwrap());
    let (owner, key) = (app.owner().ctx, app.key(&app.owner(), "contact").await);
    assert_eq!(problem(api_key::create(&owner, app.account, like(theirs)).await), Problem::NotFound);
    assert_eq!(problem(api_key::copy_role(&owner, app.account, key.id, theirs).await), Problem::NotFound);
}

async fn for_people_alone(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.owner(), "api_key contact").await;
    let copy = api_key::copy_role(&key.ctx, app.account, key.id, Role::Viewer).await;
    assert_eq!(problem(copy), Problem::Refused(Refusal::PeopleOnly));
    let reader = app.custom("api_key.read contact").await;
    let copy = api_key::copy_role(&reader.ctx, app.account, key.id, Role::Viewer).await;
    assert_eq!(problem(copy), Problem::Refused(Refusal::Permission(Permission::ApiKeyUpdate)));
    let nothing_in_common = app.custom("api_key.update").await;
    api_key::copy_role(&nothing_in_common.ctx, app.account, key.id, Role::Viewer).await.unwrap();
    let details = api_key::get(&app.owner().ctx, app.account, key.id).await.unwrap();
    assert_eq!(details.permissions, PermissionSet::from("api_key contact").without("api_key.update".into()));
    api_key::revoke(&app.owner().ctx, app.account, key.id).await.unwrap();
    let copy = api_key::copy_role(&app.owner().ctx, app.account, key.id, Role::Viewer).await;
    assert_eq!(problem(copy), Problem::Conflict(Conflict::KeyRevoked));
}
