//! An installation of its own for every test, and the people in it.

mod accounts;
mod app;
mod browser;
mod clock;
mod database;
mod entries;
mod give_up;
mod passkey;
mod proxy;
mod sessions;
mod sms_gateway;
mod smtp;
mod tombstone;
mod verified;

pub use app::{App, Key, PASSWORD, Person, Setup, accept_form, accepted, secret_in, sign_up_form};
pub use browser::{BrowserSession, CHROME, FIREFOX};
pub(crate) use database::on_both_databases;
pub use database::{Kind, blank, run};
pub use entries::Expected;
pub use give_up::{give_up_after, push_on};
pub use passkey::{Device, allowed};
pub use sms_gateway::{FakeSmsGateway, GatewayAnswer};
pub use smtp::{Answer, SmtpServer};

use model::{Problem, RequestId};

/// What the user reads instead of a result.
#[track_caller]
/// What a text says in English.
pub fn en(text: impl model::Text) -> String {
    text.text(model::Locale::En).into_owned()
}

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
