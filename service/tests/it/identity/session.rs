use crate::support::{App, Kind, PASSWORD, Person, on_both_databases, problem};
use model::{ChangeEmail, ConfirmByCode, ConfirmEmail, ConfirmIdentity, Password, Problem, SignIn, SignInCode, UserId};
use service::{
    Actor, Browser, Context, Login, Secret, device, email_change, member, second_factor, session,
    session::Session,
    user::{self, SignInOutcome},
};
use std::time::Duration;

on_both_databases!(
    kept,
    ended,
    expired,
    at_the_same_time,
    counted,
    unknown,
    ended_by_new_credentials,
    ended_by_the_last_recovery_code,
    set_up_in_one_session
);

fn session(app: &App, user: Option<UserId>, data: &str) -> Session {
    Session {
        user,
        ip: "198.51.100.1".to_owned(),
        user_agent: "the tests".to_owned(),
        data: data.to_owned(),
        expires_at: app.service.now() + Duration::from_hours(1),
        credentials_version: 0,
    }
}

async fn get(app: &App, secret: &Secret) -> Option<Session> {
    session::get(&app.service, secret).await.unwrap()
}

async fn kept(on: Kind) {
    let app = App::new(on).await;
    let (owner, secret) = (app.owner(), Secret::from_client("cookie"));
    let anonymous = session(&app, None, "typed");
    session::create(&app.service, &secret, anonymous.clone()).await.unwrap();
    assert_eq!(get(&app, &secret).await, Some(anonymous));
    for data in ["one", "two"] {
        let signed_in = session(&app, Some(owner.user), data);
        session::create(&app.service, &secret, signed_in.clone()).await.unwrap();
        for _ in 0..2 {
            assert_eq!(get(&app, &secret).await, Some(signed_in.clone()));
        }
    }
}

async fn ended(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let (phone, laptop) = (Secret::from_client("phone"), Secret::from_client("laptop"));
    for secret in [&phone, &laptop] {
        session::create(&app.service, secret, session(&app, Some(owner.user), "")).await.unwrap();
        assert!(get(&app, secret).await.is_some());
    }
    session::delete(&app.service, &phone).await.unwrap();
    assert_eq!(get(&app, &phone).await, None);
    assert!(get(&app, &laptop).await.is_some(), "the others go on");
    session::delete(&app.service, &phone).await.unwrap();
    // A request that began before the end, and is slow, keeps what it changed.
    session::update(&app.service, &phone, session(&app, Some(owner.user), "slow")).await.unwrap();
    assert_eq!(get(&app, &phone).await, None, "it stays ended");
}

async fn expired(on: Kind) {
    let app = App::new(on).await;
    let (owner, secret) = (app.owner(), Secret::from_client("cookie"));
    session::create(&app.service, &secret, session(&app, Some(owner.user), "")).await.unwrap();
    assert!(get(&app, &secret).await.is_some());
    app.move_clock(Duration::from_hours(1));
    assert_eq!(get(&app, &secret).await, None);
    service::sweep::run(&app.service).await.unwrap();
    assert_eq!(get(&app, &secret).await, None);
}

/// A browser sends its requests side by side, and each of them keeps the session.
async fn at_the_same_time(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    for cookie in ["one", "two", "three", "four", "five"] {
        let secret = Secret::from_client(cookie);
        let puts = (0..20).map(|_| session::create(&app.service, &secret, session(&app, Some(owner.user), "")));
        for put in futures::future::join_all(puts).await {
            put.unwrap();
        }
        assert!(get(&app, &secret).await.is_some());
    }
}

async fn counted(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    let open = async || member::get(&app.owner().ctx, app.account, person.member).await.unwrap().open_sessions;
    assert_eq!(open().await, 0);
    for name in ["phone", "laptop"] {
        session::create(&app.service, &Secret::from_client(name), session(&app, Some(person.user), "")).await.unwrap();
    }
    assert_eq!(open().await, 2);
    app.move_clock(Duration::from_secs(3601));
    assert_eq!(open().await, 0);
}

async fn unknown(on: Kind) {
    let app = App::new(on).await;
    for text in ["", "\0", "x"] {
        assert_eq!(get(&app, &Secret::from_client(text)).await, None);
    }
}

/// Signed in, with what the session begins with.
async fn begin(app: &App, person: &Person, name: &str) -> (Secret, Context) {
    let secret = Secret::from_client(name);
    let login = Login { user: person.user, credentials_version: version(app, person).await };
    let session = Session { credentials_version: login.credentials_version, ..session(app, Some(person.user), "") };
    session::create(&app.service, &secret, session).await.unwrap();
    let devices = device::remember(&app.anonymous(), login).await.unwrap().unwrap();
    let browser = Browser { session: Some(secret.clone()), devices: device::secrets(&devices) };
    (secret, app.request(Actor::User(person.user)).with_browser(browser))
}

async fn version(app: &App, person: &Person) -> i64 {
    let form = SignIn { email: person.email.clone(), password: Password::new(PASSWORD), then: String::new() };
    let (SignInOutcome::Complete(login) | SignInOutcome::NeedsSecondFactor(login)) =
        user::sign_in(&app.anonymous(), form).await.unwrap();
    login.credentials_version
}

/// Whether the browser is still one that the person has used: guesses from its network do not count for it.
async fn is_known(app: &App, browser: &Context, email: &str) -> bool {
    let form = |password| SignIn { email: email.to_owned(), password: Password::new(password), then: String::new() };
    let ctx = Context::new(app.service.clone(), browser.request().clone(), Actor::Anonymous);
    while !matches!(problem(user::sign_in(&ctx, form("Wrong-Otter-42")).await), Problem::TooMany { .. }) {}
    let answer = user::sign_in(browser, form(PASSWORD)).await.is_ok();
    app.move_clock(Duration::from_mins(15));
    answer
}

