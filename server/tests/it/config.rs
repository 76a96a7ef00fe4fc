//! What an operator sets, and reads when it cannot stand.

use crate::support::run_to_end;

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
        ("TENANTRY_PROXIES", "-1"),
        ("TENANTRY_PROXIES", "many"),
        ("TENANTRY_API_RATE", "0"),
        ("TENANTRY_API_RATE", "many"),
        ("TENANTRY_API_RATE", "100000001"),
        ("TENANTRY_LOG", "service=shout"),
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
    ] {
        for arguments in [&["migrate"][..], &["--help"]] {
            let (_, text) = told(&settings, arguments).await;
            assert!(!text.contains("hunter2"), "{text}");
        }
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
    for variable in ["BIND", "PUBLIC_URL", "DATABASE_URL", "SMTP_URL", "MAIL_FROM", "SIGN_UP", "PROXIES", "LOG"] {
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
