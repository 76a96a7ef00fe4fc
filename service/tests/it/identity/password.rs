//! Changing a password: only by somebody who knows the current one, and none that guessers try first.

use crate::support::{App, Kind, PASSWORD, accept_form, on_both_databases, problem, sign_up_form};
use model::{AcceptInvitation, ChangePassword, Conflict, FieldFault, Password, PasswordFault, Problem, Role, SignUp};
use service::{Actor, Context, invitation, password_change, session, sign_up};

on_both_databases!(
    changed,
    without_a_confirmed_address,
    not_without_the_one_of_now,
    refused,
    wherever_one_is_chosen,
    as_it_is_typed,
    two_at_once
);

const NEW: &str = "Loud-Badger-77";

fn form(now: &str, new: &str) -> ChangePassword {
    ChangePassword {
        password: Password::new(now),
        new_password: Password::new(new),
        repeated_password: Password::new(new),
    }
}

async fn change(ctx: &Context, new: &str) -> service::Result<()> {
    password_change::change(ctx, form(PASSWORD, new)).await
}

/// What is wrong with a password in this field.
#[track_caller]
fn fault<T>(field: &str, result: service::Result<T>) -> PasswordFault {
    let problem = problem(result);
    match problem.fields().and_then(|fields| fields.get(field)) {
        Some(FieldFault::Password(fault)) => *fault,
        other => panic!("{field}: {other:?} of {problem:?}"),
    }
}

/// Every other browser is signed out and forgotten; the one in which it was done goes on.
async fn changed(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (here, ctx) = app.browser_of(&ana, "here").await;
    let (thief, elsewhere) = app.browser_of(&ana, "thief").await;
    assert_eq!(app.rows("device").await, 2);
    let before = app.log_size().await;
    change(&ctx, NEW).await.unwrap();
    assert!(app.is_signed_in(&here).await && !app.is_signed_in(&thief).await);
    assert!(session::is_open(&ctx).await.unwrap() && !session::is_open(&elsewhere).await.unwrap());
    assert_eq!(app.rows("device").await, 1, "this browser alone");
    assert!(app.signs_in(&ana.email, NEW).await && !app.signs_in(&ana.email, PASSWORD).await);
    let entry = app.log().await.into_iter().rev().nth(usize::try_from(before).unwrap()).unwrap();
    assert_eq!((entry.who.user, entry.what.as_str()), (Some(ana.user), "changed their password"));
    assert!(app.subjects(&ana.email).await.contains(&"Your password was changed".to_owned()));
    let letters = app.service.mailer().local_letters().unwrap();
    let letter = letters.iter().find(|letter| letter.to == ana.email).unwrap();
    assert!(letter.text.contains("https://tenantry.example/forgot-password") && !letter.text.contains(NEW));
}

async fn without_a_confirmed_address(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    app.unconfirm(&ana).await;
    let letters = app.subjects(&ana.email).await;
    change(&ana.ctx, NEW).await.unwrap();
    assert!(app.signs_in(&ana.email, NEW).await);
    assert_eq!(app.subjects(&ana.email).await, letters, "it may be somebody else's");
}

async fn not_without_the_one_of_now(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let wrong = password_change::change(&ana.ctx, form("Wrong-Otter-42", NEW)).await;
    assert_eq!(fault("password", wrong), PasswordFault::Wrong);
    assert_eq!(app.log().await[0].who.user, Some(ana.user), "it is in the log");
    assert_eq!(fault("password", password_change::change(&ana.ctx, form("", NEW)).await), PasswordFault::Missing);
    assert_eq!(problem(change(&app.anonymous(), NEW).await), Problem::SignedOut);
    assert!(app.signs_in(&ana.email, PASSWORD).await);
}

async fn refused(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    for (new, why) in [
        ("Password123!", PasswordFault::Common),
        ("P@ssw0rd2026!", PasswordFault::Common),
        ("Qwertyuiop1!", PasswordFault::Common),
        ("Tall-Ruiz-Tree-1", PasswordFault::OwnDetails),
        ("My-EXAMPLE-Otter-1", PasswordFault::OwnDetails),
        (PASSWORD, PasswordFault::Unchanged),
    ] {
        assert_eq!(fault("new_password", change(&ana.ctx, new).await), why, "{new}");
    }
    let other = ChangePassword { repeated_password: Password::new("Loud-Badger-78"), ..form(PASSWORD, NEW) };
    assert_eq!(fault("repeated_password", password_change::change(&ana.ctx, other).await), PasswordFault::NotRepeated);
    assert!(app.signs_in(&ana.email, PASSWORD).await);
}

async fn wherever_one_is_chosen(on: Kind) {
    let app = App::new(on).await;
    let secret = app.invite(&app.owner().ctx, app.account, "ben@example.com", Role::Viewer).await;
    for (chosen, why) in [("Password123!", PasswordFault::Common), ("Our-example-Otter-1", PasswordFault::OwnDetails)] {
        let form = SignUp { password: Password::new(chosen), ..sign_up_form("nora@example.com", "Initech") };
        assert_eq!(fault("password", sign_up::ask(&app.anonymous(), form).await), why);
        let form = AcceptInvitation { password: Password::new(chosen), ..accept_form(&secret) };
        assert_eq!(fault("password", invitation::accept(&app.anonymous(), form).await.map(drop)), why);
    }
    assert_eq!(app.rows("sign_up").await, 0);
    invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap();
}

/// Of any script, up to 256 characters, blanks and all; only its Unicode form does not matter.
async fn as_it_is_typed(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let begins = "  Пароль 密码 كلمة السر Σίσυφος-1 ";
    let longest = format!("{begins}{}  ", "é".repeat(256 - 2 - begins.chars().count()));
    assert_eq!(longest.chars().count(), 256);
    change(&ana.ctx, &longest).await.unwrap();
    assert!(app.signs_in(&ana.email, &longest).await);
    assert!(!app.signs_in(&ana.email, longest.trim()).await, "nothing is trimmed");
    let composed = " Crème-Brûlée-42 ";
    password_change::change(&ana.ctx, form(&longest, composed)).await.unwrap();
    assert!(app.signs_in(&ana.email, composed).await);
    assert!(app.signs_in(&ana.email, " Cre\u{300}me-Bru\u{302}le\u{301}e-42 ").await, "on another keyboard");
    assert!(!app.signs_in(&ana.email, " Creme-Brulee-42 ").await);
}

/// What the first has confirmed no longer counts for the second.
async fn two_at_once(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (one, two) = (app.request(Actor::User(ana.user)), app.request(Actor::User(ana.user)));
    let (by_one, by_two) = tokio::join!(change(&one, NEW), change(&two, "Soft-Weasel-99"));
    assert!(by_one.is_ok() != by_two.is_ok());
    let new = if by_one.is_ok() { NEW } else { "Soft-Weasel-99" };
    let late = problem(if by_one.is_ok() { by_two } else { by_one });
    assert!(late == Problem::Conflict(Conflict::SameMoment) || late.fields().is_some(), "{late:?}");
    assert!(app.signs_in(&ana.email, new).await);
    assert_eq!(
        app.subjects(&ana.email).await.iter().filter(|subject| *subject == "Your password was changed").count(),
        1
    );
}
