//! What a permission check costs in the process, rights fresh from the version-checked cache.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]
#![expect(clippy::print_stdout, reason = "this is what it is for")]

use migrations::{Migrator, MigratorTrait};
use model::{Password, Permission, RequestId, SignUp};
use service::{Actor, Context, Database, Mailer, Request, Service, Settings, SystemClock};
use std::time::Instant;

const BATCHES: usize = 20_000;
const BATCH: u32 = 50;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&format!("sqlite://{}/bench.db", folder.path().display())).await.unwrap();
    Migrator::up(database.for_migrations(), None).await.unwrap();
    let settings = Settings { public_url: "http://localhost".to_owned(), open_sign_up: true };
    let service = Service::new(settings, database, Mailer::local(), Box::new(SystemClock));
    let request = Request {
        id: RequestId(service.new_id().unwrap()),
        ip: "127.0.0.1".to_owned(),
        user_agent: String::new(),
        method: "GET".to_owned(),
        path: "/".to_owned(),
        time_zone: None,
    };
    let anonymous = Context::new(service.clone(), request.clone(), Actor::Anonymous);
    let form = SignUp {
        first_name: "Thandi".to_owned(),
        last_name: "Dlamini".to_owned(),
        organisation: "Northwind".to_owned(),
        email: "thandi@northwind.example".to_owned(),
        password: Password::new("Correct-horse-7"),
    };
    let user = service::user::sign_up(&anonymous, form).await.unwrap();
    let ctx = Context::new(service, request, Actor::User(user));
    let account = service::user::profile(&ctx).await.unwrap().accounts[0].id;

    let mut nanoseconds = Vec::with_capacity(BATCHES);
    for _ in 0..BATCHES {
        let started = Instant::now();
        for _ in 0..BATCH {
            std::hint::black_box(ctx.access(account, Permission::ContactReadPii).await.unwrap());
        }
        nanoseconds.push(started.elapsed().as_nanos() / u128::from(BATCH));
    }
    nanoseconds.sort_unstable();
    let at = |share: usize| nanoseconds[BATCHES * share / 1000];
    println!("permission check: p50 {} ns, p99 {} ns", at(500), at(990));
}
