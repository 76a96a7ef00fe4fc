//! A forgotten password: a link of a letter replaces it, for whoever reads the confirmed mailbox and nobody else.

use crate::support::{self, App, Kind, PASSWORD, Setup, SmtpServer, on_both_databases, problem};
use model::{
    AskPasswordReset, ChangePassword, ConfirmByCode, ConfirmIdentity, Password, PasswordFault, Problem, ResetPassword,
};
use service::{
    Actor, Context, Mailer, Secret, password_change, password_reset, second_factor, session,
    user::{self, SignInOutcome},
};
use std::time::Duration;

on_both_databases!(
    by_letter,
    the_same_for_every_address,
    refused,
    keeps_the_second_factor,
    links_end,
    once_at_the_same_time,
    nobody_elses_link_ends,
    waits_for_the_mail_server
);

const NEW: &str = "Loud-Badger-77";
const LINK: &str = "/password-reset/";

async fn ask(ctx: &Context, email: &str) -> service::Result<()> {
    password_reset::ask(ctx, AskPasswordReset { email: email.to_owned() }).await
}

async fn reset(ctx: &Context, secret: &Secret, new: &str) -> service::Result<()> {
    let (secret, new) = (secret.reveal().to_owned(), Password::new(new));
    password_reset::reset(ctx, ResetPassword { secret, new_password: new.clone(), repeated_password: new }).await
}

async fn link(app: &App, email: &str) -> Secret {
    ask(&app.anonymous(), email).await.unwrap();
    app.link(email, LINK).await
}

/// Ends every session, that of the browser in which it is done too, and signs nobody in.
async fn by_letter(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (here, ctx) = app.browser_of(&ana, "here").await;
    let (thief, _) = app.browser_of(&ana, "thief").await;
    ask(&app.anonymous(), &ana.email.to_uppercase()).await.unwrap();
    let secret = app.link(&ana.email, LINK).await;
    assert!(app.signs_in(&ana.email, PASSWORD).await, "asked is not changed");
    let open = password_reset::open(&app.anonymous(), &secret).await.unwrap();
    assert_eq!(open.email, ana.email);
    let before = app.log_size().await;
    reset(&ctx, &secret, NEW).await.unwrap();
    assert!(app.signs_in(&ana.email, NEW).await && !app.signs_in(&ana.email, PASSWORD).await);
    assert!(!app.is_signed_in(&here).await && !app.is_signed_in(&thief).await);
    assert!(!session::is_open(&ctx).await.unwrap());
    assert_eq!(app.rows("device").await, 0);
    let entry = app.log().await.into_iter().rev().nth(usize::try_from(before).unwrap()).unwrap();
    assert_eq!((entry.who.user, entry.what.as_str()), (Some(ana.user), "reset their password by e-mail"));
    assert!(app.subjects(&ana.email).await.contains(&"Your password was changed".to_owned()));
    // A link works once.
    assert_eq!(problem(reset(&ctx, &secret, "Soft-Weasel-99").await), Problem::NotFound);
    assert_eq!(problem(password_reset::open(&ctx, &secret).await), Problem::NotFound);
}

/// Neither the answer nor what is written tells who has a login: the letter does. Whose address nobody confirmed may be
/// somebody else's login.
async fn the_same_for_every_address(on: Kind) {
    let app = App::new(on).await;
    let (ana, unconfirmed) = (app.member().await, app.viewer().await);
    app.unconfirm(&unconfirmed).await;
    let nobody = app.new_address("nobody");
    for (email, letters) in [(&ana.email, 1), (&unconfirmed.email, 0), (&nobody, 0)] {
        let of = async || app.links(email, LINK).await.len();
        let (sent, rows, outbox, log) =
            (of().await, app.rows("password_reset").await, app.rows("outbox").await, app.log_size().await);
        ask(&app.anonymous(), email).await.unwrap();
        assert_eq!((app.rows("password_reset").await, app.rows("outbox").await), (rows + 1, outbox + 1));
        assert_eq!((of().await, app.log_size().await), (sent + letters, log), "{email}");
    }
    assert!(problem(ask(&app.anonymous(), "ana").await).fields().unwrap().get("email").is_some());
    for guess in ["", "no-such-secret"] {
        let guess = Secret::from_client(guess);
        assert_eq!(problem(password_reset::open(&app.anonymous(), &guess).await), Problem::NotFound);
        assert_eq!(problem(reset(&app.anonymous(), &guess, NEW).await), Problem::NotFound);
    }
    // A link that was sent while the address was confirmed opens nothing that is nobody's.
    let secret = link(&app, &ana.email).await;
    app.unconfirm(&ana).await;
    assert_eq!(problem(reset(&app.anonymous(), &secret, NEW).await), Problem::NotFound);
}

async fn refused(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let secret = link(&app, &ana.email).await;
    for (new, why) in [
        ("Password123!", PasswordFault::Common),
        ("Tall-Ruiz-Tree-1", PasswordFault::OwnDetails),
        ("short", PasswordFault::Lacks(model::PasswordRule::Length)),
    ] {
        let problem = problem(reset(&app.anonymous(), &secret, new).await);
        assert_eq!(problem.fields().unwrap().get("new_password"), Some(&why.into()), "{new}");
    }
    reset(&app.anonymous(), &secret, NEW).await.unwrap();
    assert!(app.signs_in(&ana.email, NEW).await, "the link was not used up by that");
}

