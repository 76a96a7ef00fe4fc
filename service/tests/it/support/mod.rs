//! An installation of its own for every test, and the people in it.

mod accounts;
mod app;
mod clock;
mod database;
mod entries;
mod give_up;
mod proxy;
mod smtp;
mod tombstone;
mod verified;

pub use app::{App, Key, PASSWORD, Person, Setup, accept_form, accepted, secret_in, sign_up_form};
pub(crate) use database::on_both_databases;
pub use database::{Kind, blank, run};
pub use entries::Expected;
pub use give_up::{give_up_after, push_on};
pub use smtp::{Answer, SmtpServer};

use model::{Problem, RequestId};

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
