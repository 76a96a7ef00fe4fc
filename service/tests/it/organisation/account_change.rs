//! Making, renaming and deleting accounts.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{AccountForm, AccountId, CampaignForm, ContactForm, Permission, Problem, Refusal, Resource, Role, limit};
use service::{account, contact, organisation, user};

on_both_databases!(
    made_below,
    not_too_deep,
    renamed,
    listed_as_a_tree,
    deleted_when_empty,
    deleted_with_all_in_it,
    the_first_stays,
    admins_go_by_the_owner_alone
);

fn form(name: &str) -> AccountForm {
    AccountForm { name: name.to_owned() }
}

async fn names(app: &App, account: AccountId, search: &str) -> Vec<(String, u8)> {
    let tree = account::list(&app.owner().ctx, account, search).await.unwrap();
    tree.rows.into_iter().map(|node| (node.name, node.depth)).collect()
}

async fn made_below(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let id = account::create(&app.owner().ctx, app.account, form(" Cape Town ")).await.unwrap();
    let standing = organisation::standing(&ana.ctx, id).await.unwrap();
    assert_eq!(standing.trail, ["Acme", "Cape Town"], "members of the account above are in at once");
    assert!(problem(account::create(&app.owner().ctx, app.account, form("")).await).fields().is_some());
    let refused = Problem::Refused(Refusal::Permission(Permission::AccountCreate));
    assert_eq!(problem(account::create(&ana.ctx, id, form("X")).await), refused);
}

async fn not_too_deep(on: Kind) {
    let app = App::new(on).await;
    let mut below = app.account;
    for level in 0..limit::DEPTH {
        below = app.account_below(below, &format!("Level {level}")).await;
    }
    assert_eq!(problem(account::create(&app.owner().ctx, below, form("Too deep")).await).status(), 409);
    let branch = app.account_below(app.account, "Branch").await;
    app.account_below(branch, "Leaf").await;
    let at_four = names(&app, app.account, "Level 3").await;
    assert_eq!(at_four, [("Level 3".to_owned(), 4)]);
    assert_eq!(
        problem(account::move_below(&app.owner().ctx, branch, below).await).status(),
        409,
        "it would be too deep"
    );
}

async fn renamed(on: Kind) {
    let app = App::new(on).await;
    let id = app.account_below(app.account, "Cape Town").await;
    account::rename(&app.owner().ctx, id, form("Durban")).await.unwrap();
    let standing = organisation::standing(&app.owner().ctx, id).await.unwrap();
    assert_eq!(standing.trail, ["Acme", "Durban"]);
}

async fn listed_as_a_tree(on: Kind) {
    let app = App::new(on).await;
    let west = app.account_below(app.account, "West").await;
    app.account_below(app.account, "East").await;
    app.account_below(west, "Cape Town").await;
    let expected =
        [("Acme", 0), ("East", 1), ("West", 1), ("Cape Town", 2)].map(|(name, depth)| (name.to_owned(), depth));
    assert_eq!(names(&app, app.account, "").await, expected);
    assert_eq!(names(&app, app.account, "CAPE").await, [("Cape Town".to_owned(), 2)]);
    assert_eq!(
        names(&app, west, "").await,
        [("West".to_owned(), 1), ("Cape Town".to_owned(), 2)],
        "no parents, no siblings"
    );
    let tree = account::list(&app.owner().ctx, app.account, "").await.unwrap();
    assert_eq!((tree.total, tree.rows[0].members), (4, 1));
}

async fn deleted_when_empty(on: Kind) {
    let app = App::new(on).await;
    let town = app.account_below(app.account, "Cape Town").await;
    assert!(account::preview_delete(&app.owner().ctx, town).await.unwrap().is_empty());
    account::delete(&app.owner().ctx, town, form("")).await.unwrap();
    assert_eq!(problem(organisation::standing(&app.owner().ctx, town).await), Problem::NotFound);
    assert_eq!(app.log().await[0].what, "deleted the account Cape Town");
}

async fn deleted_with_all_in_it(on: Kind) {
    let app = App::new(on).await;
    let town = app.account_below(app.account, "Cape Town").await;
    let shop = app.account_below(town, "Shop").await;
    let deep = app.account_below(shop, "Deep").await;
    let (owner, ana) = (app.owner().ctx, app.join(shop, Role::Viewer).await);
    app.invite(&owner, town, "ben@example.com", Role::Viewer).await;
    let person =
        ContactForm { name: "Bongani".to_owned(), email: "b@example.com".to_owned(), ..ContactForm::default() };
    contact::create(&owner, deep, person).await.unwrap();
    let sale = CampaignForm { name: "Sale".to_owned(), text: "20% off".to_owned(), tag: String::new(), version: None };
    service::campaign::create(&owner, shop, sale).await.unwrap();
    let gone = account::preview_delete(&owner, town).await.unwrap();
    let expected = [
        (Resource::Account, 2),
        (Resource::Member, 1),
        (Resource::Invitation, 1),
        (Resource::Contact, 1),
        (Resource::Campaign, 1),
    ];
    assert_eq!(gone, expected.into_iter().collect());
    for name in ["", "cape town", "Shop"] {
        assert!(problem(account::delete(&owner, town, form(name)).await).fields().is_some(), "{name}");
    }
    account::delete(&owner, town, form("Cape Town")).await.unwrap();
    for place in [town, shop, deep] {
        assert_eq!(problem(organisation::standing(&owner, place).await), Problem::NotFound);
        assert_eq!(problem(organisation::standing(&ana.ctx, place).await), Problem::NotFound);
    }
    assert_eq!(user::profile(&ana.ctx).await.unwrap().accounts, []);
    assert_eq!(names(&app, app.account, "").await.len(), 1);
}

async fn the_first_stays(on: Kind) {
    let app = App::new(on).await;
    assert_eq!(problem(account::delete(&app.owner().ctx, app.account, form("Acme")).await).status(), 409);
}

async fn admins_go_by_the_owner_alone(on: Kind) {
    let app = App::new(on).await;
    let town = app.account_below(app.account, "Cape Town").await;
    let (admin, _local) = (app.admin().await, app.join(town, Role::Admin).await);
    let refused = account::delete(&admin.ctx, town, form("Cape Town")).await;
    assert_eq!(problem(refused), Problem::Refused(Refusal::AdminByOwnerOnly));
    assert!(account::delete(&app.owner().ctx, town, form("Cape Town")).await.is_ok());
}