async fn keeps_the_second_factor(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let form = ConfirmIdentity { password: Password::new(PASSWORD), ..ConfirmIdentity::default() };
    second_factor::begin(&ana.ctx, form).await.unwrap();
    let key = second_factor::get(&ana.ctx).await.unwrap().offer.unwrap().key;
    let key = totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let now = u64::try_from(app.service.now().0).unwrap() / 1_000_000;
    let code = totp_rs::Builder::new().with_secret(key).build().unwrap().generate(now).to_string();
    second_factor::confirm(&ana.ctx, ConfirmByCode { code }).await.unwrap();
    let secret = link(&app, &ana.email).await;
    reset(&app.anonymous(), &secret, NEW).await.unwrap();
    let outcome = app.sign_in(&ana.email, NEW).await.unwrap();
    assert!(matches!(outcome, SignInOutcome::NeedsSecondFactor(_)));
    assert!(second_factor::get(&ana.ctx).await.unwrap().set_up.is_some());
    assert_eq!(user::profile(&ana.ctx).await.unwrap().id, ana.user);
}

async fn links_end(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    app.stop_clock();
    let secret = link(&app, &ana.email).await;
    app.move_clock(Duration::from_mins(30).checked_sub(Duration::from_micros(1)).unwrap());
    assert!(password_reset::open(&app.anonymous(), &secret).await.is_ok());
    app.move_clock(Duration::from_micros(1));
    assert_eq!(problem(reset(&app.anonymous(), &secret, NEW).await), Problem::NotFound);
    // One that is used ends the others, and so does another password.
    let (one, two) = (link(&app, &ana.email).await, link(&app, &ana.email).await);
    reset(&app.anonymous(), &one, NEW).await.unwrap();
    assert_eq!(problem(reset(&app.anonymous(), &two, NEW).await), Problem::NotFound);
    app.move_clock(Duration::from_hours(1));
    let three = link(&app, &ana.email).await;
    let (now, new) = (Password::new(NEW), Password::new("Soft-Weasel-99"));
    let form = ChangePassword { password: now, new_password: new.clone(), repeated_password: new };
    password_change::change(&ana.ctx, form).await.unwrap();
    assert_eq!(problem(password_reset::open(&app.anonymous(), &three).await), Problem::NotFound);
}

async fn once_at_the_same_time(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let secret = link(&app, &ana.email).await;
    let chosen: Vec<String> = (0..50).map(|number| format!("Loud-Badger-{number:02}")).collect();
    let attempts = chosen.iter().map(|new| {
        let (ctx, secret) = (app.anonymous(), secret.clone());
        async move { reset(&ctx, &secret, new).await }
    });
    let mut winners = Vec::new();
    for (new, answer) in chosen.iter().zip(futures::future::join_all(attempts).await) {
        match answer {
            Ok(()) => winners.push(new),
            Err(error) => {
                let late = problem::<()>(Err(error));
                // Not all of them find a place to be hashed in.
                assert!(late == Problem::NotFound || late.status() == 429, "{late:?}");
            }
        }
    }
    let [winner] = winners[..] else { panic!("{winners:?}") };
    assert!(app.signs_in(&ana.email, winner).await);
    assert_eq!(app.rows("password_reset").await, 0);
}

/// Strangers who ask for an address again and again keep its reader from nothing: a site is stopped before that reader's
/// letters are used up, and no link ends by it.
async fn nobody_elses_link_ends(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let secret = link(&app, &ana.email).await;
    let stranger = app.request_from(Actor::Anonymous, "203.0.113.7");
    for _ in 0..3 {
        ask(&stranger, &ana.email).await.unwrap();
    }
    let plus = ana.email.replace('@', "+more@");
    for email in [&ana.email, &plus] {
        assert_eq!(problem(ask(&stranger, email).await).status(), 429);
    }
    app.deliver().await;
    assert_eq!(app.links(&ana.email, LINK).await.len(), 4);
    let newest = link(&app, &ana.email).await;
    assert!(password_reset::open(&app.anonymous(), &newest).await.is_ok());
    reset(&app.anonymous(), &secret, NEW).await.unwrap();
    assert!(app.signs_in(&ana.email, NEW).await);
}

/// The letter goes out once the mail server takes it, and its link counts from then on.
async fn waits_for_the_mail_server(on: Kind) {
    let smtp = SmtpServer::start().await;
    smtp.answer(support::Answer::Refuse);
    let app = Setup { mailer: Mailer::smtp(&smtp.url, "tenantry@example.com").unwrap(), ..Setup::on(on) }.app().await;
    let owner = app.owner();
    ask(&app.anonymous(), &owner.email).await.unwrap();
    for _ in 0..5 {
        app.deliver().await;
        app.move_clock(Duration::from_mins(40));
    }
    smtp.answer(support::Answer::Keep);
    app.deliver().await;
    let letters = smtp.letters();
    let (_, rest) = letters.iter().filter_map(|letter| letter.split_once(LINK)).next_back().expect("it arrived");
    let secret = Secret::from_client(rest.split_whitespace().next().unwrap());
    reset(&app.anonymous(), &secret, NEW).await.unwrap();
    assert!(app.signs_in(&owner.email, NEW).await);
}
