use crate::support::{Answer, App, Kind, Setup, SmtpServer, on_both_databases};
use model::{DeleteOrganisation, InvitationFilter, InviteMembers, Role};
use service::{Context, Mailer, deletion, invitation, outbox};
use std::{sync::Arc, time::Duration};

on_both_databases!(
    tried_again,
    given_up,
    given_up_by_a_worker_that_died,
    one_that_does_not_read,
    refused_for_good,
    one_failure_alone,
    two_workers,
    nothing_to_deliver,
    deleted_again_and_again,
    asked_by_many
);

async fn app(on: Kind, url: &str) -> App {
    Setup { mailer: Mailer::smtp(url, "Tenantry <tenantry@example.com>").unwrap(), ..Setup::on(on) }.app().await
}

async fn invite(app: &App, emails: &str) {
    let form =
        InviteMembers { emails: emails.to_owned(), role: Role::Viewer, also: Vec::new(), permissions: "".into() };
    invitation::invite(&app.owner().ctx, app.account, form).await.unwrap();
}

async fn tries(app: &App) -> usize {
    outbox::deliver_due(&Context::system(Arc::clone(&app.service), model::Job::SendMessages).unwrap()).await.unwrap()
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
        assert_eq!(undeliverable(&app).await, tried == 13, "{tried}");
        if tried == 13 {
            break;
        }
        // The invitation lives a week: each pause is a part of that, the last ones are longer.
        app.move_clock(Duration::from_secs(60 << tried.min(12)));
        app.move_clock(Duration::from_secs(1));
    }
    app.move_clock(Duration::from_hours(24 * 30));
    assert_eq!((tried, tries(&app).await), (13, 0));
    assert!(smtp.letters().is_empty());
}

/// Whether the pending list says that the one invitation cannot be delivered.
async fn undeliverable(app: &App) -> bool {
    let page = invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap();
    page.rows[0].undeliverable
}

/// The last try takes the server down with it.
async fn given_up_by_a_worker_that_died(on: Kind) {
    let app = App::new(on).await;
    invite(&app, "ben@example.com").await;
    app.sql("UPDATE outbox SET attempts = 13", Vec::new()).await;
    assert_eq!(tries(&app).await, 1);
    assert!(undeliverable(&app).await && app.secrets("ben@example.com").is_empty());
    assert_eq!(tries(&app).await, 0);
}

/// A row of another version, say: it keeps nothing else back, and is given up in the end.
async fn one_that_does_not_read(on: Kind) {
    let app = App::new(on).await;
    invite(&app, "ben@example.com").await;
    app.sql("UPDATE outbox SET message = '{}'", Vec::new()).await;
    assert_eq!(tries(&app).await, 1);
    app.sql("UPDATE outbox SET attempts = 13, due_at = 0", Vec::new()).await;
    assert_eq!((tries(&app).await, tries(&app).await), (1, 0));
}

/// The mail server's final word on the address or the letter is not asked for again; one on how it is spoken to is.
async fn refused_for_good(on: Kind) {
    for (answer, for_good) in [
        (Answer::Code("521 5.3.2 no mail here"), true),
        (Answer::Code("552 5.2.2 full"), true),
        (Answer::Code("554 5.7.1 blocked"), true),
        (Answer::Code("556 5.1.10 takes no mail"), true),
        (Answer::Code("530 5.7.0 sign in first"), false),
        (Answer::Code("452 4.2.2 full"), false),
    ] {
        let smtp = SmtpServer::start().await;
        let app = app(on, &smtp.url).await;
        invite(&app, "ben@example.com").await;
        smtp.answer(answer);
        assert_eq!(tries(&app).await, 1);
        app.move_clock(Duration::from_hours(1));
        assert_eq!((undeliverable(&app).await, tries(&app).await == 0), (for_good, for_good), "{answer:?}");
    }
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

/// Letters with this in their subject.
async fn delivered(app: &App, subject: &str) -> usize {
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    letters.iter().filter(|letter| letter.subject.contains(subject)).count()
}

/// An owner who deletes and restores does not fill the mailbox of an Admin.
async fn deleted_again_and_again(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    for letters in [1, 2, 3, 4, 5, 5, 5] {
        let form = DeleteOrganisation { name: "Acme".to_owned() };
        deletion::delete(&owner, app.account, form).await.unwrap();
        assert_eq!(delivered(&app, "is being deleted").await, letters);
        deletion::restore(&owner, app.account).await.unwrap();
        assert_eq!(delivered(&app, "was restored").await, letters);
    }
}

/// Nor do strangers who open old links fill that of whoever sent them.
async fn asked_by_many(on: Kind) {
    let app = App::new(on).await;
    let mut links = Vec::new();
    for number in 0..7 {
        let email = format!("guest{number}@example.com");
        links.push(app.invite(&app.owner().ctx, app.account, &email, Role::Viewer).await);
    }
    app.move_clock(Duration::from_hours(192));
    for link in links {
        invitation::ask(&app.anonymous(), &link).await.unwrap();
    }
    assert_eq!(delivered(&app, "asks for a new invitation").await, 5);
    app.move_clock(Duration::from_hours(1));
    assert_eq!(delivered(&app, "asks for a new invitation").await, 7, "later, and not lost");
}
