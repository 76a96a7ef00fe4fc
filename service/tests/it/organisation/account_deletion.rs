//! What becomes of all that lay in a deleted account.

use crate::support::{App, Kind, Person, give_up_after, on_both_databases, problem, run};
use model::{
    AccountForm, AccountId, CampaignForm, ContactFilter, ContactForm, DeleteOrganisation, Permission, Problem,
    Resource, Role,
};
use sea_orm::{ConnectionTrait, Statement};
use service::{Context, account, contact, deletion, organisation};
use std::sync::Arc;

on_both_databases!(piece_by_piece, out_of_sight_at_once, with_its_organisation, not_before_those_above);

const CONTACTS: i64 = 1_200;

async fn number(app: &App, sql: &str) -> i64 {
    let db = app.service.database.for_migrations();
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

async fn contacts(app: &App) -> i64 {
    number(app, "SELECT COUNT(*) FROM contact").await
}

/// Accounts as rows, deleted ones among them.
async fn accounts(app: &App) -> i64 {
    number(app, "SELECT COUNT(*) FROM account").await
}

fn named(name: &str) -> AccountForm {
    AccountForm { name: name.to_owned() }
}

async fn delete(by: &Person, account: AccountId, name: &str) {
    account::delete(&by.ctx, account, named(name)).await.unwrap();
}

fn system(app: &App) -> Context {
    Context::system(Arc::clone(&app.service), model::Job::DeleteExpired).unwrap()
}

/// An account with a campaign, and more contacts than one transaction deletes.
async fn town(app: &App) -> AccountId {
    let town = app.account_below(app.account, "Cape Town").await;
    let owner = app.owner().ctx;
    let sale = CampaignForm { name: "Sale".to_owned(), text: "20% off".to_owned(), tag: String::new(), version: None };
    service::campaign::create(&owner, town, sale).await.unwrap();
    let form = ContactForm {
        name: "Ben".to_owned(),
        email: "b@example.com".to_owned(),
        tags: "vip".to_owned(),
        ..Default::default()
    };
    contact::create(&owner, town, form).await.unwrap();
    let id = match app.service.database.for_migrations().get_database_backend() {
        sea_orm::DbBackend::Postgres => "gen_random_uuid()",
        _ => "randomblob(16)",
    };
    let sql = format!(
        "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {CONTACTS})
         INSERT INTO contact (id, organisation_id, account_id, name, mobile, email, search_text, created_at, updated_at)
         SELECT {id}, c.organisation_id, c.account_id, c.name, '', c.email, c.search_text, i, i FROM n, contact c"
    );
    app.sql(&sql, Vec::new()).await;
    assert_eq!(contacts(app).await, CONTACTS);
    town
}

/// No transaction holds the one writer for as long as all of it takes; whoever goes on does so where the last one was
/// killed.
async fn piece_by_piece(on: Kind) {
    let app = App::new(on).await;
    let (owner, stranger) = (app.owner(), app.stranger().await);
    let town = town(&app).await;
    let before = accounts(&app).await;
    delete(&owner, town, "Cape Town").await;
    assert_eq!(contacts(&app).await, CONTACTS, "that change deletes none of them");
    let system = system(&app);
    let mut left = CONTACTS;
    let mut pieces = 0;
    loop {
        give_up_after(3, account::purge_some(&system)).await;
        let more = account::purge_some(&system).await.unwrap();
        contact::list(&stranger.ctx, stranger.account, ContactFilter::default()).await.unwrap();
        let now = contacts(&app).await;
        assert!(left - now <= 600, "a few pieces at most: {left}, {now}");
        left = now;
        pieces += 1;
        if !more {
            break;
        }
    }
    assert!(pieces > 2);
    assert_eq!((left, accounts(&app).await), (0, before - 1));
    for table in ["contact_tag", "campaign"] {
        assert_eq!(number(&app, &format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
    }
    if on == Kind::Sqlite {
        assert_eq!(number(&app, "SELECT COUNT(*) FROM contact_search").await, 0);
    }
}

async fn out_of_sight_at_once(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let town = town(&app).await;
    let key = app.key_in(town, &owner, "contact").await;
    let ana = app.join(town, Role::Admin).await;
    let secret = app.invite(&owner.ctx, town, "ben@example.com", Role::Viewer).await;
    delete(&owner, town, "Cape Town").await;
    for ctx in [&owner.ctx, &ana.ctx] {
        assert_eq!(problem(organisation::standing(ctx, town).await), Problem::NotFound);
        assert_eq!(problem(contact::list(ctx, town, ContactFilter::default()).await), Problem::NotFound);
        assert_eq!(problem(account::create(ctx, town, named("Shop")).await), Problem::NotFound);
        assert_eq!(problem(account::delete(ctx, town, named("Cape Town")).await), Problem::NotFound);
        assert!(ctx.access(town, Permission::AccountRead).await.is_err());
    }
    assert_eq!(problem(app.with_key(&key.secret).await), Problem::UnknownKey);
    assert!(service::invitation::open(&app.anonymous(), &secret).await.is_err());
    let tree = account::list(&owner.ctx, app.account, "").await.unwrap();
    assert_eq!(tree.rows.len(), 1);
    assert_eq!(account::choices(&owner.ctx, app.account).await.unwrap().len(), 1);
    let below = account::preview_delete(&owner.ctx, app.account).await.unwrap();
    assert_eq!((below.count(Resource::Contact), below.count(Resource::Account)), (0, 0));
    let left = deletion::preview(&owner.ctx, app.account).await.unwrap();
    let left = [Resource::Account, Resource::Contact, Resource::Campaign].map(|resource| left.count(resource));
    assert_eq!(left, [1, 0, 0]);
}

async fn with_its_organisation(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let town = town(&app).await;
    delete(&owner, town, "Cape Town").await;
    let form = DeleteOrganisation { name: "Acme".into() };
    deletion::delete(&owner.ctx, app.account, form).await.unwrap();
    app.move_clock(std::time::Duration::from_hours(15 * 24));
    let system = system(&app);
    account::purge_some(&system).await.unwrap();
    while deletion::purge_some(&system).await.unwrap() {}
    assert_eq!((contacts(&app).await, accounts(&app).await), (0, 0));
    assert!(!account::purge_some(&system).await.unwrap());
}

/// An account below one that is moved, and deleted, later.
async fn not_before_those_above(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let north = app.account_below(app.account, "North").await;
    let town = app.account_below(north, "Town").await;
    let shop = app.account_below(town, "Shop").await;
    delete(&owner, shop, "").await;
    delete(&owner, town, "").await;
    delete(&owner, north, "").await;
    let system = system(&app);
    while account::purge_some(&system).await.unwrap() {}
    assert_eq!(accounts(&app).await, 1);
}

/// What names an account is found without reading what belongs to others.
#[test]
fn no_whole_table_is_read() {
    run(Kind::Sqlite, async |on| {
        let app = App::new(on).await;
        let sql = r#"SELECT COUNT(*) FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
            WHERE t.type = 'table' AND f."table" = 'account' AND NOT EXISTS
              (SELECT 1 FROM pragma_index_list(t.name) i, pragma_index_info(i.name) c
               WHERE i.partial = 0 AND c.seqno = 0 AND c.name = f."from")"#;
        assert_eq!(number(&app, sql).await, 0);
    });
    run(Kind::Postgres, async |on| {
        let app = App::new(on).await;
        let sql = "SELECT COUNT(*) FROM pg_constraint f
            WHERE f.contype = 'f' AND f.confrelid = 'account'::regclass AND NOT EXISTS
              (SELECT 1 FROM pg_index i WHERE i.indrelid = f.conrelid AND i.indpred IS NULL AND i.indkey[0] = f.conkey[1])";
        assert_eq!(number(&app, sql).await, 0);
    });
}
