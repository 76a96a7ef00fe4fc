//! Nobody, person or key, gives what it does not hold, or raises itself.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{ApiKeyForm, InvitationFilter, InviteMembers, Permission, Problem, Refusal, Role, RoleForm};
use service::{api_key, invitation, member, role};

on_both_databases!(
    minting,
    switching,
    not_itself,
    not_its_creator,
    inviting,
    secrets_are_the_creators,
    without_the_permission,
    too_many
);

const ABOVE: Problem = Problem::Refused(Refusal::AboveOwnPermissions);

fn form(permissions: &str) -> ApiKeyForm {
    ApiKeyForm { name: "Another".into(), permissions: permissions.into(), days: 0, like: None }
}

async fn minting(on: Kind) {
    let app = App::new(on).await;
    let person = app.custom("api_key contact.read").await;
    assert_eq!(problem(api_key::create(&person.ctx, app.account, form("contact")).await), ABOVE);
    assert_eq!(problem(api_key::create(&person.ctx, app.account, form("access_log.read")).await), ABOVE);
    // A key that made others would live on in them.
    let key = app.key(&app.owner(), "api_key contact").await;
    let minted = api_key::create(&key.ctx, app.account, form("contact.read.basic")).await;
    assert_eq!(problem(minted), Problem::Refused(Refusal::PeopleOnly));
    // Below, what reaches the whole organisation has no effect, and is left out.
    let below = app.account_below(app.account, "Cape Town").await;
    let minted = api_key::create(&app.owner().ctx, below, form("role billing")).await.unwrap();
    let details = api_key::get(&app.owner().ctx, app.account, minted.id).await.unwrap();
    assert_eq!(details.permissions.to_string(), "role.read billing.read");
}

async fn switching(on: Kind) {
    let app = App::new(on).await;
    let lesser = app.custom("api_key contact.read").await;
    let key = app.key(&app.owner(), "campaign").await;
    let switch = async |path: &str, on| api_key::switch_permission(&lesser.ctx, app.account, key.id, path, on).await;
    assert_eq!(problem(switch("campaign", false).await), ABOVE, "nobody takes what they do not hold");
    assert_eq!(problem(switch("contact.delete", true).await), ABOVE);
    // Of a parent, as much as is held.
    assert_eq!(switch("contact", true).await.unwrap().permissions.to_string(), "contact.read campaign");
    let off = api_key::switch_off(&lesser.ctx, app.account, key.id).await.unwrap();
    assert_eq!(off.permissions, model::PermissionSet::from("campaign api_key").without("api_key".into()));
    assert_eq!(problem(switch("nothing.such", true).await), Problem::Malformed);
}

async fn not_itself(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.owner(), "api_key contact.read").await;
    let other = app.key(&app.owner(), "contact.read").await;
    let people_only = Problem::Refused(Refusal::PeopleOnly);
    for id in [key.id, other.id] {
        let switch = api_key::switch_permission(&key.ctx, app.account, id, "contact.read", false).await;
        assert_eq!(problem(switch), people_only);
        assert_eq!(problem(api_key::switch_off(&key.ctx, app.account, id).await), people_only);
        let before = app.log_size().await;
        assert_eq!(problem(api_key::rotate(&key.ctx, app.account, id).await), people_only);
        assert_eq!(app.log_size().await, before + 1, "a refusal is in the log");
    }
    // What is broken may end itself.
    api_key::revoke(&key.ctx, app.account, key.id).await.unwrap();
}

