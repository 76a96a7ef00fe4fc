//! A change of address is taken back by whoever reads the mailbox from before, for a week, whatever came after it.

use crate::support::{App, Kind, PASSWORD, Person, on_both_databases, problem, sign_up_form};
use model::{
    ChangeEmail, ConfirmEmail, ConfirmSignUp, Conflict, Password, PolicyPoint, Problem, ResetPassword, UndoEmailChange,
};
use service::{Context, Secret, email_change, email_undo, password_reset, policy, sign_up, sign_up::SignUpOutcome};
use std::time::Duration;

on_both_databases!(
    taken_back,
    recovery_codes_end,
    after_several_changes,
    not_without_its_page,
    kept_for_a_week,
    whatever_the_policy_says,
    changed_back_by_its_user,
    not_of_an_unconfirmed_address,
    once_at_the_same_time
);

const LINK: &str = "/email-undo/";
const STOLEN: &str = "mallory@new.example";
const WEEK: Duration = Duration::from_hours(7 * 24);

/// Changes the address of somebody, with all it takes.
async fn change(app: &App, person: &Person, email: &str) {
    let form = ChangeEmail { email: email.to_owned(), password: Password::new(PASSWORD) };
    email_change::ask(&person.ctx, form).await.unwrap();
    let secret = app.link(email, "/email/").await;
    confirm(&person.ctx, &secret).await.unwrap();
    app.deliver().await;
}

async fn confirm(ctx: &Context, secret: &Secret) -> service::Result<()> {
    let form = ConfirmEmail { secret: secret.reveal().to_owned(), password: Password::default() };
    email_change::confirm(ctx, form).await
}

async fn undo(ctx: &Context, secret: &Secret) -> service::Result<Secret> {
    let page_value = email_undo::open(ctx, secret).await?.page_value;
    email_undo::undo(ctx, UndoEmailChange { secret: secret.reveal().to_owned(), page_value }).await
}

async fn address(person: &Person) -> String {
    let own = email_change::get(&person.ctx).await.unwrap();
    assert!(own.confirmed);
    own.email
}

async fn taken_back(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (_, thief_ctx) = app.browser_of(&ana, "thief").await;
    change(&app, &Person { ctx: thief_ctx, ..ana.clone() }, STOLEN).await;
    let (thief, _) = app.browser_of(&Person { email: STOLEN.to_owned(), ..ana.clone() }, "thief again").await;
    let secret = app.link(&ana.email, LINK).await;
    assert_eq!(email_undo::open(&app.anonymous(), &secret).await.unwrap().email, ana.email);

    // What the thief signs in with besides the password.
    let added =
        "INSERT INTO phone (user_id, number, verified_at, second_factor_at) VALUES ($1, '+27821234567', $2, $2)";
    app.sql(added, vec![ana.user.0.into(), app.service.now().0.into()]).await;

    let before = app.log_size().await;
    let reset = undo(&app.anonymous(), &secret).await.unwrap();
    assert_eq!(address(&ana).await, ana.email);
    assert_eq!(app.rows("phone").await, 0);
    assert!(!app.is_signed_in(&thief).await);
    assert_eq!(app.rows("device").await, 0);
    for email in [STOLEN, &ana.email] {
        assert!(!app.signs_in(email, PASSWORD).await, "{email}: the password may have been stolen too");
    }
    let entries: Vec<_> = app.log().await.into_iter().rev().skip(usize::try_from(before).unwrap()).take(2).collect();
    assert!(entries.iter().all(|entry| entry.who.user == Some(ana.user)));
    let what: Vec<&str> = entries.iter().map(|entry| entry.what.as_str()).collect();
    assert_eq!(what, ["reset two-factor authentication for Ana Ruiz", "undid the change of their e-mail address"]);
    for email in [STOLEN, &ana.email] {
        assert!(app.subjects(email).await.contains(&"The change of your e-mail address was undone".to_owned()));
    }
    // Whoever undid it chooses a password at once.
    let new = Password::new("Loud-Badger-77");
    let form = ResetPassword { secret: reset.reveal().to_owned(), new_password: new.clone(), repeated_password: new };
    password_reset::reset(&app.anonymous(), form).await.unwrap();
    assert!(app.signs_in(&ana.email, "Loud-Badger-77").await);
    // A link works once.
    assert_eq!(problem(undo(&app.anonymous(), &secret).await), Problem::NotFound);
}

