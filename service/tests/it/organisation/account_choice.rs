//! One account, and the accounts that a form lets somebody choose from.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{AccountChoice, Permission, Problem, Refusal, Role};
use service::{account, invitation, member};

on_both_databases!(beyond_what_the_page_lists, here_and_below_alone, chosen_in_the_order_of_the_tree, invited_into);

/// What a search finds opens, however many accounts there are.
async fn beyond_what_the_page_lists(on: Kind) {
    let app = App::new(on).await;
    let ctx = app.owner().ctx;
    let mut last = app.account;
    for number in 0..500 {
        last = app.account_below(app.account, &format!("Shop {number:03}")).await;
    }
    let listed = account::list(&ctx, app.account, "").await.unwrap();
    assert!(listed.total == 501 && listed.rows.iter().all(|node| node.id != last));
    let node = account::get(&ctx, app.account, last).await.unwrap();
    assert_eq!((&*node.name, node.parent, node.depth, node.members), ("Shop 499", Some(app.account), 1, 0));
    let choices = account::choices(&ctx, app.account).await.unwrap();
    assert_eq!((choices.len(), choices.last().map(|choice| choice.id)), (501, Some(last)));
    assert_eq!(member::accounts(&ctx, app.account).await.unwrap().len(), 500, "all below");
}

async fn here_and_below_alone(on: Kind) {
    let app = App::new(on).await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let town = app.account_below(west, "Cape Town").await;
    let admin = app.join(west, Role::Admin).await;
    let stranger = app.stranger().await;
    for place in [west, town] {
        assert_eq!(account::get(&admin.ctx, west, place).await.unwrap().id, place);
    }
    for place in [app.account, east, stranger.account] {
        assert_eq!(problem(account::get(&admin.ctx, west, place).await), Problem::NotFound);
    }
    assert_eq!(names(&account::choices(&admin.ctx, west).await.unwrap()), [("West", 1), ("Cape Town", 2)]);
    assert_eq!(problem(account::get(&stranger.ctx, west, town).await), Problem::NotFound);
    assert_eq!(problem(account::choices(&stranger.ctx, west).await), Problem::NotFound);
    let nobody = app.custom("").await;
    let refused = Problem::Refused(Refusal::Permission(Permission::AccountRead));
    assert_eq!(problem(account::get(&nobody.ctx, app.account, town).await), refused);
    assert_eq!(problem(account::choices(&nobody.ctx, app.account).await), refused);
}

async fn chosen_in_the_order_of_the_tree(on: Kind) {
    let app = App::new(on).await;
    let west = app.account_below(app.account, "West").await;
    app.account_below(app.account, "East").await;
    let town = app.account_below(west, "Cape Town").await;
    let ctx = app.owner().ctx;
    let choices = account::choices(&ctx, app.account).await.unwrap();
    assert_eq!(names(&choices), [("Acme", 0), ("East", 1), ("West", 1), ("Cape Town", 2)]);
    account::move_below(&ctx, town, app.account).await.unwrap();
    let choices = account::choices(&ctx, app.account).await.unwrap();
    assert_eq!(names(&choices), [("Acme", 0), ("Cape Town", 1), ("East", 1), ("West", 1)], "at once");
}

/// Wherever in the organisation somebody may invite; of the accounts above and beside, nothing shows.
async fn invited_into(on: Kind) {
    let app = App::new(on).await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    app.account_below(west, "Cape Town").await;
    let shop = app.account_below(east, "Shop").await;
    let admin = app.join(west, Role::Admin).await;
    app.join_too(&admin, shop, Role::Admin).await;
    app.join_too(&admin, app.account, Role::Viewer).await;
    for here in [west, shop] {
        let choices = invitation::accounts(&admin.ctx, here).await.unwrap();
        assert_eq!(names(&choices), [("West", 1), ("Cape Town", 2), ("Shop", 2)]);
    }
    member::suspend(&app.owner().ctx, west, admin.member).await.unwrap();
    assert_eq!(names(&invitation::accounts(&admin.ctx, shop).await.unwrap()), [("Shop", 2)]);
    let refused = Problem::Refused(Refusal::Permission(Permission::MemberInvite));
    assert_eq!(problem(invitation::accounts(&admin.ctx, app.account).await), refused);
    assert_eq!(invitation::accounts(&app.owner().ctx, shop).await.unwrap().len(), 5, "the owner, everywhere");
    let stranger = app.stranger().await;
    assert_eq!(problem(invitation::accounts(&stranger.ctx, west).await), Problem::NotFound);
}

fn names(choices: &[AccountChoice]) -> Vec<(&str, u8)> {
    choices.iter().map(|choice| (&*choice.name, choice.depth)).collect()
}
