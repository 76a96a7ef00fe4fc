//! Moving a branch of the tree: what becomes of it, who gains and who loses.

use crate::support::{App, Kind, en, on_both_databases, problem};
use model::{
    AccountMoveResult, InvitationFilter, InviteMembers, Permission, PermissionSet, Problem, Refusal, Role, RoleForm,
};
use service::{account, invitation, member, organisation, role};

on_both_databases!(
    moved,
    a_move_says_who_gains_and_loses,
    a_move_tells_only_what_changes,
    not_into_itself,
    a_move_gives_no_more_than_the_actor_holds,
    not_into_the_reach_of_keys_above,
    not_into_the_reach_of_who_may_come_later,
    not_where_one_may_no_longer
);

async fn moved(on: Kind) {
    let app = App::new(on).await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let town = app.account_below(west, "Cape Town").await;
    let shop = app.account_below(town, "Shop").await;
    let (of_west, of_east) = (app.join(west, Role::Viewer).await, app.join(east, Role::Viewer).await);
    account::move_below(&app.owner().ctx, town, east).await.unwrap();
    for place in [town, shop] {
        assert_eq!(problem(organisation::standing(&of_west.ctx, place).await), Problem::NotFound);
        assert!(organisation::standing(&of_east.ctx, place).await.is_ok());
    }
    let standing = organisation::standing(&app.owner().ctx, shop).await.unwrap();
    assert_eq!(standing.trail, ["Acme", "East", "Cape Town", "Shop"]);
    account::move_below(&app.owner().ctx, town, app.account).await.unwrap();
    let tree = account::list(&app.owner().ctx, app.account, "").await.unwrap();
    let names: Vec<_> = tree.rows.iter().map(|node| (&*node.name, node.depth)).collect();
    assert_eq!(names, [("Acme", 0), ("Cape Town", 1), ("Shop", 2), ("East", 1), ("West", 1)]);
}

fn said(people: Vec<AccountMoveResult>) -> Vec<(String, String)> {
    people.into_iter().map(|one| (one.ways.iter().map(en).collect::<Vec<_>>().join(" and "), en(one.change))).collect()
}

async fn a_move_says_who_gains_and_loses(on: Kind) {
    let app = App::new(on).await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let town = app.account_below(west, "Cape Town").await;
    app.join(west, Role::Viewer).await;
    app.join(east, Role::Member).await;
    app.member().await;
    let effect = account::preview_move(&app.owner().ctx, town, east).await.unwrap();
    assert_eq!(said(effect.gain), [pair("Member, through East", "Ana can now enter Cape Town.")]);
    assert_eq!(said(effect.lose), [pair("Viewer, through West", "Ana can no longer enter Cape Town.")]);
}

fn pair(ways: &str, change: &str) -> (String, String) {
    (ways.to_owned(), change.to_owned())
}

/// Who holds the same before and after by several memberships is no line of the preview.
async fn a_move_tells_only_what_changes(on: Kind) {
    let app = App::new(on).await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let town = app.account_below(west, "Cape Town").await;
    let owner = app.owner().ctx;
    let ana = app.join(west, Role::Viewer).await;
    let effect = async || {
        let effect = account::preview_move(&owner, town, east).await.unwrap();
        (said(effect.gain), said(effect.lose))
    };
    app.join_too(&ana, east, Role::Viewer).await;
    assert_eq!(effect().await, (vec![], vec![]), "a Viewer on both sides");

    let in_branch = app.member().await;
    app.join_too(&in_branch, west, Role::Viewer).await;
    app.join_too(&in_branch, east, Role::Viewer).await;
    assert_eq!(effect().await, (vec![], vec![]), "more than that from the root");

    app.join_too(&ana, town, Role::Custom).await;
    let in_east = app.join(town, Role::Viewer).await;
    app.join_too(&in_east, east, Role::Member).await;
    let more = Role::Member.permissions(PermissionSet::EMPTY).without(Role::Viewer.permissions(PermissionSet::EMPTY));
    let gain = format!("Ana now has {} permissions.", more.len());
    assert_eq!(effect().await, (vec![pair("Member, through East", &gain)], vec![]), "what is not held yet");
    account::move_below(&owner, town, east).await.unwrap();
    let back = account::preview_move(&owner, town, west).await.unwrap();
    let loss = format!("Ana no longer has {} permissions.", more.len());
    assert_eq!((said(back.gain), said(back.lose)), (vec![], vec![pair("Member, through East", &loss)]));
}

