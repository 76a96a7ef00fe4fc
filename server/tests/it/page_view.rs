//! Whoever looks at a page is accused of nothing, whoever looked at it before.

use crate::support::{App, Browser, Ids, Kind, address, on_sqlite, pages};
use model::{AccessFilter, Outcome, Role, SecondFactorWithin};

on_sqlite!(in_any_order, while_roles_are_the_owners, without_the_second_factor);

/// Everybody who may be somewhere in the organisation, and some who may not.
async fn readers(app: &App) -> Vec<Browser> {
    let mut readers = vec![app.owner().browser.clone()];
    for role in [Role::Admin, Role::Member, Role::Viewer, Role::Custom] {
        readers.push(app.join(role).await.browser);
    }
    readers.push(app.suspended().await.browser);
    readers.push(app.removed().await.browser);
    readers.push(app.sign_up("Globex").await.browser);
    readers.push(app.browser());
    readers
}

/// What was refused in the owner's organisation.
async fn refusals(app: &App) -> Vec<String> {
    let owner = app.owner();
    let filter = AccessFilter { outcome: Some(Outcome::Refused), ..AccessFilter::default() };
    let page = service::access_log::list(&app.context(owner.user), owner.account, filter).await.unwrap();
    page.rows.iter().map(|entry| format!("{}: {:?} {}", entry.path, entry.who.name, entry.what)).collect()
}

/// Everybody opens every page, each after everybody else.
async fn assert_nobody_is_accused(app: &App, ids: &[Ids]) {
    let readers = readers(app).await;
    for route in pages() {
        for ids in ids {
            let path = address(&route, ids);
            for reader in readers.iter().chain(readers.iter().rev()) {
                reader.get(&path).await;
            }
            assert_eq!(refusals(app).await, [""; 0], "{path}");
        }
    }
}

async fn in_any_order(on: Kind) {
    let app = App::new(on).await;
    let ids = app.all_rows().await;
    let below = ids.clone().with("account", ids.get("child"));
    assert_nobody_is_accused(&app, &[ids, below]).await;
}

async fn while_roles_are_the_owners(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    service::policy::make_safer(&app.context(owner.user), owner.account).await.unwrap();
    assert_nobody_is_accused(&app, &[app.all_rows().await]).await;
}

async fn without_the_second_factor(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let soon = model::PolicyPoint::SecondFactor(SecondFactorWithin::Days(14));
    service::policy::update(&app.context(owner.user), owner.account, soon).await.unwrap();
    assert_nobody_is_accused(&app, &[app.all_rows().await]).await;
}
