//! Nobody stops the others by reading or writing much.

use crate::support::{App, Kind, on_both_databases, problem, run};
use model::{ContactFilter, ContactForm, ContactId, Problem};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, TransactionTrait};
use service::contact;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::task::JoinSet;

on_both_databases!(forty_searches_of_one_member, others_go_between_many_changes);

async fn forty_searches_of_one_member(on: Kind) {
    let app = App::new(on).await;
    let (ana, stranger) = (app.member().await, app.stranger().await);
    let list = || contact::list(&ana.ctx, app.account, ContactFilter::default());
    let searches = futures::future::join_all((0..40).map(|_| list()));
    let others = async {
        for _ in 0..5 {
            contact::list(&stranger.ctx, stranger.account, ContactFilter::default()).await.unwrap();
            contact::list(&app.owner().ctx, app.account, ContactFilter::default()).await.unwrap();
            service::user::profile(&stranger.ctx).await.unwrap();
        }
    };
    let (answers, ()) = futures::join!(searches, others);
    let refused: Vec<Problem> = answers.into_iter().filter(Result::is_err).map(problem).collect();
    assert!(refused.iter().all(|problem| matches!(problem, Problem::TooMany { .. })), "{refused:?}");
    // Two at once, ten that wait, and those whose turn came meanwhile: as many as were quick.
    assert!(refused.len() <= 28, "{}", refused.len());
}

fn ben() -> ContactForm {
    ContactForm { name: "Ben".to_owned(), email: "ben@example.com".to_owned(), ..ContactForm::default() }
}

/// Adds so many contacts at once; the number is of those that are added by now.
fn add_many(to: &App, many: usize) -> (JoinSet<service::Result<ContactId>>, Arc<AtomicUsize>) {
    let (mut changes, added) = (JoinSet::new(), Arc::new(AtomicUsize::new(0)));
    for _ in 0..many {
        let (ctx, account, added) = (to.owner().ctx, to.account, Arc::clone(&added));
        changes.spawn(async move {
            let contact = contact::create(&ctx, account, ben()).await;
            added.fetch_add(1, Ordering::SeqCst);
            contact
        });
    }
    (changes, added)
}

/// Whoever comes last waits for one change of every other organisation, and not for all of them.
async fn others_go_between_many_changes(on: Kind) {
    const MANY: usize = 300;
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    contact::create(&stranger.ctx, stranger.account, ben()).await.unwrap();
    let (changes, added) = add_many(&app, MANY);
    while added.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    contact::create(&stranger.ctx, stranger.account, ben()).await.unwrap();
    let added = added.load(Ordering::SeqCst);
    assert!(added < MANY * 2 / 3, "{added} went before");
    assert!(changes.join_all().await.iter().all(Result::is_ok));
}

/// A large change of the organisation that goes on, in PostgreSQL.
struct Large {
    transaction: DatabaseTransaction,
}

impl Large {
    async fn begin(app: &App) -> Self {
        let organisation = service::organisation::standing(&app.owner().ctx, app.account).await.unwrap().organisation;
        let transaction = app.service.database.for_migrations().begin().await.unwrap();
        let key = organisation.0.as_u64_pair().0.cast_signed();
        transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({key})")).await.unwrap();
        Self { transaction }
    }

    /// How many others wait for it, in the database.
    async fn waiting(&self) -> i64 {
        let sql = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        let statement = Statement::from_string(self.transaction.get_database_backend(), sql);
        self.transaction.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }
}

/// Changes of an organisation wait for each other in the database, where each has a connection meanwhile.
#[test]
fn postgres_changes_that_wait_leave_the_others_served() {
    run(Kind::Postgres, async |on| {
        let app = App::new(on).await;
        let stranger = app.stranger().await;
        let large = Large::begin(&app).await;
        let (changes, _) = add_many(&app, 40);
        while large.waiting().await == 0 {}
        for _ in 0..20 {
            service::user::profile(&stranger.ctx).await.unwrap();
            let id = contact::create(&stranger.ctx, stranger.account, ben()).await.unwrap();
            contact::get(&stranger.ctx, stranger.account, id).await.unwrap();
            // Nor does a read of the organisation itself wait.
            contact::list(&app.owner().ctx, app.account, ContactFilter::default()).await.unwrap();
        }
        large.transaction.commit().await.unwrap();
        assert!(changes.join_all().await.iter().all(Result::is_ok));
    });
}

/// Whoever goes away gives the place back when the wait for the lock has really ended, or a few who come and go would
/// have all connections.
#[test]
fn postgres_changes_that_nobody_waits_for() {
    run(Kind::Postgres, async |on| {
        let app = App::new(on).await;
        let stranger = app.stranger().await;
        let large = Large::begin(&app).await;
        for _ in 0..10 {
            let (mut changes, _) = add_many(&app, 2);
            while large.waiting().await < 2 {}
            changes.shutdown().await;
        }
        assert_eq!(large.waiting().await, 2);
        contact::create(&stranger.ctx, stranger.account, ben()).await.unwrap();
        large.transaction.commit().await.unwrap();
        contact::create(&app.owner().ctx, app.account, ben()).await.unwrap();
    });
}

/// Reading contacts takes ten minutes from now on.
async fn slow_down(app: &App) {
    let form = ContactForm { name: "Ana".to_owned(), email: "ana@example.com".to_owned(), ..ContactForm::default() };
    contact::create(&app.owner().ctx, app.account, form).await.unwrap();
    let slow = "ALTER TABLE contact RENAME TO contact_rows;
                CREATE VIEW contact AS SELECT contact_rows.* FROM contact_rows, pg_sleep(600)";
    app.service.database.for_migrations().execute_unprepared(slow).await.unwrap();
}

/// The server itself ends what takes too long, whether or not anybody waits for it. For SQLite see
/// `database/expensive.rs`.
#[test]
fn postgres_ends_a_read_at_its_deadline() {
    run(Kind::Postgres, async |on| {
        let app = App::new(on).await;
        slow_down(&app).await;
        let read = contact::list(&app.owner().ctx, app.account, ContactFilter::default()).await;
        assert_eq!(problem(read), Problem::TooSlow);
    });
}

#[test]
fn postgres_ends_a_read_that_nobody_waits_for() {
    run(Kind::Postgres, async |on| {
        let app = App::new(on).await;
        slow_down(&app).await;
        let owner = app.owner().ctx;
        tokio::select! {
            _ = contact::list(&owner, app.account, ContactFilter::default()) => panic!("it takes ten minutes"),
            () = is_running(&app) => {}
        }
        // This waits until nobody reads the view any more.
        let as_before = "SET lock_timeout = '1min'; DROP VIEW contact; ALTER TABLE contact_rows RENAME TO contact";
        app.service.database.for_migrations().execute_unprepared(as_before).await.unwrap();
        let contacts = contact::list(&owner, app.account, ContactFilter::default()).await.unwrap();
        assert_eq!(contacts.rows.len(), 1);
    });
}

/// Waits until PostgreSQL carries out a read that takes ten minutes.
async fn is_running(app: &App) {
    let db = app.service.database.for_migrations();
    let sql = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
    let running = || db.query_one_raw(Statement::from_string(db.get_database_backend(), sql));
    while running().await.unwrap().is_none() {}
}
