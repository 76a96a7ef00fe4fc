//! Another address to sign in with: only by the person, only once it is shown to be theirs.

use crate::support::{App, Kind, PASSWORD, Person, on_both_databases, problem};
use model::{
    ChangeEmail, ConfirmEmail, FieldFault, MemberFilter, Outcome, Password, PolicyPoint, Problem, Refusal, Role, SignIn,
};
use service::{Context, Secret, email_change, invitation, member, organisation, policy, user};
use std::time::Duration;

on_both_databases!(
    confirmed_by_its_link,
    not_without_the_password,
    the_same_for_every_address,
    by_whose_login_it_is,
    of_members_of_none,
    asked_at_sign_in,
    taken_meanwhile,
    links_end,
    asked_again,
    kept_by_a_policy,
    invitations_follow
);

const NEW: &str = "ana.ruiz@new.example";

async fn ask(person: &Person, address: &str) -> service::Result<()> {
    email_change::ask(&person.ctx, ChangeEmail { email: address.to_owned(), password: Password::new(PASSWORD) }).await
}

async fn confirm(ctx: &Context, secret: &Secret) -> service::Result<()> {
    confirm_with(ctx, secret, "").await
}

async fn confirm_with(ctx: &Context, secret: &Secret, password: &str) -> service::Result<()> {
    let form = ConfirmEmail { secret: secret.reveal().to_owned(), password: Password::new(password) };
    email_change::confirm(ctx, form).await
}

/// The secrets in the letters to an address, the newest first.
async fn links(app: &App, to: &str) -> Vec<Secret> {
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    let link = |text: &str| {
        text.split_once("https://tenantry.example/email/")?.1.split_whitespace().next().map(Secret::from_client)
    };
    letters.iter().filter(|letter| letter.to == to).filter_map(|letter| link(&letter.text)).collect()
}

async fn signs_in(app: &App, address: &str) -> bool {
    let form = SignIn { email: address.to_owned(), password: Password::new(PASSWORD), then: String::new() };
    user::sign_in(&app.anonymous(), form).await.is_ok()
}

async fn address(person: &Person) -> String {
    email_change::get(&person.ctx).await.unwrap().email
}

async fn confirmed_by_its_link(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let list = async || member::list(&app.owner().ctx, app.account, MemberFilter::default()).await.unwrap();
    assert_eq!(list().await.rows[1].email, ana.email);
    ask(&ana, " Ana.Ruiz@New.example ").await.unwrap();
    assert_eq!(email_change::get(&ana.ctx).await.unwrap().asked.unwrap().email, NEW);
    let [secret] = &links(&app, NEW).await[..] else { panic!("one letter") };
    assert!(!signs_in(&app, NEW).await && signs_in(&app, &ana.email).await, "asked is not confirmed");
    let open = email_change::open(&app.anonymous(), secret).await.unwrap();
    assert_eq!((open.email.as_str(), open.is_new, open.is_mine), (NEW, true, false));
    assert!(email_change::open(&ana.ctx, secret).await.unwrap().is_mine);

    let before = app.log_size().await;
    confirm(&ana.ctx, secret).await.unwrap();
    assert!(signs_in(&app, NEW).await && !signs_in(&app, &ana.email).await);
    assert_eq!((address(&ana).await.as_str(), email_change::get(&ana.ctx).await.unwrap().asked), (NEW, None));
    assert_eq!(user::profile(&ana.ctx).await.unwrap().email, NEW, "on every open page");
    assert_eq!(list().await.rows[1].email, NEW);
    let entry = app.log().await.into_iter().rev().nth(usize::try_from(before).unwrap()).unwrap();
    assert_eq!((entry.who.user, entry.what.as_str()), (Some(ana.user), "changed their e-mail address"));
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    let told = letters.iter().find(|letter| letter.to == ana.email && letter.subject.contains("was changed")).unwrap();
    assert!(told.text.contains(NEW));
    // A link works once.
    assert_eq!(problem(confirm(&ana.ctx, secret).await), Problem::NotFound);
}

