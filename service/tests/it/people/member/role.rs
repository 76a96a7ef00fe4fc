use crate::support::{App, Kind, en, on_both_databases, problem};
use model::{Permission, PermissionSet, Problem, Refusal, Role};
use service::{member, organisation};

on_both_databases!(changed, custom_begins_with_what_they_hold, ceiling, answer_in_words, never_owner);

async fn changed(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    let owner = app.owner().ctx;
    for role in [Role::Viewer, Role::Admin, Role::Member, Role::Viewer] {
        let updated = member::set_role(&owner, app.account, person.member, role).await.unwrap();
        let standing = organisation::standing(&person.ctx, app.account).await.unwrap();
        assert_eq!((standing.role, standing.permissions), (role, role.permissions(PermissionSet::EMPTY)));
        assert_eq!((updated.role, updated.permissions), (role, standing.permissions));
    }
}

async fn custom_begins_with_what_they_hold(on: Kind) {
    let app = App::new(on).await;
    let person = app.viewer().await;
    let owner = app.owner().ctx;
    let updated = member::set_role(&owner, app.account, person.member, Role::Custom).await.unwrap();
    assert_eq!(updated.permissions, Role::Viewer.permissions(PermissionSet::EMPTY));
    member::switch_permission(&owner, app.account, person.member, "billing", true).await.unwrap();
    member::set_role(&owner, app.account, person.member, Role::Viewer).await.unwrap();
    let updated = member::set_role(&owner, app.account, person.member, Role::Custom).await.unwrap();
    assert!(!updated.permissions.contains(Permission::BillingRead), "toggles of long ago do not come back");
}

/// Who holds little gives little and takes little.
async fn ceiling(on: Kind) {
    let app = App::new(on).await;
    let manager = app.custom("member.read member.update contact.read").await;
    let (person, nobody) = (app.member().await, app.custom("").await);
    let above = Problem::Refused(Refusal::AboveOwnPermissions);
    for role in [Role::Admin, Role::Member, Role::Viewer] {
        assert_eq!(
            problem(member::set_role(&manager.ctx, app.account, nobody.member, role).await),
            above,
            "up to {role:?}"
        );
    }
    assert_eq!(problem(member::set_role(&manager.ctx, app.account, person.member, Role::Viewer).await), above, "down");
    assert_eq!(organisation::standing(&person.ctx, app.account).await.unwrap().role, Role::Member);
    assert!(organisation::standing(&nobody.ctx, app.account).await.unwrap().permissions.is_empty());
    // The same set under another name touches nothing.
    assert!(member::set_role(&manager.ctx, app.account, person.member, Role::Custom).await.is_ok());
}

async fn answer_in_words(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    let owner = app.owner().ctx;
    let off = member::switch_permission(&owner, app.account, person.member, "contact.read.pii", false).await.unwrap();
    assert_eq!(en(&off.change), "Ana can no longer see personal details.");
    let again = member::switch_permission(&owner, app.account, person.member, "contact.read.pii", false).await.unwrap();
    assert_eq!(en(&again.change), "Ana's permissions haven't changed.");
}

async fn never_owner(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    let answer = member::set_role(&app.owner().ctx, app.account, person.member, Role::Owner).await;
    assert_eq!(problem(answer), Problem::Malformed);
    assert_eq!(organisation::standing(&person.ctx, app.account).await.unwrap().role, Role::Member);
}
