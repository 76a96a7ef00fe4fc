use crate::support::{Answer, App, Kind, Setup, SmtpServer, on_both_databases};
use model::{InvitationFilter, InviteMembers, Role};
use service::{Context, Mailer, invitation, outbox};
use std::{sync::Arc, time::Duration};

on_both_databases!(tried_again, given_up, one_failure_alone, two_workers, nothing_to_deliver);

async fn app(on: Kind, url: &str) -> App {
    Setup { mailer: Mailer::smtp(url, "Tenantry <tenantry@example.com>").unwrap(), ..Setup::on(on) }.app().await
}

async fn invite(app: &App, emails: &str) {
    let form = InviteMembers { emails: emails.to_owned(), role: Role::Viewer, also: Vec::new() };
    invitation::invite(&app.owner().ctx, app.account, form).await.unwrap();
}

async fn tries(app: &App) -> usize {
    outbox::deliver_due(&Context::system(Arc::clone(&app.service)).unwrap()).await.unwrap()
}

async fn tried_again(on: Kind) {
    let smtp = SmtpServer::start().await;
    let app = app(on, &smtp.url).await;
    invite(&app, "ben@example.com").await;
    smtp.answer(Answer::Refuse);
    assert_eq!(tries(&app).await, 1);
    assert_eq!(tries(&app).await, 0, "not at once");
    app.move_clock(Duration::from_secs(125));
    assert_eq!(tries(&app).await, 1);
    app.move_clock(Duration::from_secs(125));
    assert_eq!(tries(&app).await, 0, "the pauses grow");
    app.move_clock(Duration::from_secs(125));
    smtp.answer(Answer::Keep);
    assert_eq!(tries(&app).await, 1);
    let letters = smtp.letters();
    let [letter] = &letters[..] else { panic!("one letter") };
    assert!(letter.contains("To: ben@example.com") && letter.contains("From: Tenantry <tenantry@example.com>"));
    app.move_clock(Duration::from_hours(24));
    assert_eq!(tries(&app).await, 0, "delivered is delivered");
}

async fn given_up(on: Kind) {
    let smtp = SmtpServer::start().await;
    let app = app(on, &smtp.url).await;
    invite(&app, "ben@example.com").await;
    smtp.answer(Answer::Refuse);
    let mut tried = 0;
    for _ in 0..30 {
        tried += tries(&app).await;
        // The invitation lives a week: each pause is a part of that, the last ones are longer.
        app.move_clock(Duration::from_secs(60 << tried.min(12)));
        app.move_clock(Duration::from_secs(1));
    }
    assert!((2..20).contains(&tried), "{tried}");
    assert!(smtp.letters().is_empty());
}

async fn one_failure_alone(on: Kind) {
    let app = App::new(on).await;
    invite(&app, "ben@example.com cy@example.com").await;
    let ben = invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap();
    let ben = ben.rows.iter().find(|invitation| invitation.email == "ben@example.com").unwrap().id;
    invitation::revoke(&app.owner().ctx, app.account, ben).await.unwrap();
    assert_eq!(tries(&app).await, 2);
    assert_eq!(app.secrets("cy@example.com").len(), 1);
}

async fn two_workers(on: Kind) {
    let app = App::new(on).await;
    let people: Vec<String> = (0..20).map(|number| format!("p{number}@example.com")).collect();
    invite(&app, &people.join(" ")).await;
    let (one, two) = tokio::join!(tries(&app), tries(&app));
    assert_eq!(one + two, 20, "each message is taken by one worker");
    for email in people {
        assert_eq!(app.secrets(&email).len(), 1, "{email}");
    }
}

async fn nothing_to_deliver(on: Kind) {
    let app = App::new(on).await;
    assert_eq!(tries(&app).await, 0);
    invite(&app, "ben@example.com").await;
    app.move_clock(Duration::from_hours(192));
    assert_eq!(tries(&app).await, 1, "an invitation that has expired is done with");
    assert!(app.secrets("ben@example.com").is_empty());
    assert_eq!(tries(&app).await, 0);
}
