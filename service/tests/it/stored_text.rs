//! What was stored before text had one form is brought into it at start.

use crate::support::{App, Kind, on_both_databases};
use model::{InvitationFilter, InviteMembers, MemberFilter, Role, RoleForm};
use service::{account, email, invitation, member, role, stored_text};

on_both_databases!(names, roles_of_one_name, addresses);

async fn as_before(app: &App) {
    for table in ["account", "api_key", "campaign", "organisation", "role", "user"] {
        app.sql(&format!(r#"UPDATE "{table}" SET name_fold = ''"#), Vec::new()).await;
    }
}

async fn normalise(app: &App) {
    stored_text::normalise(&app.service.database).await.unwrap();
}

async fn names(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    app.sql("UPDATE account SET name = $1", vec!["Zoe\u{301}s Straße".into()]).await;
    as_before(&app).await;
    assert!(account::list(&owner, app.account, "zoés").await.unwrap().rows.is_empty());
    for _ in 0..2 {
        normalise(&app).await;
        let found = account::list(&owner, app.account, "ZOÉS STRASSE").await.unwrap();
        assert_eq!(found.rows[0].name, "Zoés Straße");
        let filter = MemberFilter { search: "OLGA".to_owned(), ..MemberFilter::default() };
        assert_eq!(member::list(&owner, app.account, filter).await.unwrap().rows.len(), 1);
    }
}

async fn roles_of_one_name(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    for name in ["One", "Two"] {
        role::create(&owner, app.account, RoleForm { name: name.to_owned(), like: None }).await.unwrap();
    }
    as_before(&app).await;
    app.sql("UPDATE role SET name = $1 WHERE name = 'One'", vec!["Zoe\u{301}".into()]).await;
    app.sql("UPDATE role SET name = $1 WHERE name = 'Two'", vec!["ZOÉ".into()]).await;
    normalise(&app).await;
    assert_eq!(role::choices(&owner, app.account).await.unwrap().len(), 2, "both stay");
    let third = RoleForm { name: "zoé".to_owned(), like: None };
    assert!(role::create(&owner, app.account, third).await.is_err());
}

async fn addresses(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let invite = InviteMembers { emails: "ben@example.com".to_owned(), role: Role::Viewer, also: Vec::new() };
    invitation::invite(&owner.ctx, app.account, invite).await.unwrap();
    app.sql("UPDATE invitation SET email = 'ben@xn--bcher-kva.example'", Vec::new()).await;
    app.sql(r#"UPDATE "user" SET email = 'olga@xn--bcher-kva.example'"#, Vec::new()).await;
    normalise(&app).await;
    let page = invitation::list(&owner.ctx, app.account, InvitationFilter::default()).await.unwrap();
    assert_eq!(page.rows[0].email, "ben@bücher.example");
    assert_eq!(email::get(&owner.ctx).await.unwrap().email, "olga@bücher.example");
    // Where somebody else has the other spelling, both stay.
    let other = app.stranger().await;
    let row = |text: &str, id| vec![text.into(), id];
    app.sql(r#"UPDATE "user" SET email = $1 WHERE id = $2"#, row("olga@xn--bcher-kva.example", other.user.into()))
        .await;
    normalise(&app).await;
    assert_eq!(email::get(&other.ctx).await.unwrap().email, "olga@xn--bcher-kva.example");
}
