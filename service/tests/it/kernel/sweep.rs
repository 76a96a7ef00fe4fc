//! What is over is deleted, and nothing else.

use crate::support::{App, Kind, PASSWORD, Setup, SmtpServer, on_both_databases};
use model::{ChangeEmail, ConfirmIdentity, InviteMembers, Password, Role};
use service::{Mailer, Secret, email_change, invitation, second_factor, session, session::Session, sweep};
use std::time::Duration;

on_both_databases!(rows_that_are_over, in_batches, letters_that_wait_stay);

const TABLES: [&str; 5] = ["session", "throttle", "outbox", "second_factor_offer", "email_change"];

async fn left(app: &App) -> [u64; 5] {
    let mut left = [0; 5];
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
    session::put(&app.service, &Secret::from_client("cookie"), sessions).await.unwrap();
    let password = || Password::new(PASSWORD);
    second_factor::begin(&ana.ctx, ConfirmIdentity { password: password(), code: String::new() }).await.unwrap();
    let asked = ChangeEmail { email: "ana.new@example.com".to_owned(), password: password() };
    email_change::ask(&ana.ctx, asked).await.unwrap();
    app.deliver().await;
    let all = left(&app).await;
    assert!(all.iter().all(|rows| *rows > 0), "{all:?}");
    assert_eq!((sweep::run(&app.service).await.unwrap(), left(&app).await), (0, all), "nothing is over yet");

    app.move_clock(Duration::from_mins(31));
    sweep::run(&app.service).await.unwrap();
    let [sessions, _, outbox, offers, changes] = left(&app).await;
    assert_eq!([sessions, outbox, offers, changes], [all[0], all[2], 0, all[4]], "half an hour later");
    app.move_clock(Duration::from_hours(24));
    sweep::run(&app.service).await.unwrap();
    let [sessions, _, outbox, _, changes] = left(&app).await;
    assert_eq!([sessions, outbox, changes], [0, all[2], 0], "a day later");
    app.move_clock(Duration::from_hours(6 * 24));
    sweep::run(&app.service).await.unwrap();
    assert_eq!(left(&app).await, [0; 5], "a week later");
    assert_eq!(sweep::run(&app.service).await.unwrap(), 0);
}

async fn in_batches(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let many: Vec<String> = (0..1_000).map(|number| format!("p{number}@example.com")).collect();
    let form = InviteMembers { emails: many.join(" "), role: Role::Viewer, also: Vec::new() };
    invitation::invite(&owner.ctx, app.account, form).await.unwrap();
    app.sql("UPDATE outbox SET delivered_at = due_at", vec![]).await;
    let keys: Vec<String> = (0..250).map(|number| format!("('k{number}', 1, 1)")).collect();
    app.sql(&format!("INSERT INTO throttle (key, count, until) VALUES {}", keys.join(", ")), vec![]).await;
    app.move_clock(Duration::from_hours(7 * 24));
    let (outbox, throttle) = (app.rows("outbox").await, app.rows("throttle").await);
    assert!(outbox >= 1_000 && throttle >= 250);
    assert_eq!(sweep::run(&app.service).await.unwrap(), outbox + throttle);
    assert_eq!(left(&app).await, [0; 5]);
}

/// A letter that was not delivered stays until it was given up, and a week longer.
async fn letters_that_wait_stay(on: Kind) {
    let smtp = SmtpServer::start().await;
    smtp.answer(crate::support::Answer::Refuse);
    let app = Setup { mailer: Mailer::smtp(&smtp.url, "tenantry@example.com").unwrap(), ..Setup::on(on) }.app().await;
    let form = InviteMembers { emails: "ben@example.com".to_owned(), role: Role::Viewer, also: Vec::new() };
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