async fn not_without_the_password(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let stolen = ChangeEmail { email: NEW.to_owned(), password: Password::new("Wrong-Otter-42") };
    assert!(problem(email_change::ask(&ana.ctx, stolen).await).fields().unwrap().get("password").is_some());
    let fields = problem(ask(&ana, &ana.email.to_uppercase()).await);
    assert_eq!(fields.fields().unwrap().get("email"), Some(&FieldFault::CurrentEmail), "the one that she has");
    let malformed = ChangeEmail { email: "ana".to_owned(), password: Password::new(PASSWORD) };
    assert!(problem(email_change::ask(&ana.ctx, malformed).await).fields().unwrap().get("email").is_some());
    assert_eq!(problem(email_change::get(&app.anonymous()).await), Problem::SignedOut);
    assert_eq!(links(&app, NEW).await.len(), 0);
    for guess in ["", "no-such-secret"] {
        assert_eq!(problem(confirm(&ana.ctx, &Secret::from_client(guess)).await), Problem::NotFound);
    }
}

/// Neither the answer nor what is written tells who has a login: the letter does.
async fn the_same_for_every_address(on: Kind) {
    let app = App::new(on).await;
    let (ana, owner) = (app.member().await, app.owner().email);
    for address in [owner.to_uppercase(), NEW.to_owned()] {
        let (letters, log) = (app.rows("outbox").await, app.log_size().await);
        ask(&ana, &address).await.unwrap();
        assert_eq!((app.rows("outbox").await, app.log_size().await), (letters + 1, log + 1));
        assert_eq!(app.rows("email_change").await, 1);
        app.deliver().await;
    }
    assert!(links(&app, &owner).await.is_empty());
    let letters = app.service.mailer().local_letters().unwrap();
    assert!(letters.iter().any(|letter| letter.to == owner && letter.subject == "This address already has a login"));
    assert_eq!(links(&app, NEW).await.len(), 1);
    assert_eq!(address(&ana).await, ana.email);
}

/// The link shows whose the address is, not whose the login: nobody gives theirs to somebody else's by a click.
async fn by_whose_login_it_is(on: Kind) {
    let app = App::new(on).await;
    let (thief, nora) = (app.member().await, app.viewer().await);
    ask(&thief, NEW).await.unwrap();
    let secret = links(&app, NEW).await.remove(0);
    for ctx in [&app.anonymous(), &nora.ctx] {
        for password in ["", "Wrong-Otter-42"] {
            assert!(problem(confirm_with(ctx, &secret, password).await).fields().unwrap().get("password").is_some());
        }
    }
    assert_eq!(app.log().await[0].what, "tried to sign in as Ana Ruiz with a wrong password");
    assert_eq!(address(&thief).await, thief.email);
    confirm_with(&app.anonymous(), &secret, PASSWORD).await.unwrap();
    assert_eq!(address(&thief).await, NEW, "in another browser, by the password");
}

/// Who is in no organisation has an address all the same.
async fn of_members_of_none(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    member::remove(&app.owner().ctx, app.account, ana.member).await.unwrap();
    ask(&ana, NEW).await.unwrap();
    let secret = links(&app, NEW).await.remove(0);
    confirm(&ana.ctx, &secret).await.unwrap();
    assert_eq!(address(&ana).await, NEW);
}

/// Whoever signs in with an address that is not confirmed is asked to, by one letter.
async fn asked_at_sign_in(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    assert!(!email_change::remind(&app.anonymous(), ana.user).await.unwrap());
    app.unconfirm(&ana).await;
    for _ in 0..2 {
        assert!(email_change::remind(&app.anonymous(), ana.user).await.unwrap());
    }
    let [secret] = &links(&app, &ana.email).await[..] else { panic!("one letter") };
    email_change::send_confirmation(&ana.ctx).await.unwrap();
    let newest = links(&app, &ana.email).await.remove(0);
    assert_eq!(problem(confirm(&ana.ctx, secret).await), Problem::NotFound, "the newest counts");
    // One address gets so many letters in an hour.
    app.move_clock(Duration::from_hours(1));
    for _ in 0..3 {
        email_change::send_confirmation(&ana.ctx).await.unwrap();
        // Those that are sent at one time arrive in any order.
        app.deliver().await;
    }
    assert_eq!(problem(email_change::send_confirmation(&ana.ctx).await).status(), 429);
    assert_eq!(problem(confirm(&ana.ctx, &newest).await), Problem::NotFound);
    let newest = links(&app, &ana.email).await.remove(0);
    let open = email_change::open(&ana.ctx, &newest).await.unwrap();
    assert_eq!((open.email.as_str(), open.is_new), (ana.email.as_str(), false));
    confirm(&ana.ctx, &newest).await.unwrap();
    assert!(email_change::get(&ana.ctx).await.unwrap().confirmed && user::profile(&ana.ctx).await.unwrap().confirmed);
    assert_eq!(app.log().await[0].what, "confirmed their e-mail address");
    app.move_clock(Duration::from_hours(25));
    assert_eq!(problem(email_change::send_confirmation(&ana.ctx).await).status(), 409);
    assert_eq!(problem(email_change::send_confirmation(&app.anonymous()).await), Problem::SignedOut);
}

