//! An installation of its own for every test, and the people in it.

mod accounts;
mod app;
mod clock;
mod database;
mod entries;
mod give_up;
mod proxy;
mod smtp;

pub use app::{App, PASSWORD, Person, Setup, accept_form, secret_in, sign_up_form};
pub use database::Kind;
pub use entries::Expected;
pub use give_up::{give_up_after, push_on};
pub use smtp::{Answer, SmtpServer};

use model::{Problem, RequestId};
use std::future::Future;

/// Makes of every named `async fn(Kind)` a test on each of the two databases.
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn sqlite() {
                crate::support::run($crate::support::Kind::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                crate::support::run($crate::support::Kind::Postgres, super::$name);
            }
        }
    )+};
}
pub(crate) use on_both_databases;

pub fn run<F: Future<Output = ()>>(kind: Kind, test: impl FnOnce(Kind) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        test(kind).await;
        database::drop_created().await;
    });
}

/// What the user reads instead of a result.
#[track_caller]
pub fn problem<T>(result: service::Result<T>) -> Problem {
    match result {
        Ok(_) => panic!("this was carried out, and should not have been"),
        Err(error) => {
            if !matches!(error, service::Error::Problem(_)) {
                eprintln!("{error:?}");
            }
            error.into_problem(RequestId(uuid::Uuid::nil()))
        }
    }
}
