//! What is over is deleted, and nothing else.

use crate::support::{App, Kind, PASSWORD, Setup, SmtpServer, on_both_databases};
use model::{
    AskPasswordReset, BeginPasskeySignIn, ChangeEmail, ChangePhone, ConfirmEmail, ConfirmIdentity, InviteMembers,
    Password, Role,
};
use service::{
    Mailer, Secret, email_change, invitation, passkey, password_reset, phone, second_factor, session, session::Session,
    sweep,
};
use std::time::Duration;

on_both_databases!(rows_that_are_over, in_batches, letters_that_wait_stay);

const TABLES: [&str; 9] = [
    "session",
    "throttle",
    "outbox",
    "second_factor_offer",
    "email_change",
    "password_reset",
    "former_email",
    "passkey_request",
    "sms_code",
];

async fn left(app: &App) -> [u64; TABLES.len()] {
    let mut left = [0; TABLES.len()];
    for (left, table) in left.iter_mut().zip(TABLES) {
        *left = app.rows(table).await;
    }
    left
}

async fn rows_that_are_over(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let sessions = Session {
        user: Some(ana.user),
        ip: String::new(),
        user_agent: String::new(),
        data: String::new(),
        expires_at: app.service.now() + Duration::from_hours(2),
        credentials_version: 0,
    };
    session::create(&app.service, &Secret::from_client("cookie"), sessions).await.unwrap();
    let password = || Password::new(PASSWORD);
    let identity = ConfirmIdentity { password: password(), ..ConfirmIdentity::default() };
    second_factor::begin(&ana.ctx, identity).await.unwrap();
    let asked = ChangeEmail { email: "ana.new@example.com".to_owned(), password: password() };
    email_change::ask(&ana.ctx, asked).await.unwrap();
    let number = ChangePhone { number: "+27821234567".to_owned(), password: password(), ..ChangePhone::default() };
    phone::ask(&ana.ctx, number).await.unwrap();
    passkey::begin_sign_in(&app.anonymous(), BeginPasskeySignIn::default()).await.unwrap();
    password_reset::ask(&app.anonymous(), AskPasswordReset { email: ana.email.clone() }).await.unwrap();
    let ben = app.viewer().await;
    let another = ChangeEmail { email: "ben.new@example.com".to_owned(), password: password() };
    email_change::ask(&ben.ctx, another).await.unwrap();
    let secret = app.link("ben.new@example.com", "/email/").await;
    let confirmed = ConfirmEmail { secret: secret.reveal().to_owned(), password: Password::default() };
    email_change::confirm(&ben.ctx, confirmed).await.unwrap();
    app.deliver().await;
    let all = left(&app).await;
    assert!(all.iter().all(|rows| *rows > 0), "{all:?}");
    assert_eq!((sweep::run(&app.service).await.unwrap(), left(&app).await), (0, all), "nothing is over yet");

    app.move_clock(Duration::from_mins(31));
    sweep::run(&app.service).await.unwrap();
    let [sessions, _, outbox, offers, changes, resets, former, requests, codes] = left(&app).await;
    assert_eq!([sessions, outbox, offers, changes], [all[0], all[2], 0, all[4]], "half an hour later");
    assert_eq!([resets, former], [all[5], all[6]], "a letter may still wait for the mail server");
    assert_eq!([requests, codes], [0, 0], "half an hour later");
    app.move_clock(Duration::from_hours(24));
    sweep::run(&app.service).await.unwrap();
    let [sessions, _, outbox, _, changes, resets, former, ..] = left(&app).await;
    assert_eq!([sessions, outbox, changes, resets, former], [0, all[2], 0, 0, all[6]], "a day later");
    app.move_clock(Duration::from_hours(6 * 24));
    sweep::run(&app.service).await.unwrap();
    assert_eq!(left(&app).await, [0; TABLES.len()], "a week later");
    assert_eq!(sweep::run(&app.service).await.unwrap(), 0);
}

async fn in_batches(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let many: Vec<String> = (0..1_000).map(|number| format!("p{number}@example.com")).collect();
    let form = InviteMembers { emails: many.join(" "), role: Role::Viewer, also: Vec::new(), permissions: "".into() };
    invitation::invite(&owner.ctx, app.account, form).await.unwrap();
    app.sql("UPDATE outbox SET delivered_at = due_at", vec![]).await;
    let keys: Vec<String> = (0..250).map(|number| format!("('k{number}', 1, 1)")).collect();
    app.sql(&format!("INSERT INTO throttle (key, count, until) VALUES {}", keys.join(", ")), vec![]).await;
    app.move_clock(Duration::from_hours(7 * 24));
    let (outbox, throttle) = (app.rows("outbox").await, app.rows("throttle").await);
    assert!(outbox >= 1_000 && throttle >= 250);
    assert_eq!(sweep::run(&app.service).await.unwrap(), outbox + throttle);
    assert_eq!(left(&app).await, [0; TABLES.len()]);
}

/// A letter that was not delivered stays until it was given up, and a week longer.
async fn letters_that_wait_stay(on: Kind) {
    let smtp = SmtpServer::start().await;
    smtp.answer(crate::support::Answer::Refuse);
    let app = Setup { mailer: Mailer::smtp(&smtp.url, "tenantry@example.com").unwrap(), ..Setup::on(on) }.app().await;
    let form = InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Viewer,
        also: Vec::new(),
        permissions: "".into(),
    };
    invitation::invite(&app.owner().ctx, app.account, form).await.unwrap();
    app.deliver().await;
    app.move_clock(Duration::from_hours(30 * 24));
    sweep::run(&app.service).await.unwrap();
    assert_eq!(app.rows("outbox").await, 1, "it waits");
    app.sql("UPDATE outbox SET attempts = 13, due_at = $1", vec![app.service.now().into()]).await;
    app.move_clock(Duration::from_hours(6 * 24));
    sweep::run(&app.service).await.unwrap();
    assert_eq!(app.rows("outbox").await, 1, "given up, to be looked at");
    app.move_clock(Duration::from_hours(25));
    sweep::run(&app.service).await.unwrap();
    assert_eq!(app.rows("outbox").await, 0);
}
