//! The database goes away, and comes back.

use crate::support::{Kind, Setup, fields, run};
use axum::http::StatusCode;
use model::{Problem, Role};

#[test]
fn postgres() {
    run(Kind::Postgres, gone_and_back);
}

async fn gone_and_back(on: Kind) {
    let mut app = Setup { breakable: true, ..Setup::on(on) }.app().await;
    let owner = app.owner().clone();
    let console = format!("/accounts/{}/contacts", owner.account);
    let invitation = format!("/invitations/{}", app.invite("nora@example.com", Role::Viewer).await);
    let here = fields(&[("account", &owner.account.to_string())]);
    let sign_in = fields(&[("form[email]", &owner.email), ("form[password]", "Wrong-Otter-42")]);
    let anonymous = app.browser();

    app.outage.begin().await;
    let (ready, page, home, open, door, call, form) = tokio::join!(
        anonymous.get("/readyz"),
        owner.browser.get(&console),
        owner.browser.get("/"),
        anonymous.get(&invitation),
        anonymous.call("sign_in", &sign_in),
        owner.browser.call("get_overview", &here),
        anonymous.post("/sign-in", "/api/sign_in", &sign_in),
    );
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    for page in [page, home, open, form] {
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{page:?}");
        assert!(page.body.contains("The database can't be reached."), "{page:?}");
        assert!(!page.body.contains(owner.email.as_str()) || page.body.contains("<form"), "{page:?}");
    }
    for call in [door, call] {
        assert_eq!((call.status, call.problem()), (StatusCode::SERVICE_UNAVAILABLE, Problem::Unavailable));
    }
    assert_eq!(anonymous.get("/healthz").await.status, StatusCode::OK, "the process itself is well");

    app.outage.end().await;
    assert_eq!(anonymous.get("/readyz").await.status, StatusCode::OK);
    assert_eq!(owner.browser.get(&console).await.status, StatusCode::OK, "still signed in");
    assert_eq!(anonymous.get(&invitation).await.status, StatusCode::OK);
    assert_eq!(anonymous.call("sign_in", &sign_in).await.problem(), Problem::WrongPassword);
}
