//! Whoever reads the database alone signs in as nobody.

use crate::support::{App, Kind, PASSWORD, on_both_databases};
use model::{ConfirmByCode, ConfirmIdentity, Password, SignInCode};
use sea_orm::Value;
use service::{
    Database, Error, Login, Mailer, MasterKey, Service, Settings, SmsGateway, SystemClock, encryption, second_factor,
};
use std::sync::Arc;

on_both_databases!(nothing_is_readable, what_was_readable_is_encrypted, another_key);

fn by_password() -> ConfirmIdentity {
    ConfirmIdentity { password: Password::new(PASSWORD), code: String::new(), ..ConfirmIdentity::default() }
}

fn code_of(app: &App, key: &str) -> String {
    let key = totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let phone = totp_rs::Builder::new().with_secret(key).build().unwrap();
    phone.generate(u64::try_from(app.service.now().0).unwrap() / 1_000_000).to_string()
}

async fn nothing_is_readable(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    second_factor::begin(&ana.ctx, by_password()).await.unwrap();
    let offer = second_factor::get(&ana.ctx).await.unwrap().offer.unwrap();
    let key = offer.key.replace(' ', "");
    let code = &offer.recovery_codes[0];
    assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4], "16 of 32 letters: 80 bits");
    let stored = app.texts("second_factor_offer", &["key", "recovery_codes"]).await;
    assert!(!stored.contains(&key) && !stored.contains(code.as_str()), "{stored}");
    let typed = ConfirmByCode { code: code_of(&app, &offer.key) };
    second_factor::confirm(&ana.ctx, typed).await.unwrap();
    let stored = app.texts("second_factor", &["key"]).await + &app.texts("recovery_code", &["code_hash"]).await;
    assert!(!stored.contains(&key), "{stored}");
    // The plain hash of a code is no hash of the table: codes cannot be tried without the key.
    let plain = sha256(&code.replace('-', ""));
    assert!(!stored.contains(&plain), "{stored}");
    assert_eq!(stored.matches("v1.").count(), 11, "{stored}");
    // Moved to somebody else's row it opens nothing for them.
    let ben = app.viewer().await;
    app.sql("UPDATE second_factor SET user_id = $1", vec![ben.user.into()]).await;
    let moved = second_factor::sign_in(
        &app.anonymous(),
        Login::first(ben.user),
        SignInCode { code: code_of(&app, &offer.key), ..SignInCode::default() },
    )
    .await;
    assert!(matches!(moved, Err(Error::Encryption(_))), "{moved:?}");
}

fn sha256(text: &str) -> String {
    use base64::Engine;
    use sha2::Digest;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(text))
}

/// Rows from before there was encryption: the app and the recovery codes that people have go on working.
async fn what_was_readable_is_encrypted(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let (key, recovery) = ("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "abcdefghij");
    let insert = "INSERT INTO second_factor (user_id, key, latest_step, created_at, failures, retry_at) VALUES ($1, $2, 0, 0, 0, 0)";
    app.sql(insert, vec![ana.user.into(), key.into()]).await;
    let insert = "INSERT INTO recovery_code (code_hash, user_id) VALUES ($1, $2)";
    app.sql(insert, vec![sha256(recovery).into(), ana.user.into()]).await;
    let insert = "INSERT INTO second_factor_offer (user_id, key, recovery_codes, created_at) VALUES ($1, $2, $3, $4)";
    let values: Vec<Value> =
        vec![ben.user.into(), key.into(), "klmno-pqrst abcde-fghij".into(), app.service.now().into()];
    app.sql(insert, values).await;

    for _ in 0..2 {
        encryption::set_up(&app.service).await.unwrap();
        let stored = app.texts("second_factor", &["key"]).await
            + &app.texts("second_factor_offer", &["key", "recovery_codes"]).await
            + &app.texts("recovery_code", &["code_hash"]).await;
        assert!(![key, "klmno", &sha256(recovery)].iter().any(|plain| stored.contains(plain)), "{stored}");
    }
    let code = async |code: String| {
        second_factor::sign_in(&app.anonymous(), Login::first(ana.user), SignInCode { code, ..SignInCode::default() })
            .await
    };
    code(code_of(&app, key)).await.unwrap();
    code("abcde-fghij".to_owned()).await.unwrap();
    assert!(code("abcde-fghij".to_owned()).await.is_err(), "once");
    let offer = second_factor::get(&ben.ctx).await.unwrap().offer.unwrap();
    assert_eq!((offer.key.replace(' ', "").as_str(), offer.recovery_codes.len()), (key, 2));
    second_factor::confirm(&ben.ctx, ConfirmByCode { code: code_of(&app, key) }).await.unwrap();
}

/// The start is refused, rather than each sign-in.
async fn another_key(on: Kind) {
    let app = App::new(on).await;
    let database: &Database = &app.service.database;
    assert!(!encryption::is_set_up(database).await.unwrap());
    encryption::set_up(&app.service).await.unwrap();
    assert!(encryption::is_set_up(database).await.unwrap());
    let with = |master_key| {
        let settings = Settings { master_key, ..app.service.settings.clone() };
        Service::new(settings, database.clone(), Mailer::local(), SmsGateway::local(), Box::new(SystemClock))
    };
    let other: Arc<Service> = with(MasterKey::generate().unwrap());
    assert!(matches!(encryption::set_up(&other).await, Err(Error::WrongMasterKey)));
    encryption::set_up(&with(app.service.settings.master_key.clone())).await.unwrap();
}
