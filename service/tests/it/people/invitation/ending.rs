//! Before something changes, it is said how many open invitations will stop working by it.

use crate::support::{App, Kind, Setup, en, on_both_databases};
use model::{InviteMembers, Role, RoleForm, RoleId};
use service::{account, explorer, invitation, member, ownership, role};

on_both_databases!(
    by_what_a_role_loses,
    by_what_a_role_gives,
    by_a_role_that_is_deleted,
    by_an_account_that_moves,
    by_leaving,
    however_many_wait
);

async fn named(app: &App, like: Role) -> RoleId {
    let form = RoleForm { name: "Recruiter".to_owned(), like: Some(like) };
    role::create(&app.owner().ctx, app.account, form).await.unwrap()
}

async fn by_what_a_role_loses(on: Kind) {
    let app = App::new(on).await;
    let (owner, recruiter) = (app.owner().ctx, named(&app, Role::Admin).await);
    let sender = app.join(app.account, Role::Named(recruiter)).await;
    app.invite(&sender.ctx, app.account, "ana@example.com", Role::Viewer).await;
    app.invite(&owner, app.account, "of.the.owner@example.com", Role::Viewer).await;
    let switch = async |path: &str, on| {
        en(role::switch_permission(&owner, app.account, recruiter, path, on).await.unwrap().change)
    };
    assert!(!switch("campaign.send", false).await.contains("invitation"), "it does not rest on that");
    let sentence = switch("member.invite", false).await;
    assert!(sentence.ends_with("1 open invitation will stop working."), "{sentence}");
    assert!(!switch("contact", false).await.contains("invitation"), "it has ended already");
}

/// A role that comes to hold more than those who gave it.
async fn by_what_a_role_gives(on: Kind) {
    let app = App::new(on).await;
    let (owner, given) = (app.owner().ctx, named(&app, Role::Viewer).await);
    let sender = app.custom("member.invite contact.read.basic").await;
    for path in ["organisation", "account", "member", "role", "campaign", "message", "billing", "hook", "alert"] {
        let _ = role::switch_permission(&owner, app.account, given, path, false).await;
    }
    role::switch_permission(&owner, app.account, given, "contact", false).await.unwrap();
    role::switch_permission(&owner, app.account, given, "contact.read.basic", true).await.unwrap();
    app.invite(&sender.ctx, app.account, "ana@example.com", Role::Named(given)).await;
    let more = role::switch_permission(&owner, app.account, given, "contact.delete", true).await.unwrap();
    assert!(en(&more.change).ends_with("1 open invitation will stop working."), "{:?}", more.change);
}

async fn by_a_role_that_is_deleted(on: Kind) {
    let app = App::new(on).await;
    let (owner, recruiter) = (app.owner().ctx, named(&app, Role::Admin).await);
    let sender = app.join(app.account, Role::Named(recruiter)).await;
    app.invite(&sender.ctx, app.account, "ana@example.com", Role::Viewer).await;
    app.invite(&sender.ctx, app.account, "ben@example.com", Role::Member).await;
    let details = role::get(&owner, app.account, recruiter).await.unwrap();
    assert_eq!(details.ending_with(Role::Viewer), Some(2));
    assert_eq!(details.ending_with(Role::Admin), None);
    let manager = app.custom("role member.read").await;
    let seen = role::get(&manager.ctx, app.account, recruiter).await.unwrap();
    assert_eq!(seen.ending_with(Role::Member), Some(2));
    let reader = app.custom("role.read").await;
    assert!(role::get(&reader.ctx, app.account, recruiter).await.unwrap().ending.is_empty());
}

async fn by_an_account_that_moves(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let shop = app.account_below(west, "Shop").await;
    let (of_west, of_shop) = (app.join(west, Role::Admin).await, app.join(shop, Role::Admin).await);
    app.invite(&of_west.ctx, shop, "ana@example.com", Role::Viewer).await;
    app.invite(&of_west.ctx, west, "elsewhere@example.com", Role::Viewer).await;
    app.invite(&of_shop.ctx, shop, "ben@example.com", Role::Viewer).await;
    let key = app.key_in(west, &owner, "member.invite contact.read.basic organisation.read account.read").await;
    let held = Role::Viewer.permissions(model::PermissionSet::EMPTY);
    for leaf in held.highest() {
        let _ = service::api_key::switch_permission(&owner.ctx, west, key.id, leaf.path, true).await;
    }
    app.invite(&key.ctx, shop, "cy@example.com", Role::Viewer).await;
    assert_eq!(account::preview_move(&owner.ctx, shop, east).await.unwrap().invitations, 2);
    assert_eq!(account::preview_move(&owner.ctx, west, east).await.unwrap().invitations, 0);
}

async fn by_leaving(on: Kind) {
    let app = App::new(on).await;
    let west = app.account_below(app.account, "West").await;
    let (admin, idle) = (app.join(west, Role::Admin).await, app.admin().await);
    app.join_too(&admin, app.account, Role::Admin).await;
    app.invite(&admin.ctx, app.account, "ana@example.com", Role::Viewer).await;
    app.invite(&admin.ctx, west, "ben@example.com", Role::Viewer).await;
    app.invite(&app.owner().ctx, app.account, "of.the.owner@example.com", Role::Viewer).await;
    assert_eq!(ownership::get(&admin.ctx, west).await.unwrap().invitations, 2, "from wherever they look");
    assert_eq!(ownership::get(&idle.ctx, app.account).await.unwrap().invitations, 0);
    assert_eq!(ownership::get(&app.owner().ctx, app.account).await.unwrap().invitations, 0);
}

/// What is asked of the database does not grow with the invitations that wait.
async fn however_many_wait(on: Kind) {
    let app = Setup { breakable: true, ..Setup::on(on) }.app().await;
    let (owner, admin) = (app.owner().ctx, app.admin().await);
    let invite = async |from: u32, to: u32| {
        let emails: Vec<String> = (from..to).map(|number| format!("new{number}@example.com")).collect();
        let form =
            InviteMembers { emails: emails.join(" "), role: Role::Viewer, also: Vec::new(), permissions: "".into() };
        invitation::invite(&admin.ctx, app.account, form).await.unwrap();
    };
    invite(0, 2).await;
    let look = async |waiting: u64| {
        let mut least = u64::MAX;
        // The first ones prepare the statements.
        for _ in 0..6 {
            let before = app.outage.sent();
            let details = member::get(&owner, app.account, admin.member).await.unwrap();
            assert_eq!(details.invitations, waiting);
            let what_if = explorer::preview_role(&owner, app.account, admin.member, Role::Viewer).await.unwrap();
            assert_eq!(what_if.invitations, waiting);
            least = least.min(app.outage.sent() - before);
        }
        least
    };
    let few = look(2).await;
    invite(2, 400).await;
    let many = look(400).await;
    assert!(many <= few + few / 2, "{few} bytes of statements for 2 invitations, {many} for 400");
}
