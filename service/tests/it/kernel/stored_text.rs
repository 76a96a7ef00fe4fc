//! What was stored before text had one form is brought into it at start.

use crate::support::{App, Kind, on_both_databases};
use model::{
    CampaignForm, ContactFilter, ContactForm, InvitationFilter, InviteMembers, MemberFilter, Role, RoleForm, tag_list,
};
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use service::{Context, account, campaign, contact, email_change, invitation, member, role, stored_text};
use std::sync::Arc;

on_both_databases!(names, roles_of_one_name, addresses, tags_of_campaigns, contacts_and_their_tags);

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

/// A server of the former version that still runs in a rolling restart renames an account in the middle of it.
#[tokio::test]
async fn renamed_meanwhile() {
    let app = App::new(Kind::Postgres).await;
    as_before(&app).await;
    let db = app.service.database.for_migrations();
    let former = db.begin().await.unwrap();
    former.execute_unprepared("UPDATE account SET name = 'New'").await.unwrap();
    let waits = async {
        let waiting = "SELECT 1 FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE%'";
        let waiting = Statement::from_string(db.get_database_backend(), waiting);
        while db.query_one_raw(waiting.clone()).await.unwrap().is_none() {
            tokio::task::yield_now().await;
        }
        former.commit().await.unwrap();
    };
    tokio::join!(normalise(&app), waits);
    assert_eq!(account::list(&app.owner().ctx, app.account, "").await.unwrap().rows[0].name, "New");
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
    let invite = InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Viewer,
        also: Vec::new(),
        permissions: "".into(),
    };
    invitation::invite(&owner.ctx, app.account, invite).await.unwrap();
    app.sql("UPDATE invitation SET email = 'ben@xn--bcher-kva.example'", Vec::new()).await;
    app.sql(r#"UPDATE "user" SET email = 'olga@xn--bcher-kva.example'"#, Vec::new()).await;
    normalise(&app).await;
    let page = invitation::list(&owner.ctx, app.account, InvitationFilter::default()).await.unwrap();
    assert_eq!(page.rows[0].email, "ben@bücher.example");
    assert_eq!(email_change::get(&owner.ctx).await.unwrap().email, "olga@bücher.example");
    // Where somebody else has the other spelling, both stay.
    let other = app.stranger().await;
    let row = |text: &str, id| vec![text.into(), id];
    app.sql(r#"UPDATE "user" SET email = $1 WHERE id = $2"#, row("olga@xn--bcher-kva.example", other.user.into()))
        .await;
    normalise(&app).await;
    assert_eq!(email_change::get(&other.ctx).await.unwrap().email, "olga@xn--bcher-kva.example");
}

/// "zoé" as it was typed on a keyboard that writes the accent apart.
const DECOMPOSED: &str = "zoe\u{301}";

async fn tags_of_campaigns(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let form = CampaignForm { name: "Sale".to_owned(), text: "20% off".to_owned(), tag: "x".to_owned(), version: None };
    let id = campaign::create(&owner, app.account, form).await.unwrap();
    app.sql("UPDATE campaign SET tag = $1", vec![DECOMPOSED.into()]).await;
    as_before(&app).await;
    normalise(&app).await;
    assert_eq!(campaign::get(&owner, app.account, id).await.unwrap().campaign.tag, "zoé");
}

async fn contacts_and_their_tags(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (name, email) = (String::from("x"), String::from("x@example.com"));
    let form = ContactForm { name, email, tags: "a, b, zoé".to_owned(), ..ContactForm::default() };
    let id = contact::create(&owner, app.account, form).await.unwrap();
    app.sql("UPDATE contact_tag SET tag = $1 WHERE tag = 'a'", vec![DECOMPOSED.into()]).await;
    app.sql("UPDATE contact_tag SET tag = $1 WHERE tag = 'b'", vec!["u\u{308}ber".into()]).await;
    let sql = "UPDATE contact SET name = $1, email = $2, search_text = ''";
    app.sql(sql, vec!["Zoe\u{301}".into(), "x@xn--bcher-kva.example".into()]).await;
    // Several rounds, of which the first may be the last.
    app.contact_rows(1_100).await;
    let system = Context::system(Arc::clone(&app.service), model::Job::SendMessages).unwrap();
    while contact::index_some(&system).await.unwrap() {}
    let personal = contact::get(&owner, app.account, id).await.unwrap().personal.unwrap();
    assert_eq!((personal.name.as_str(), personal.email.as_str()), ("Zoé", "x@bücher.example"));
    for tag in ["zoé", "über"] {
        let filter = ContactFilter { tag: tag.to_owned(), ..ContactFilter::default() };
        let tagged = contact::list(&owner, app.account, filter).await.unwrap();
        assert_eq!(tagged.rows[0].tags, tag_list("zoé, über"), "{tag}");
    }
}
