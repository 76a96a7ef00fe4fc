//! Pages, as they come from the server: what is kept from one to the next makes none of them older.

use crate::support::{App, Kind, Wants, on_both_databases};
use model::{AccessFilter, Permission, Role};

on_both_databases!(opened_again, personal_details);

async fn opened_again(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let members = format!("/accounts/{}/members", owner.account);
    owner.browser.get(&members).await;
    let ana = app.join(Role::Member).await;
    assert!(owner.browser.get(&members).await.body.contains(&ana.email));
}

/// The log has an entry for each time, and nothing is shown any more once it may not be seen.
async fn personal_details(on: Kind) {
    let app = App::new(on).await;
    let (owner, ana) = (app.owner(), app.join(Role::Member).await);
    app.fresh(Wants::Contact).await;
    let contacts = format!("/accounts/{}/contacts", owner.account);
    for time in 1..=3 {
        assert!(ana.browser.get(&contacts).await.body.contains("ben@example.com"));
        let filter = AccessFilter { user: Some(ana.user), ..AccessFilter::default() };
        let log = service::access_entry::list(&app.context(owner.user), owner.account, filter).await.unwrap();
        let reads = log.rows.iter().filter(|entry| entry.path == "/contacts" && entry.records == 1);
        assert_eq!(reads.count(), time);
    }
    let ctx = app.context(owner.user);
    let personal = Permission::ContactReadPii.path();
    service::member::switch_permission(&ctx, owner.account, ana.member, personal, false).await.unwrap();
    assert!(!ana.browser.get(&contacts).await.body.contains("ben@example.com"));
}
