//! The file with the key of an installation, as the operator meets it.

use crate::support::{Kind, Process, fresh, on_sqlite, run_to_end, secret_file};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

on_sqlite!(made_beside_the_database, missing_or_another);

fn beside(url: &str) -> PathBuf {
    format!("{}.secret", url.strip_prefix("sqlite://").unwrap()).into()
}

async fn start(url: &str, secret: Option<&Path>) -> (i32, String) {
    let secret = secret.map(|path| path.display().to_string());
    let mut settings = vec![("TENANTRY_DATABASE_URL", url), ("TENANTRY_BIND", "192.0.2.1:1")];
    settings.extend([("TENANTRY_ALLOW_INSECURE", "http")]);
    settings.extend(secret.as_deref().map(|path| ("TENANTRY_SECRET_FILE", path)));
    // It never listens at an address of nobody: a good key gets as far as that.
    run_to_end(&["serve"], &settings, Path::new("/")).await
}

async fn made_beside_the_database(on: Kind) {
    let database = fresh(on).await;
    Process::start(&database.url, &[]).await.stop().await;
    let path = beside(&database.url);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let key = fs::read_to_string(&path).unwrap();
    assert_eq!(key.trim().len(), 44, "32 bytes in Base64");
    Process::start(&database.url, &[]).await.stop().await;
    assert_eq!(fs::read_to_string(&path).unwrap(), key, "it stays");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let (_, log) = Process::start(&database.url, &[]).await.stop().await;
    assert!(log.contains("can be read by others"), "{log}");
    assert!(!log.contains(key.trim()), "{log}");
}

async fn missing_or_another(on: Kind) {
    let database = fresh(on).await;
    Process::start(&database.url, &[]).await.stop().await;
    let path = beside(&database.url);
    let away = path.with_extension("away");
    fs::rename(&path, &away).unwrap();
    let (code, text) = start(&database.url, None).await;
    assert_ne!(code, 0);
    assert!(text.contains("TENANTRY_SECRET_FILE") && text.contains("Restore it from the same backup"), "{text}");
    assert!(!path.exists(), "no other key takes its place");
    let (code, text) = start(&database.url, Some(&secret_file())).await;
    assert_ne!(code, 0);
    assert!(text.contains("TENANTRY_SECRET_FILE") && text.contains("not the key"), "{text}");
    fs::write(&path, "nonsense").unwrap();
    let (code, text) = start(&database.url, None).await;
    assert_ne!(code, 0);
    assert!(text.contains("TENANTRY_SECRET_FILE") && text.contains("32 bytes in Base64"), "{text}");
    let (_, text) = start(&database.url, Some(&away)).await;
    assert!(text.contains("cannot listen"), "{text}");
}

/// All replicas need the same, so none of them makes one.
#[test]
fn postgres_needs_one() {
    crate::support::run(Kind::Postgres, async |on| {
        let database = fresh(on).await;
        let (code, text) = start(&database.url, None).await;
        assert_ne!(code, 0);
        assert!(text.contains("TENANTRY_SECRET_FILE") && text.contains("same for all replicas"), "{text}");
        let missing = Path::new("/nowhere/tenantry.secret");
        let (code, text) = start(&database.url, Some(missing)).await;
        assert_ne!(code, 0);
        assert!(text.contains("TENANTRY_SECRET_FILE") && text.contains("is missing"), "{text}");
        let (_, text) = start(&database.url, Some(&secret_file())).await;
        assert!(text.contains("cannot listen"), "{text}");
    });
}
