//! Text messages as an operator sets them up, and what the operator is told of them.

use crate::support::{App, FakeSmsGateway, Kind, Process, Setup, fresh, on_both_databases, on_sqlite, run_to_end};
use clap::Parser;
use model::Phone;
use server::config::{Config, Flags};
use service::{SmsGateway, sms_guard};
use std::path::Path;

on_sqlite!(as_the_readme_sets_it_up);
on_both_databases!(limits_in_the_terminal, limits_beside_a_server);

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    flags: Flags,
}

const README: &str = include_str!("../../../README.md");

/// The settings of the example, which it gives as variables, as flags.
fn example(gateway: &FakeSmsGateway) -> Vec<String> {
    let lines = README.lines().filter_map(|line| line.strip_prefix("    TENANTRY_SMS_")?.split_once('='));
    let flag = |(name, value): (&str, &str)| {
        let value = value.trim_matches('\'').replace("https://api.twilio.com", &gateway.url);
        format!("--sms-{}={value}", name.to_lowercase())
    };
    lines.map(flag).collect()
}

async fn as_the_readme_sets_it_up(on: Kind) {
    let gateway = FakeSmsGateway::start().await;
    let settings = example(&gateway);
    assert_eq!(settings.len(), 5, "{settings:?}");
    let arguments = Arguments::parse_from(["tenantry".to_owned()].into_iter().chain(settings));
    let config = Config::check(arguments.flags).unwrap();
    let app = Setup { sms: SmsGateway::http(config.sms.gateway.unwrap()), ..Setup::on(on) }.app().await;
    app.put_code("+27821234567").await;
    app.deliver().await;
    let requests = gateway.requests();
    let [request] = &requests[..] else { panic!("one request: {requests:?}") };
    assert!(request.starts_with("POST /2010-04-01/Accounts/AC"), "{request}");
    assert!(request.contains("\r\nauthorization: Basic "), "{request}");
    assert!(request.contains("\r\n\r\nTo=%2B27821234567&From=%2B15005550006&Body="), "{request}");
}

async fn limits_in_the_terminal(on: Kind) {
    let app = App::new(on).await;
    let ctx = app.context(app.owner().user);
    for number in 0..4 {
        let phone = Phone::from_e164(format!("+2782123000{number}")).unwrap();
        assert_eq!(sms_guard::allow(&ctx, &phone, service::SmsPurpose::Number, None).await.is_ok(), number < 3);
    }
    let settings = [("TENANTRY_DATABASE_URL", app.database_url()), ("TENANTRY_SMS_COUNTRIES", "ZA, de")];
    let (code, text) = run_to_end(&["sms-guard"], &settings, Path::new("/")).await;
    assert_eq!(code, 0, "{text}");
    for line in
        ["Limits: enforced. Countries: ZA, DE.", "refused by prefix", "+2782123••••", "blocked", "203.0.113.0/24"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("+27821230000"), "{text}");
}

/// The process that holds the database goes on, and nothing is asked of it.
async fn limits_beside_a_server(on: Kind) {
    let database = fresh(on).await;
    let process = Process::start(&database.url, &[]).await;
    let settings = [("TENANTRY_DATABASE_URL", &*database.url), ("TENANTRY_SMS_GUARD", "record")];
    let (code, text) = run_to_end(&["sms-guard"], &settings, Path::new("/")).await;
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("Limits: recorded only. Countries: all."), "{text}");
    assert_eq!(process.stop().await.0, Some(0));
    let none = [("TENANTRY_DATABASE_URL", "sqlite:///proc/none/tenantry.db")];
    let (code, text) = run_to_end(&["sms-guard"], &none, Path::new("/")).await;
    assert!(code != 0 && text.contains("there is no database file"), "{text}");
}
