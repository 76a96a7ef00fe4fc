//! The switcher: the accounts that are open to somebody, in all their organisations.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{Account, NewOrganisation, Problem, Role, UpdateOrganisation, limit};
use service::{Context, account, organisation, user};

on_both_databases!(
    found_by_a_part_of_a_name,
    what_was_found_says_where_it_lies,
    a_search_shows_so_many,
    closed_ones_above_are_shown,
    a_large_organisation_hides_no_other,
    an_organisation_bears_its_new_name
);

async fn found_by_a_part_of_a_name(on: Kind) {
    let app = App::new(on).await;
    let town = app.account_below(app.account, "Cape Town").await;
    app.account_below(app.account, "Durban").await;
    let local = app.join(town, Role::Viewer).await;
    let found = |accounts: Vec<Account>| accounts.into_iter().map(|account| account.name).collect::<Vec<_>>();
    let of_owner = account::search_open(&app.owner().ctx, "town").await.unwrap();
    assert_eq!(found(of_owner), ["Cape Town"]);
    assert_eq!(found(account::search_open(&app.owner().ctx, "ACME").await.unwrap()), ["Acme", "Cape Town", "Durban"]);
    assert_eq!(found(account::search_open(&local.ctx, "acme").await.unwrap()), ["Cape Town"]);
    assert!(account::search_open(&app.stranger().await.ctx, "town").await.unwrap().is_empty());
    assert_eq!(problem(account::search_open(&app.anonymous(), "town").await), Problem::SignedOut);
}

async fn closed_ones_above_are_shown(on: Kind) {
    let app = App::new(on).await;
    let west = app.account_below(app.account, "West").await;
    let town = app.account_below(west, "Cape Town").await;
    app.account_below(west, "Stellenbosch").await;
    app.account_below(town, "Shop").await;
    let local = app.join(town, Role::Viewer).await;
    let accounts = user::profile(&local.ctx).await.unwrap().accounts;
    let seen: Vec<_> = accounts.iter().map(|account| (account.name.as_str(), account.depth, account.open)).collect();
    assert_eq!(seen, [("Acme", 0, false), ("West", 1, false), ("Cape Town", 2, true), ("Shop", 3, true)]);
}

/// Two accounts of one name are told apart, and nobody learns what lies beside them.
async fn what_was_found_says_where_it_lies(on: Kind) {
    let app = App::new(on).await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let (in_west, in_east) = (app.account_below(west, "Cape Town").await, app.account_below(east, "Cape Town").await);
    let above = async |ctx: &Context| {
        let mut found = account::search_open(ctx, "cape").await.unwrap();
        found.sort_by_key(|account| account.id);
        found.into_iter().map(|account| (account.id, account.above.join(" / "))).collect::<Vec<_>>()
    };
    let both = [(in_west, "Acme / West".to_owned()), (in_east, "Acme / East".to_owned())];
    assert_eq!(above(&app.owner().ctx).await, both);
    let local = app.join(in_west, Role::Viewer).await;
    assert_eq!(above(&local.ctx).await, both[..1]);
    assert!(account::search_open(&local.ctx, "west").await.unwrap().is_empty(), "what is above cannot be entered");
}

async fn a_search_shows_so_many(on: Kind) {
    let app = App::new(on).await;
    for number in 0..=limit::FOUND_ACCOUNTS {
        app.account_below(app.account, &format!("Shop {number}")).await;
    }
    let found = account::search_open(&app.owner().ctx, "shop").await.unwrap();
    assert_eq!(found.len() as u64, limit::FOUND_ACCOUNTS);
}

async fn a_large_organisation_hides_no_other(on: Kind) {
    let app = App::new(on).await;
    let ctx = app.owner().ctx;
    for number in 0..100 {
        app.account_below(app.account, &format!("Shop {number}")).await;
    }
    let second = organisation::create(&ctx, NewOrganisation { name: "Southwind".to_owned() }).await.unwrap();
    let profile = user::profile(&ctx).await.unwrap();
    let of_first = |account: &&Account| account.organisation_name == "Acme";
    assert_eq!(profile.accounts.iter().filter(of_first).count(), 100);
    assert_eq!(profile.accounts.last().map(|account| account.id), Some(second));
    assert_eq!(profile.more_in, [profile.accounts[0].organisation], "the one that is not all there");
    let last = account::search_open(&ctx, "shop 99").await.unwrap();
    assert_eq!(last[0].name, "Shop 99", "the others are found");
}

async fn an_organisation_bears_its_new_name(on: Kind) {
    let app = App::new(on).await;
    let ctx = app.owner().ctx;
    let details = organisation::get(&ctx, app.account).await.unwrap().details;
    let form = UpdateOrganisation { name: "Acme Africa".to_owned(), ..details };
    organisation::update(&ctx, app.account, form).await.unwrap();
    let accounts = user::profile(&ctx).await.unwrap().accounts;
    assert_eq!((&*accounts[0].organisation_name, &*accounts[0].name), ("Acme Africa", "Acme Africa"));
}
