//! What an operator sets, and reads when it cannot stand.

use crate::support::run_to_end;
use clap::Parser;
use server::config::{Config, Flags};

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    flags: Flags,
}

/// Runs the binary with these settings in an empty folder.
async fn told(settings: &[(&str, &str)], arguments: &[&str]) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    run_to_end(arguments, settings, folder.path()).await
}

#[tokio::test]
async fn bad_settings_name_their_variable() {
    let bad = [
        ("TENANTRY_BIND", "nonsense"),
        ("TENANTRY_BIND", "localhost"),
        ("TENANTRY_BIND", "127.0.0.1:99999"),
        ("TENANTRY_BIND", ""),
        ("TENANTRY_PUBLIC_URL", "tenantry.example"),
        ("TENANTRY_PUBLIC_URL", "ftp://tenantry.example"),
        ("TENANTRY_PUBLIC_URL", "https://"),
        ("TENANTRY_PUBLIC_URL", "https://tenantry.example/path"),
        ("TENANTRY_PUBLIC_URL", "https://ten antry.example"),
        ("TENANTRY_PUBLIC_URL", "https://ann@tenantry.example"),
        ("TENANTRY_PUBLIC_URL", "https://tenantry.example?x"),
        ("TENANTRY_DATABASE_URL", "mysql://localhost/x"),
        ("TENANTRY_DATABASE_URL", "tenantry.db"),
        ("TENANTRY_DATABASE_URL", "sqlite:///proc/none/tenantry.db"),
        ("TENANTRY_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("TENANTRY_SMTP_URL", "http://localhost"),
        ("TENANTRY_SMTP_URL", "smtp://"),
        ("TENANTRY_SMTP_URL", ""),
        ("TENANTRY_SIGN_UP", "closed"),
        ("TENANTRY_NEW_ORGANISATION_INVITATIONS", "-1"),
        ("TENANTRY_NEW_ORGANISATION_INVITATIONS", "many"),
        ("TENANTRY_OUTBOX_TOKEN", "short"),
        ("TENANTRY_ALLOW_INSECURE", "everything"),
        ("TENANTRY_PROXIES", "-1"),
        ("TENANTRY_PROXIES", "many"),
        ("TENANTRY_API_RATE", "0"),
        ("TENANTRY_API_RATE", "many"),
        ("TENANTRY_API_RATE", "100000001"),
        ("TENANTRY_LOG", "service=shout"),
        ("TENANTRY_SMS_URL", "sms.example"),
        ("TENANTRY_SMS_URL", "https://sid:token@sms.example/{to}/{text}"),
        ("TENANTRY_SMS_COUNTRIES", "ZA,South Africa"),
        ("TENANTRY_SMS_GUARD", "off"),
    ];
    for (variable, value) in bad {
        let command = if variable == "TENANTRY_SMTP_URL" { "serve" } else { "migrate" };
        let (code, text) = told(&[(variable, value)], &[command]).await;
        assert_ne!(code, 0, "{variable}={value}");
        assert!(text.contains(variable), "{variable}={value}: {text}");
        assert!(!text.contains("panicked"), "{variable}={value}: {text}");
    }
}

#[tokio::test]
async fn a_bad_sender_is_named() {
    let settings = [("TENANTRY_SMTP_URL", "smtp://127.0.0.1:9"), ("TENANTRY_MAIL_FROM", "nobody")];
    let (code, text) = told(&settings, &["serve"]).await;
    assert_ne!(code, 0);
    assert!(text.contains("TENANTRY_MAIL_FROM"), "{text}");
}

#[tokio::test]
async fn bad_settings_of_a_gateway_are_named() {
    for (variable, value) in [
        ("TENANTRY_SMS_METHOD", "DELETE"),
        ("TENANTRY_SMS_HEADERS", "Basic hunter2"),
        ("TENANTRY_SMS_BODY", r#"{"to":"{to}"}"#),
        ("TENANTRY_SMS_FROM", ""),
        ("TENANTRY_SMS_ID", "sid"),
    ] {
        let gateway = [
            ("TENANTRY_SMS_URL", "https://sms.example/send?from={from}"),
            ("TENANTRY_SMS_BODY", "To={to}&Body={text}"),
            ("TENANTRY_SMS_FROM", "Acme"),
        ];
        let (code, text) = told(&[&gateway[..], &[(variable, value)]].concat(), &["migrate"]).await;
        assert_eq!(code, 2, "{variable}={value}: {text}");
        assert!(text.contains(&format!("{variable} (--")), "{variable}={value}: {text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[tokio::test]
async fn flags_do_what_variables_do() {
    let (code, text) = told(&[], &["--sign-up", "closed", "migrate"]).await;
    assert_eq!(code, 2);
    assert!(text.contains("--sign-up") && text.contains("open or invited"), "{text}");
    let (code, text) = told(&[("TENANTRY_SIGN_UP", "closed")], &["--sign-up", "invited", "migrate"]).await;
    assert_eq!(code, 0, "a flag goes before its variable: {text}");
}

/// A password in an address is not shown to whoever reads the log.
#[tokio::test]
async fn secrets_are_not_shown() {
    for settings in [
        [("TENANTRY_SMTP_URL", "http://ann:hunter2@localhost"), ("TENANTRY_LOG", "info")],
        [("TENANTRY_DATABASE_URL", "postgres://ann:hunter2@127.0.0.1:1/none"), ("TENANTRY_LOG", "info")],
        [("TENANTRY_DATABASE_URL", "mysql://ann:hunter2@localhost"), ("TENANTRY_LOG", "info")],
        [("TENANTRY_DATABASE_URL", "postgres://ann:hunter2@/none"), ("TENANTRY_LOG", "info")],
        [("TENANTRY_SMS_URL", "https://ann:hunter2@sms.example"), ("TENANTRY_LOG", "info")],
        [("TENANTRY_SMS_URL", "https://sms.example/{to}"), ("TENANTRY_SMS_BODY", "key=hunter2")],
        [("TENANTRY_SMS_URL", "https://sms.example/{to}/{text}"), ("TENANTRY_SMS_HEADERS", "hunter2")],
    ] {
        for arguments in [&["migrate"][..], &["--help"]] {
            let (_, text) = told(&settings, arguments).await;
            assert!(!text.contains("hunter2"), "{text}");
        }
    }
}

#[test]
fn limits_are_as_documented() {
    let config = Config::check(Arguments::parse_from(["tenantry"]).flags).unwrap();
    assert_eq!((config.api_rate, config.new_organisation_invitations), (6_000, 100));
    let document = include_str!("../../../docs/security.md");
    for figure in [
        "`TENANTRY_API_RATE` (6,000 requests a minute for each key)",
        "`TENANTRY_NEW_ORGANISATION_INVITATIONS` (100 a day)",
    ] {
        assert!(document.contains(figure), "{figure}");
    }
}

#[tokio::test]
async fn defaults() {
    let folder = tempfile::tempdir().unwrap();
    let (code, text) = run_to_end(&["migrate"], &[], folder.path()).await;
    assert_eq!(code, 0, "{text}");
    assert!(folder.path().join("data/tenantry.db").exists());
    let (_, help) = told(&[], &["--help"]).await;
    for default in ["127.0.0.1:3000", "default: open", "default: 0"] {
        assert!(help.contains(default), "{default}: {help}");
    }
    let variables = ["BIND", "PUBLIC_URL", "DATABASE_URL", "SMTP_URL", "MAIL_FROM", "SIGN_UP", "PROXIES", "LOG"];
    let variables = variables.into_iter().chain(["NEW_ORGANISATION_INVITATIONS", "SECRET_FILE", "ALLOW_INSECURE"]);
    let sms = ["SMS_URL", "SMS_METHOD", "SMS_HEADERS", "SMS_BODY", "SMS_FROM", "SMS_ID", "SMS_COUNTRIES", "SMS_GUARD"];
    let variables = variables.chain(sms);
    for variable in variables {
        assert!(help.contains(&format!("TENANTRY_{variable}")), "{variable}: {help}");
    }
}

/// The variable that others set goes after our own.
#[tokio::test]
async fn database_url_stands_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let url = |name: &str| format!("sqlite://{}", file(name).display());
    let both = [("TENANTRY_DATABASE_URL", &*url("ours.db")), ("DATABASE_URL", &*url("theirs.db"))];
    assert_eq!(run_to_end(&["migrate"], &both, folder.path()).await.0, 0);
    assert!(file("ours.db").exists() && !file("theirs.db").exists());
    assert_eq!(run_to_end(&["migrate"], &both[1..], folder.path()).await.0, 0);
    assert!(file("theirs.db").exists());
}

/// What would send passwords or sessions readable to another host is refused by name, unless it is allowed.
#[test]
fn nothing_goes_readable_to_another_host() {
    let check = |variable: &str, value: &str, allowed: Option<&str>| {
        let allowed = allowed.map(|names| ["--allow-insecure", names]);
        let words = ["tenantry", variable, value].into_iter().chain(allowed.into_iter().flatten());
        Config::check(Arguments::try_parse_from(words).unwrap().flags).map(drop).map_err(|fault| fault.to_string())
    };
    let refused = [
        ("http", "--public-url", "http://tenantry.example"),
        ("http", "--public-url", "http://192.0.2.1:3000"),
        ("http", "--bind", "0.0.0.0:3000"),
        ("postgres", "--database-url", "postgres://ann:pw@db.example/tenantry"),
        ("postgres", "--database-url", "postgresql://ann:pw@192.0.2.1/tenantry?sslmode=prefer"),
        ("postgres", "--database-url", "postgres://ann:pw@db.example/tenantry?sslmode=disable"),
        ("postgres", "--database-url", "postgres://localhost/tenantry?host=db.example"),
        ("smtp", "--smtp-url", "smtp://ann:pw@mail.example:587"),
        ("smtp", "--smtp-url", "smtp://ann:pw@mail.example:587?tls=opportunistic"),
        ("sms", "--sms-url", "http://sms.example/send?key=pw&to={to}&text={text}"),
        ("sms", "--sms-url", "http://192.0.2.1:8080/{to}/{text}"),
    ];
    for (name, variable, value) in refused {
        let fault = check(variable, value, None).unwrap_err();
        let setting = match name {
            "http" => "TENANTRY_PUBLIC_URL",
            "postgres" => "TENANTRY_DATABASE_URL",
            "sms" => "TENANTRY_SMS_URL",
            _ => "TENANTRY_SMTP_URL",
        };
        assert!(fault.contains(setting), "{value}: {fault}");
        assert!(fault.contains(&format!("TENANTRY_ALLOW_INSECURE={name}")), "{value}: {fault}");
        assert!(!fault.contains("pw"), "{fault}");
        assert_eq!(check(variable, value, Some(name)), Ok(()), "{value}");
        assert_eq!(check(variable, value, Some(" http, smtp ,postgres,sms")), Ok(()), "{value}");
        let others = ["http", "postgres", "smtp", "sms"].into_iter().filter(|other| *other != name).collect::<Vec<_>>();
        assert!(check(variable, value, Some(&others.join(","))).is_err(), "{value}");
    }
    for (variable, value) in [
        ("--public-url", "https://tenantry.example"),
        ("--public-url", "http://localhost:3000"),
        ("--public-url", "http://[::1]:3000"),
        ("--database-url", "sqlite://tenantry.db"),
        ("--database-url", "postgres://ann:pw@127.0.0.1/tenantry"),
        ("--database-url", "postgres://ann:pw@[::1]:5432/tenantry"),
        ("--database-url", "postgres://ann:pw@%2Frun%2Fpostgresql/tenantry"),
        ("--database-url", "postgres:///tenantry?host=/run/postgresql"),
        ("--database-url", "postgres://ann:pw@db.example/tenantry?sslmode=require"),
        ("--database-url", "postgres://ann:pw@db.example/tenantry?sslmode=verify-full&application_name=x"),
        ("--smtp-url", "smtps://ann:pw@mail.example"),
        ("--smtp-url", "smtp://ann:pw@mail.example:587?tls=required"),
        ("--smtp-url", "smtp://mail.example"),
        ("--smtp-url", "smtp://ann:pw@127.0.0.1:25"),
        ("--sms-url", "https://sms.example/send?to={to}&text={text}"),
        ("--sms-url", "http://127.0.0.1:8080/{to}/{text}"),
    ] {
        assert_eq!(check(variable, value, None), Ok(()), "{value}");
    }
}

/// The driver takes from the environment what the address leaves out.
#[tokio::test]
async fn the_environment_names_the_database_too() {
    let start = async |settings: &[(&str, &str)]| {
        let url = [("TENANTRY_DATABASE_URL", "postgres:///tenantry?port=1&user=ann&password=hunter2")];
        told(&[&url, settings].concat(), &["migrate"]).await.1
    };
    for settings in [
        &[("PGHOST", "db.example")][..],
        &[("PGHOSTADDR", "192.0.2.1")],
        &[("PGHOST", "localhost"), ("PGHOSTADDR", "192.0.2.1")],
        &[("PGHOST", "db.example"), ("PGSSLMODE", "prefer")],
    ] {
        let text = start(settings).await;
        assert!(text.contains("TENANTRY_ALLOW_INSECURE=postgres") && !text.contains("hunter2"), "{settings:?}: {text}");
    }
    for settings in [
        &[][..],
        &[("PGHOST", "localhost")],
        &[("PGHOST", "/run/postgresql")],
        &[("PGHOST", "nowhere.invalid"), ("PGSSLMODE", "require")],
        &[("PGHOST", "nowhere.invalid"), ("PGSSLMODE", "VERIFY-FULL")],
    ] {
        let text = start(settings).await;
        assert!(text.contains("TENANTRY_DATABASE_URL") && !text.contains("INSECURE"), "{settings:?}: {text}");
    }
    let url = "postgres://ann:pw@nowhere.invalid/tenantry?sslmode=disable";
    let (_, text) = told(&[("TENANTRY_DATABASE_URL", url), ("PGSSLMODE", "require")], &["migrate"]).await;
    assert!(text.contains("TENANTRY_ALLOW_INSECURE=postgres"), "the address decides: {text}");
}

/// The start itself, as an operator sees it.
#[tokio::test]
async fn a_start_in_the_clear_is_refused() {
    let (code, text) = told(&[("TENANTRY_PUBLIC_URL", "http://tenantry.example")], &["migrate"]).await;
    assert_eq!(code, 2);
    assert!(text.contains("TENANTRY_PUBLIC_URL") && text.contains("TENANTRY_ALLOW_INSECURE=http"), "{text}");
    let allowed = [("TENANTRY_PUBLIC_URL", "http://tenantry.example"), ("TENANTRY_ALLOW_INSECURE", "http")];
    assert_eq!(told(&allowed, &["migrate"]).await.0, 0);
}