/// Whoever shows a factor once can have new recovery codes: those end too, and the factor from before stays.
async fn recovery_codes_end(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let own = "INSERT INTO phone (user_id, number, verified_at, second_factor_at) VALUES ($1, '+27821234567', 0, 0)";
    app.sql(own, vec![ana.user.0.into()]).await;
    change(&app, &ana, STOLEN).await;
    let renewed = "INSERT INTO recovery_code (code_hash, user_id) VALUES ($1, $2)";
    app.sql(renewed, vec!["hash".into(), ana.user.0.into()]).await;
    undo(&app.anonymous(), &app.link(&ana.email, LINK).await).await.unwrap();
    assert_eq!((app.rows("recovery_code").await, app.rows("phone").await), (0, 1));
}

/// The first letter still restores the first address, and ends those of what came after it.
async fn after_several_changes(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    change(&app, &ana, STOLEN).await;
    let first = app.link(&ana.email, LINK).await;
    change(&app, &ana, "mallory@other.example").await;
    let second = app.link(STOLEN, LINK).await;
    let asked = ChangeEmail { email: "mallory@third.example".to_owned(), password: Password::new(PASSWORD) };
    email_change::ask(&ana.ctx, asked).await.unwrap();
    let third = app.link("mallory@third.example", "/email/").await;
    let session = app.browser_of(&Person { email: "mallory@other.example".to_owned(), ..ana.clone() }, "thief").await.0;

    undo(&app.anonymous(), &first).await.unwrap();
    assert_eq!(address(&ana).await, ana.email);
    assert!(!app.is_signed_in(&session).await);
    assert_eq!(problem(undo(&app.anonymous(), &second).await), Problem::NotFound);
    assert_eq!(problem(confirm(&ana.ctx, &third).await), Problem::NotFound);
    assert_eq!(app.rows("former_email").await, 0);
    assert!(
        app.subjects("mallory@other.example")
            .await
            .contains(&"The change of your e-mail address was undone".to_owned())
    );
}

/// What opens links before people do has the secret of the address, and not what the page sends.
async fn not_without_its_page(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.member().await);
    change(&app, &ana, STOLEN).await;
    change(&app, &ben, "ben@new.example").await;
    let secret = app.link(&ana.email, LINK).await;
    let other = app.link(&ben.email, LINK).await;
    let of_other = email_undo::open(&app.anonymous(), &other).await.unwrap().page_value;
    for page_value in [String::new(), "guess".to_owned(), secret.reveal().to_owned(), of_other] {
        let form = UndoEmailChange { secret: secret.reveal().to_owned(), page_value };
        assert_eq!(problem(email_undo::undo(&app.anonymous(), form).await), Problem::Malformed);
    }
    assert_eq!(address(&ana).await, STOLEN);
    for guess in ["", "no-such-secret"] {
        assert_eq!(problem(undo(&app.anonymous(), &Secret::from_client(guess)).await), Problem::NotFound);
    }
    undo(&app.anonymous(), &secret).await.unwrap();
    assert_eq!((address(&ana).await, address(&ben).await), (ana.email.clone(), "ben@new.example".to_owned()));
}