/// Two who ask for one address: it goes to whoever confirms first.
async fn taken_meanwhile(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    ask(&ana, NEW).await.unwrap();
    ask(&ben, NEW).await.unwrap();
    let secrets = links(&app, NEW).await;
    let (one, two) = (app.anonymous(), app.anonymous());
    let (one, two) = tokio::join!(confirm_with(&one, &secrets[0], PASSWORD), confirm_with(&two, &secrets[1], PASSWORD));
    assert!(one.is_ok() != two.is_ok());
    let late = if one.is_err() { one } else { two };
    assert!(matches!(problem(late), Problem::Conflict(_)));
    assert!((address(&ana).await == NEW) != (address(&ben).await == NEW));
}

async fn links_end(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    ask(&ana, NEW).await.unwrap();
    let secret = links(&app, NEW).await.remove(0);
    app.move_clock(Duration::from_hours(25));
    assert_eq!(problem(email_change::open(&app.anonymous(), &secret).await), Problem::NotFound);
    assert_eq!(problem(confirm(&ana.ctx, &secret).await), Problem::NotFound);
    assert_eq!(email_change::get(&ana.ctx).await.unwrap().asked, None);
}

async fn asked_again(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    ask(&ana, "typed.wrong@new.example").await.unwrap();
    let wrong = links(&app, "typed.wrong@new.example").await.remove(0);
    ask(&ana, NEW).await.unwrap();
    assert_eq!(problem(confirm(&ana.ctx, &wrong).await), Problem::NotFound, "the newest counts");
    for _ in 0..3 {
        ask(&ana, NEW).await.unwrap();
    }
    assert!(matches!(problem(ask(&ana, NEW).await), Problem::TooMany { .. }), "no way to flood somebody");
}

async fn kept_by_a_policy(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    organisation::create(&ana.ctx, model::NewOrganisation { name: "Globex".to_owned() }).await.unwrap();
    ask(&ana, NEW).await.unwrap();
    let secret = links(&app, NEW).await.remove(0);
    let set = async |own_email| {
        policy::update(&app.owner().ctx, app.account, PolicyPoint::OwnEmail(own_email)).await.unwrap();
    };
    set(false).await;
    let stays = Problem::Refused(Refusal::EmailStays);
    assert_eq!(email_change::get(&ana.ctx).await.unwrap().change, Err(Refusal::EmailStays));
    assert_eq!(problem(ask(&ana, "other@new.example").await), stays);
    assert_eq!(problem(confirm(&ana.ctx, &secret).await), stays, "decided when it happens");
    let log = app.log().await;
    assert_eq!((log[0].outcome, log[0].who.user), (Outcome::Refused, Some(ana.user)));
    assert_eq!(address(&ana).await, ana.email);
    set(true).await;
    confirm(&ana.ctx, &secret).await.unwrap();
    assert_eq!(address(&ana).await, NEW);
}

/// What is sent to the new address waits for its new owner.
async fn invitations_follow(on: Kind) {
    let app = App::new(on).await;
    let (ana, stranger) = (app.member().await, app.stranger().await);
    ask(&stranger, NEW).await.unwrap();
    let secret = links(&app, NEW).await.remove(0);
    app.invite(&app.owner().ctx, app.account, NEW, Role::Viewer).await;
    assert_eq!(invitation::list_own(&stranger.ctx).await.unwrap().len(), 0);
    confirm(&stranger.ctx, &secret).await.unwrap();
    assert_eq!(invitation::list_own(&stranger.ctx).await.unwrap().len(), 1);
    assert_eq!(address(&ana).await, ana.email);
}