fn code_of(app: &App, key: &str) -> String {
    let key = totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let now = u64::try_from(app.service.now().0).unwrap() / 1_000_000;
    totp_rs::Builder::new().with_secret(key).build().unwrap().generate(now).to_string()
}

/// Sets up a second factor in this browser; gives its key and the recovery codes.
async fn set_up(app: &App, ctx: &Context, code: &str) -> (String, Vec<String>) {
    let form =
        ConfirmIdentity { password: Password::new(PASSWORD), code: code.to_owned(), ..ConfirmIdentity::default() };
    second_factor::begin(ctx, form).await.unwrap();
    let offer = second_factor::get(ctx).await.unwrap().offer.unwrap();
    second_factor::confirm(ctx, ConfirmByCode { code: code_of(app, &offer.key) }).await.unwrap();
    (offer.key, offer.recovery_codes)
}

/// Whoever else is signed in is signed out at once when what a person signs in with changes; the browser in which it
/// was done goes on.
async fn ended_by_new_credentials(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let mut codes = Vec::new();
    for act in ["set up", "replace", "remove", "e-mail"] {
        let (here, ctx) = begin(&app, &ana, &format!("here: {act}")).await;
        let (bens, _) = begin(&app, &ben, &format!("ben: {act}")).await;
        let (thief, elsewhere) = begin(&app, &ana, &format!("thief: {act}")).await;
        for secret in [&here, &thief] {
            assert!(get(&app, secret).await.is_some(), "{act}");
        }
        let confirmed = |code: &String| ConfirmIdentity {
            password: Password::new(PASSWORD),
            code: code.clone(),
            ..ConfirmIdentity::default()
        };
        let mut email = ana.email.clone();
        match act {
            "set up" => codes = set_up(&app, &ctx, "").await.1,
            "replace" => codes = set_up(&app, &ctx, &codes[0]).await.1,
            "remove" => second_factor::remove(&ctx, confirmed(&codes[0])).await.unwrap(),
            _ => {
                "ana@new.example".clone_into(&mut email);
                let form = ChangeEmail { email: email.clone(), password: Password::new(PASSWORD) };
                email_change::ask(&ctx, form).await.unwrap();
                app.deliver().await;
                let letters = app.service.mailer().local_letters().unwrap();
                let (_, rest) = letters.iter().find_map(|letter| letter.text.split_once("/email/")).unwrap();
                let link = Secret::from_client(rest.split_whitespace().next().unwrap());
                let form = ConfirmEmail { secret: link.reveal().to_owned(), password: Password::default() };
                email_change::confirm(&ctx, form).await.unwrap();
            }
        }
        assert_eq!(get(&app, &thief).await, None, "{act}");
        assert!(get(&app, &here).await.is_some(), "{act}: where it was done");
        assert!(get(&app, &bens).await.is_some(), "{act}: somebody else");
        assert!(!session::is_open(&elsewhere).await.unwrap() && session::is_open(&ctx).await.unwrap());
        assert!(!is_known(&app, &elsewhere, &email).await, "{act}: the other browser");
        assert!(is_known(&app, &ctx, &email).await, "{act}: this browser");
        assert_eq!(member::get(&app.owner().ctx, app.account, ana.member).await.unwrap().open_sessions, 1, "{act}");
        session::delete(&app.service, &here).await.unwrap();
    }
    // What was shown before, and begins a session only now.
    let late = session(&app, Some(ana.user), "");
    session::create(&app.service, &Secret::from_client("late"), late).await.unwrap();
    assert_eq!(get(&app, &Secret::from_client("late")).await, None);
    assert_eq!(device::remember(&app.anonymous(), Login::first(ana.user)).await.unwrap(), None);
}

async fn ended_by_the_last_recovery_code(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (_, codes) = set_up(&app, &ana.ctx, "").await;
    let (old, _) = begin(&app, &ana, "old").await;
    let mut login = Login { user: ana.user, credentials_version: version(&app, &ana).await };
    for code in &codes {
        assert!(get(&app, &old).await.is_some());
        login =
            second_factor::sign_in(&app.anonymous(), login, SignInCode { code: code.clone(), ..SignInCode::default() })
                .await
                .unwrap();
    }
    assert_eq!(get(&app, &old).await, None);
    let new = Session { credentials_version: login.credentials_version, ..session(&app, Some(ana.user), "") };
    session::create(&app.service, &Secret::from_client("new"), new).await.unwrap();
    assert!(get(&app, &Secret::from_client("new")).await.is_some());
}

/// What is begun in one browser is neither shown nor confirmed in another, whose session a thief may have.
async fn set_up_in_one_session(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (_, ctx) = begin(&app, &ana, "here").await;
    let (_, thief) = begin(&app, &ana, "thief").await;
    let form = ConfirmIdentity { password: Password::new(PASSWORD), code: String::new(), ..ConfirmIdentity::default() };
    second_factor::begin(&ctx, form).await.unwrap();
    let key = second_factor::get(&ctx).await.unwrap().offer.unwrap().key;
    assert_eq!(second_factor::get(&thief).await.unwrap().offer, None);
    let code = ConfirmByCode { code: code_of(&app, &key) };
    assert!(matches!(problem(second_factor::confirm(&thief, code.clone()).await), Problem::Conflict(_)));
    second_factor::confirm(&ctx, code).await.unwrap();
}
