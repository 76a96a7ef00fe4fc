use crate::support::{App, Kind, Person, on_both_databases, problem};
use model::{PermissionSet, Problem, Refusal, Role, TREE};
use service::{member, organisation};

on_both_databases!(every_node, part_of_a_parent, ceiling, part_of_a_parent_within_the_ceiling, no_such_node, at_once);

async fn held(app: &App, person: &Person) -> PermissionSet {
    organisation::standing(&person.ctx, app.account).await.unwrap().permissions
}

async fn every_node(on: Kind) {
    let app = App::new(on).await;
    let person = app.custom("").await;
    let owner = app.owner().ctx;
    for node in TREE {
        let on = member::switch_permission(&owner, app.account, person.member, node.path, true).await.unwrap();
        assert_eq!(on.permissions, node.leaves(), "{}", node.path);
        assert_eq!(held(&app, &person).await, node.leaves());
        member::switch_permission(&owner, app.account, person.member, node.path, false).await.unwrap();
        assert!(held(&app, &person).await.is_empty(), "{}", node.path);
    }
}

async fn part_of_a_parent(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    let before = held(&app, &person).await;
    let path = "contact.read.pii";
    let off = member::switch_permission(&app.owner().ctx, app.account, person.member, path, false).await.unwrap();
    assert_eq!(off.role, Role::Custom);
    assert_eq!(before.without(off.permissions), PermissionSet::from("contact.read.pii"));
    assert_eq!(held(&app, &person).await, off.permissions);
}

async fn ceiling(on: Kind) {
    let app = App::new(on).await;
    let manager = app.custom("member.read member.update contact.read").await;
    let person = app.custom("billing").await;
    let above = Problem::Refused(Refusal::AboveOwnPermissions);
    for (path, on) in
        [("billing", false), ("billing.read", false), ("billing", true), ("access_log", true), ("campaign.send", true)]
    {
        let answer = member::switch_permission(&manager.ctx, app.account, person.member, path, on).await;
        assert_eq!(problem(answer), above, "{path} {on}");
    }
    assert_eq!(held(&app, &person).await, PermissionSet::from("billing"));
    let given =
        member::switch_permission(&manager.ctx, app.account, person.member, "contact.read.pii", true).await.unwrap();
    assert_eq!(given.permissions, PermissionSet::from("billing contact.read.pii"));
}

/// A parent of which one holds a part gives and takes that part.
async fn part_of_a_parent_within_the_ceiling(on: Kind) {
    let app = App::new(on).await;
    let manager = app.custom("member.update contact.read.basic").await;
    let person = app.custom("contact.delete").await;
    let given = member::switch_permission(&manager.ctx, app.account, person.member, "contact", true).await.unwrap();
    assert_eq!(given.permissions, PermissionSet::from("contact.delete contact.read.basic"));
    let taken = member::switch_permission(&manager.ctx, app.account, person.member, "contact", false).await.unwrap();
    assert_eq!(taken.permissions, PermissionSet::from("contact.delete"));
}

async fn no_such_node(on: Kind) {
    let app = App::new(on).await;
    let person = app.viewer().await;
    for path in ["", "contact.read.", "contacts", "CONTACT", "contact read", "\0", "owner"] {
        let answer = member::switch_permission(&app.owner().ctx, app.account, person.member, path, true).await;
        assert_eq!(problem(answer), Problem::Malformed, "{path:?}");
    }
    assert_eq!(organisation::standing(&person.ctx, app.account).await.unwrap().role, Role::Viewer);
}

/// Flips by two people at one moment both count: none is written over by the other.
async fn at_once(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin, person) = (app.owner().ctx, app.admin().await.ctx, app.custom("").await);
    let paths: Vec<&str> = TREE.iter().filter(|node| node.leaf.is_some()).map(|node| node.path).collect();
    let flips = paths.iter().enumerate().map(|(number, path)| {
        let by = if number % 2 == 0 { &owner } else { &admin };
        member::switch_permission(by, app.account, person.member, path, true)
    });
    for answer in futures::future::join_all(flips).await {
        answer.unwrap();
    }
    assert_eq!(held(&app, &person).await, PermissionSet::ALL);
}
