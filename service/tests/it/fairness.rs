//! Nobody stops the others by reading much.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{ContactFilter, Problem};
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
