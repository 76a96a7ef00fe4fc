//! An installation of its own for every test, reached as browsers reach it.

mod answer;
mod app;
mod browser;
mod fixtures;
mod page_form;
mod people;
mod process;
mod random;
mod rest;
mod stream;

#[path = "../../../../service/tests/it/support/database.rs"]
mod database;
#[path = "../../../../service/tests/it/support/proxy.rs"]
#[expect(dead_code, reason = "these tests do not count what is asked of the database")]
mod proxy;

#[path = "../../../../service/tests/it/support/sms_gateway.rs"]
#[expect(dead_code, reason = "what it does when it fails is tested with the service")]
mod sms_gateway;

pub use answer::Answer;
pub use app::{App, OUTBOX_TOKEN, Setup};
pub use browser::{Browser, fields};
pub(crate) use database::on_both_databases;
pub use database::{Kind, fresh, run};
pub use fixtures::{Function, Ids, address, function, functions, pages};
pub use page_form::PageForm;
pub use people::{PASSWORD, Person, code_at};
pub use process::{Process, run_to_end, secret_file, send};
pub use random::Random;
pub use sms_gateway::FakeSmsGateway;
pub use stream::Stream;

/// Names and values of a form.
pub type Fields = Vec<(String, String)>;

/// Makes of every named `async fn(Kind)` a test, where the database makes no difference.
macro_rules! on_sqlite {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn sqlite() {
                crate::support::run($crate::support::Kind::Sqlite, super::$name);
            }
        }
    )+};
}
pub(crate) use on_sqlite;
