//! An installation on a file of its own, with one organisation in it.

use migrations::{Migrator, MigratorTrait};
use model::{Password, RequestId, SignUp};
use service::{
    Actor, Context, Database, Mailer, MasterKey, Request, Service, Settings, SmsGateway, SystemClock,
    sign_up::{self, SignUpOutcome},
};
use std::path::Path;

/// The owner's context, on a file in this folder.
pub async fn owner(folder: &Path) -> Context {
    let database = Database::open(&format!("sqlite://{}/bench.db", folder.display())).await.unwrap();
    Migrator::up(database.for_migrations(), None).await.unwrap();
    let settings = Settings {
        public_url: "http://localhost".to_owned(),
        open_sign_up: true,
        new_organisation_invitations: 10_000,
        api_rate: 6_000,
        sms_countries: Vec::new(),
        sms_guard_records_only: false,
        master_key: MasterKey::new([7; 32]),
    };
    let service = Service::new(settings, database, Mailer::local(), SmsGateway::local(), Box::new(SystemClock));
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
    let SignUpOutcome::Founder(user) = sign_up::ask(&anonymous, form).await.unwrap() else {
        unreachable!("the first is the founder")
    };
    Context::new(service, request, Actor::User(user))
}
