use crate::support::{Answer, App, Kind, Setup, SmtpServer, accept_form, on_both_databases, secret_in};
use model::{InvitationFilter, InvitationState, LetterState, Role};
use service::{Mailer, invitation};
use std::time::Duration;

on_both_databases!(letter, how_far_it_is, twice, names_from_before_they_were_checked);

async fn letter(on: Kind) {
    let app = App::new(on).await;
    app.invite(&app.owner().ctx, app.account, "ben@example.com", Role::Viewer).await;
    let letters = app.service.mailer().local_letters().unwrap();
    let [letter] = &letters[..] else { panic!("one letter") };
    assert_eq!(
        (letter.to.as_str(), letter.subject.as_str()),
        ("ben@example.com", "“Olga Owens” invited you to “Acme”")
    );
    assert!(letter.text.contains("as Viewer"));
}

/// What the list says of the last letter, for as long as the outbox knows.
async fn how_far_it_is(on: Kind) {
    let smtp = SmtpServer::start().await;
    let app = Setup { mailer: Mailer::smtp(&smtp.url, "tenantry@example.com").unwrap(), ..Setup::on(on) }.app().await;
    let owner = app.owner().ctx;
    let newest = async || {
        let list = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap();
        (list.rows[0].id, list.rows[0].letter.clone())
    };
    let form = model::InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Member,
        also: Vec::new(),
        permissions: "".into(),
    };
    invitation::invite(&owner, app.account, form).await.unwrap();
    let (id, letter) = newest().await;
    assert_eq!(letter, Some(LetterState::Waiting));
    app.deliver().await;
    assert!(matches!(newest().await.1, Some(LetterState::Sent(at)) if at.text == "just now"));
    app.move_clock(Duration::from_mins(5));
    assert!(matches!(newest().await.1, Some(LetterState::Sent(at)) if at.text == "5 min ago"));
    smtp.answer(Answer::NoMailbox);
    invitation::resend(&owner, app.account, id).await.unwrap();
    assert_eq!(newest().await.1, Some(LetterState::Waiting));
    app.deliver().await;
    assert_eq!(newest().await.1, Some(LetterState::Failed));
    app.sql("DELETE FROM outbox", Vec::new()).await;
    assert_eq!(newest().await.1, None);
}

/// A letter that arrived although its sender could not know goes out again; whichever of the two
/// the person opens, it works.
async fn twice(on: Kind) {
    let smtp = SmtpServer::start().await;
    let app = Setup { mailer: Mailer::smtp(&smtp.url, "tenantry@example.com").unwrap(), ..Setup::on(on) }.app().await;
    let form = model::InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Member,
        also: Vec::new(),
        permissions: "".into(),
    };
    invitation::invite(&app.owner().ctx, app.account, form).await.unwrap();
    smtp.answer(Answer::KeepAndHangUp);
    app.deliver().await;
    smtp.answer(Answer::Keep);
    app.move_clock(Duration::from_hours(1));
    app.deliver().await;

    let letters = smtp.letters();
    let [first, second] = &letters[..] else { panic!("two letters, not {}", letters.len()) };
    let id = |letter: &str| letter.lines().find(|line| line.starts_with("Message-ID:")).unwrap().to_owned();
    assert_eq!(id(first), id(second), "a receiver can drop the repeat");
    for letter in [first, second] {
        let open = invitation::open(&app.anonymous(), &secret_in(letter)).await.unwrap();
        assert_eq!(open.state, InvitationState::Pending);
    }
    assert!(invitation::accept(&app.anonymous(), accept_form(&secret_in(first))).await.is_ok());
}

/// Nothing that a stranger typed becomes a link or a header of its own.
async fn names_from_before_they_were_checked(on: Kind) {
    let smtp = SmtpServer::start().await;
    let app = Setup { mailer: Mailer::smtp(&smtp.url, "tenantry@example.com").unwrap(), ..Setup::on(on) }.app().await;
    let name = "Win at https://evil.example/now\r\nBcc: all@evil.example";
    for table in ["organisation", "account"] {
        app.sql(&format!("UPDATE {table} SET name = $1"), vec![name.into()]).await;
    }
    app.sql(r#"UPDATE "user" SET first_name = 'www.evil.example'"#, vec![]).await;
    let form = model::InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Member,
        also: Vec::new(),
        permissions: "".into(),
    };
    invitation::invite(&app.owner().ctx, app.account, form).await.unwrap();
    app.deliver().await;
    let letters = smtp.letters();
    let [letter] = &letters[..] else { panic!("one letter, not {}", letters.len()) };
    assert!(letter.contains("evil example"), "{letter}");
    assert!(!letter.contains("evil.example") && !letter.contains("\nBcc:"), "{letter}");
}