async fn not_into_itself(on: Kind) {
    let app = App::new(on).await;
    let west = app.account_below(app.account, "West").await;
    let town = app.account_below(west, "Cape Town").await;
    let owner = app.owner().ctx;
    for (account, parent) in [(west, west), (west, town), (app.account, town)] {
        assert_eq!(problem(account::move_below(&owner, account, parent).await).status(), 409);
        assert_eq!(problem(account::preview_move(&owner, account, parent).await).status(), 409);
    }
    let stranger = app.stranger().await;
    assert_eq!(problem(account::move_below(&owner, west, stranger.account).await), Problem::NotFound);
    assert_eq!(problem(account::move_below(&stranger.ctx, west, stranger.account).await), Problem::NotFound);
}

async fn a_move_gives_no_more_than_the_actor_holds(on: Kind) {
    let app = App::new(on).await;
    let keeper = app.custom("account member.read").await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let ana = app.join(east, Role::Member).await;
    let refused = account::move_below(&keeper.ctx, west, east).await;
    assert_eq!(problem(refused), Problem::Refused(Refusal::AboveOwnPermissions));
    assert_eq!(problem(organisation::standing(&ana.ctx, west).await), Problem::NotFound);
    member::remove(&app.owner().ctx, app.account, ana.member).await.unwrap();
    assert!(account::move_below(&keeper.ctx, west, east).await.is_ok());
}

/// A key of an account above would work in the branch too: nobody hands it what they do not hold.
async fn not_into_the_reach_of_keys_above(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let key = app.key_in(west, &owner, "contact.read").await;
    let mo = app.custom("account").await;
    let preview = account::preview_move(&mo.ctx, east, west).await.unwrap();
    let gain: Vec<_> =
        preview.gain.iter().map(|moved| (moved.name.clone(), en(&moved.ways[0]), en(&moved.change))).collect();
    assert_eq!(
        gain,
        [("A program".to_owned(), "API key, through West".to_owned(), "A program will work in East.".to_owned())]
    );
    let moved = account::move_below(&mo.ctx, east, west).await;
    assert_eq!(problem(moved), Problem::Refused(Refusal::AboveOwnPermissions));
    assert!(key.ctx.access(east, Permission::ContactReadPii).await.is_err());
    service::api_key::revoke(&owner.ctx, app.account, key.id).await.unwrap();
    account::move_below(&mo.ctx, east, west).await.unwrap();
}

/// Somebody who is suspended may be restored, and somebody who is invited may accept.
async fn not_into_the_reach_of_who_may_come_later(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let mo = app.custom("account").await;
    let moved = async || account::move_below(&mo.ctx, west, east).await;
    let above = Problem::Refused(Refusal::AboveOwnPermissions);

    let ana = app.join(east, Role::Member).await;
    member::suspend(&owner, app.account, ana.member).await.unwrap();
    assert_eq!(problem(moved().await), above, "suspended");
    member::remove(&owner, app.account, ana.member).await.unwrap();

    let form = RoleForm { name: "Team lead".to_owned(), like: Some(Role::Member) };
    let lead = role::create(&owner, app.account, form).await.unwrap();
    for role in [Role::Admin, Role::Named(lead)] {
        let form =
            InviteMembers { emails: "ben@example.com".to_owned(), role, also: Vec::new(), permissions: "".into() };
        invitation::invite(&owner, east, form).await.unwrap();
        assert_eq!(problem(moved().await), above, "invited as {role:?}");
        let waiting = invitation::list(&owner, east, InvitationFilter::default()).await.unwrap().rows[0].id;
        invitation::revoke(&owner, east, waiting).await.unwrap();
    }
    moved().await.unwrap();
}

/// Whoever loses the permission at the new place while the move waits for its turn does not move anything there.
async fn not_where_one_may_no_longer(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    for round in 0..6 {
        let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
        let mo = app.custom("account.create account.update").await;
        let (moved, switched) = futures::join!(
            account::move_below(&mo.ctx, west, east),
            member::switch_permission(&owner, app.account, mo.member, "account.create", false)
        );
        switched.unwrap();
        let log = app.log().await;
        let (was_moved, was_switched) = ("West under East", "the permissions of Ana Ruiz");
        let place = |what: &str| log.iter().position(|entry| entry.what.contains(what));
        match moved {
            Ok(()) => assert!(place(was_moved).unwrap() > place(was_switched).unwrap(), "round {round}: it came first"),
            Err(_) => assert_eq!(
                problem(moved),
                Problem::Refused(Refusal::Permission(Permission::AccountCreate)),
                "round {round}"
            ),
        }
    }
}