async fn not_its_creator(on: Kind) {
    let app = App::new(on).await;
    let creator = app.custom("api_key member role contact.read").await;
    let named = RoleForm { name: "Marketing".into(), like: None };
    let named = role::create(&app.owner().ctx, app.account, named).await.unwrap();
    let key = app.key(&creator, "member role contact.read").await;
    let (owner, admin, other) = (app.owner(), app.admin().await, app.viewer().await);
    let switch = async |who: &crate::support::Person, path: &str| {
        problem(member::switch_permission(&key.ctx, app.account, who.member, path, true).await)
    };
    assert_eq!(switch(&creator, "contact.read").await, Problem::Refused(Refusal::Oneself));
    assert_eq!(switch(&owner, "contact.read").await, Problem::Refused(Refusal::Owner));
    assert_eq!(switch(&admin, "contact.read").await, Problem::Refused(Refusal::AdminByOwnerOnly));
    assert_eq!(switch(&other, "campaign").await, ABOVE);
    member::switch_permission(&key.ctx, app.account, other.member, "contact.read.pii", true).await.unwrap();
    // Nor by a role that its creator has.
    member::set_role(&app.owner().ctx, app.account, creator.member, Role::Named(named)).await.unwrap();
    for path in ["api_key", "member", "role", "contact.read"] {
        role::switch_permission(&app.owner().ctx, app.account, named, path, true).await.unwrap();
    }
    let raise = role::switch_permission(&key.ctx, app.account, named, "contact.read", true).await;
    assert_eq!(problem(raise), Problem::Refused(Refusal::Oneself));
    // A key of the owner's is not the owner.
    let owners = app.key(&owner, "member").await;
    let suspend = member::suspend(&owners.ctx, app.account, admin.member).await;
    assert_eq!(problem(suspend), Problem::Refused(Refusal::AdminByOwnerOnly));
}

async fn inviting(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.owner(), "member contact.read.basic").await;
    let invite =
        |role| InviteMembers { emails: "ben@example.com".into(), role, also: Vec::new(), permissions: "".into() };
    assert_eq!(problem(invitation::invite(&key.ctx, app.account, invite(Role::Admin)).await), ABOVE);
    let invited = invitation::invite(&key.ctx, app.account, invite(Role::Custom)).await.unwrap();
    assert_eq!(invited[0].outcome, model::InviteOutcome::Invited);
    let pending = invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap();
    assert_eq!(pending.rows[0].invited_by, "Olga Owens");
}

/// A secret acts in its creator's name: an Admin may end the owner's key, and not take it over.
async fn secrets_are_the_creators(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    let key = app.key(&app.owner(), "contact").await;
    let rotate = api_key::rotate(&admin.ctx, app.account, key.id).await;
    assert_eq!(problem(rotate), Problem::Refused(Refusal::KeyOfSomebodyElse));
    let details = api_key::get(&admin.ctx, app.account, key.id).await.unwrap();
    assert_eq!((details.rotate, details.revoke), (Err(Refusal::KeyOfSomebodyElse), Ok(())));
    api_key::revoke(&admin.ctx, app.account, key.id).await.unwrap();
}

async fn without_the_permission(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.owner(), "contact").await;
    let reader = app.custom("api_key.read contact").await;
    let lacks = |permission| Problem::Refused(Refusal::Permission(permission));
    let (account, id) = (app.account, key.id);
    assert_eq!(problem(api_key::create(&reader.ctx, account, form("contact")).await), lacks(Permission::ApiKeyCreate));
    assert_eq!(problem(api_key::new_start(&reader.ctx, account).await), lacks(Permission::ApiKeyCreate));
    assert_eq!(problem(api_key::rotate(&reader.ctx, account, id).await), lacks(Permission::ApiKeyCreate));
    let switch = api_key::switch_permission(&reader.ctx, account, id, "contact", false).await;
    assert_eq!(problem(switch), lacks(Permission::ApiKeyUpdate));
    assert_eq!(problem(api_key::revoke(&reader.ctx, account, id).await), lacks(Permission::ApiKeyRevoke));
    let blind = app.custom("contact").await;
    let list = api_key::list(&blind.ctx, account, model::ApiKeyFilter::default()).await;
    assert_eq!(problem(list), lacks(Permission::ApiKeyRead));
    assert_eq!(problem(api_key::get(&blind.ctx, account, id).await), lacks(Permission::ApiKeyRead));
    let details = api_key::get(&reader.ctx, account, id).await.unwrap();
    assert_eq!(details.update, Err(Refusal::Permission(Permission::ApiKeyUpdate)));
    assert_eq!(details.revoke, Err(Refusal::Permission(Permission::ApiKeyRevoke)));
}

async fn too_many(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let first = api_key::create(&owner, app.account, form("")).await.unwrap();
    for _ in 1..model::limit::API_KEYS {
        api_key::create(&owner, app.account, form("")).await.unwrap();
    }
    assert!(matches!(problem(api_key::create(&owner, app.account, form("")).await), Problem::Conflict(_)));
    api_key::revoke(&owner, app.account, first.id).await.unwrap();
    api_key::create(&owner, app.account, form("")).await.unwrap();
}