/// Nobody else takes the address meanwhile, and afterwards anybody may.
async fn kept_for_a_week(on: Kind) {
    let app = App::new(on).await;
    app.stop_clock();
    let (ana, ben) = (app.member().await, app.member().await);
    change(&app, &ana, STOLEN).await;
    let secret = app.link(&ana.email, LINK).await;
    let ask = async || {
        let form = ChangeEmail { email: ana.email.clone(), password: Password::new(PASSWORD) };
        email_change::ask(&ben.ctx, form).await.unwrap();
        app.link(&ana.email, "/email/").await
    };
    let reserved = |days| Problem::Conflict(Conflict::EmailReserved { days });
    assert_eq!(problem(confirm(&ben.ctx, &ask().await).await), reserved(7));
    let SignUpOutcome::Asked(id) = sign_up::ask(&app.anonymous(), sign_up_form(&ana.email, "Initech")).await.unwrap()
    else {
        panic!("somebody is here already")
    };
    let up = app.link(&ana.email, "/sign-up/confirm/").await;
    let form = ConfirmSignUp { secret: up.reveal().to_owned(), ..ConfirmSignUp::default() };
    assert_eq!(problem(sign_up::confirm(&app.anonymous(), form, Some(id)).await), reserved(7));

    app.move_clock(WEEK.checked_sub(Duration::from_micros(1)).unwrap());
    assert_eq!(problem(confirm(&ben.ctx, &ask().await).await), reserved(1));
    assert!(email_undo::open(&app.anonymous(), &secret).await.is_ok());
    app.move_clock(Duration::from_micros(1));
    assert_eq!(problem(undo(&app.anonymous(), &secret).await), Problem::NotFound);
    confirm(&ben.ctx, &ask().await).await.unwrap();
    assert_eq!((address(&ben).await, address(&ana).await), (ana.email.clone(), STOLEN.to_owned()));
}

/// The policy is about what people change, and this is how it was.
async fn whatever_the_policy_says(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    change(&app, &ana, STOLEN).await;
    policy::update(&app.owner().ctx, app.account, PolicyPoint::OwnEmail(false)).await.unwrap();
    undo(&app.anonymous(), &app.link(&ana.email, LINK).await).await.unwrap();
    assert_eq!(address(&ana).await, ana.email);
}

async fn changed_back_by_its_user(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    change(&app, &ana, "ana@new.example").await;
    let secret = app.link(&ana.email, LINK).await;
    change(&app, &ana, &ana.email).await;
    assert_eq!(address(&ana).await, ana.email);
    assert_eq!(problem(undo(&app.anonymous(), &secret).await), Problem::NotFound, "there is nothing to undo");
    undo(&app.anonymous(), &app.link("ana@new.example", LINK).await).await.unwrap();
    assert_eq!(address(&ana).await, "ana@new.example");
}

/// Who never confirmed an address has no way back to it.
async fn not_of_an_unconfirmed_address(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    app.unconfirm(&ana).await;
    change(&app, &ana, "ana@new.example").await;
    assert!(app.links(&ana.email, LINK).await.is_empty());
    assert_eq!(app.rows("former_email").await, 0);
}

async fn once_at_the_same_time(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    change(&app, &ana, STOLEN).await;
    let secret = app.link(&ana.email, LINK).await;
    let page_value = email_undo::open(&app.anonymous(), &secret).await.unwrap().page_value;
    let attempts = (0..50).map(|_| {
        let form = UndoEmailChange { secret: secret.reveal().to_owned(), page_value: page_value.clone() };
        let ctx = app.anonymous();
        async move { email_undo::undo(&ctx, form).await }
    });
    let mut done = 0;
    for answer in futures::future::join_all(attempts).await {
        match answer {
            Ok(_) => done += 1,
            Err(error) => {
                let late = problem::<()>(Err(error));
                assert!(late == Problem::NotFound || late.status() == 429, "{late:?}");
            }
        }
    }
    assert_eq!((done, address(&ana).await), (1, ana.email.clone()));
    assert_eq!(app.subjects(STOLEN).await.iter().filter(|subject| subject.contains("was undone")).count(), 1);
}
