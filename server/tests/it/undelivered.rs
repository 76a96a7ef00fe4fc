//! An invitation whose letter cannot be delivered says so, in the page and to programs.

use crate::support::{App, Kind, on_both_databases};
use model::{PermissionSet, Role};
use sea_orm::ConnectionTrait;
use serde_json::Value;

on_both_databases!(said_where_invitations_wait);

async fn said_where_invitations_wait(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    app.invite("ben@example.com", Role::Viewer).await;
    let program = app.browser().with_key(&app.key(owner, PermissionSet::ALL).await);
    let (page, list) = (
        format!("/accounts/{}/members?status=pending", owner.account),
        format!("/v1/accounts/{}/invitations", owner.account),
    );
    for undeliverable in [false, true] {
        let said = owner.browser.get(&page).await.body.contains("be delivered. Check the address");
        let told: Value = program.call_rest("GET", &list, None).await.json();
        assert_eq!((said, &told["items"][0]["undeliverable"]), (undeliverable, &Value::Bool(undeliverable)));
        let sql = "UPDATE invitation SET undeliverable_at = 1";
        app.service.database.for_migrations().execute_unprepared(sql).await.unwrap();
    }
}
