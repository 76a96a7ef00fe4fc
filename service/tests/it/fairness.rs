//! Nobody stops the others by reading much.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{ContactFilter, ContactForm, Problem};
use sea_orm::ConnectionTrait;
use service::contact;

on_both_databases!(forty_searches_of_one_member);

async fn forty_searches_of_one_member(on: Kind) {
    let app = App::new(on).await;
    let (ana, stranger) = (app.member().await, app.stranger().await);
    let list = || contact::list(&ana.ctx, app.account, ContactFilter::default());
    list().await.unwrap();
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
    // Two at once, ten that wait, and those whose turn came meanwhile. On PostgreSQL they come one by one, after
    // their rights were read.
    assert!(refused.len() <= 28 && (on == Kind::Postgres || refused.len() >= 14), "{}", refused.len());
}

/// The server itself ends what takes too long, whether or not anybody waits for it. For SQLite see
/// `database/expensive.rs`.
#[tokio::test]
async fn postgres_ends_a_read_at_its_deadline() {
    let app = App::new(Kind::Postgres).await;
    let owner = app.owner().ctx;
    let form = ContactForm { name: "Ana".to_owned(), email: "ana@example.com".to_owned(), ..ContactForm::default() };
    contact::create(&owner, app.account, form).await.unwrap();
    let slow = "ALTER TABLE contact RENAME TO contact_rows;
                CREATE VIEW contact AS SELECT contact_rows.* FROM contact_rows, pg_sleep(600)";
    app.service.database.for_migrations().execute_unprepared(slow).await.unwrap();
    let read = contact::list(&owner, app.account, ContactFilter::default()).await;
    assert_eq!(problem(read), Problem::TooSlow);
}
