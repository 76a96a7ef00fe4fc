//! A code by text message besides the password: it counts for whoever asked for it, and who knows the password alone
//! neither comes in nor keeps anybody out.

use crate::support::{App, Kind, PASSWORD, Person, Setup, on_both_databases, problem};
use model::{
    ChangePhone, CodeFault, ConfirmByCode, ConfirmIdentity, ConfirmPhone, Conflict, FactorMethods, FieldFault,
    MemberFilter, Password, PolicyPoint, Problem, Refusal, SecondFactorWithin, SignIn, SignInCode,
};
use service::{
    Browser, Context, Login, Secret, SmsGateway, device, member, organisation, phone, policy, second_factor,
    user::{self, SignInOutcome},
};
use std::time::Duration;

on_both_databases!(
    a_second_step,
    nothing_before_the_password,
    recovery_codes_beside_it,
    new_recovery_codes,
    beside_an_app,
    of_its_session,
    guesses_end,
    once_at_the_same_time,
    one_of_many_at_once,
    strangers_use_up_their_own,
    confirms_who_it_is,
    moves_with_the_number,
    kept_by_a_policy,
    listed_and_counted,
    while_the_gateway_is_down
);

const NUMBER: &str = "+27821234567";
const OTHER: &str = "+27837654321";
const RESEND: Duration = Duration::from_secs(30);

fn by_password() -> ConfirmIdentity {
    by_code("")
}

fn by_code(code: &str) -> ConfirmIdentity {
    ConfirmIdentity { password: Password::new(PASSWORD), code: code.to_owned(), ..ConfirmIdentity::default() }
}

/// Verifies a number; `code` is of the second factor there is.
async fn verify(app: &App, ctx: &Context, number: &str, code: &str) {
    let form = ChangePhone {
        number: number.to_owned(),
        password: Password::new(PASSWORD),
        code: code.to_owned(),
        ..ChangePhone::default()
    };
    phone::ask(ctx, form).await.unwrap();
    phone::confirm(ctx, ConfirmPhone { code: app.sms_code(number).await }).await.unwrap();
}

/// Signs in with text messages from now on; gives the recovery codes.
async fn set_up(app: &App, person: &Person) -> Vec<String> {
    verify(app, &person.ctx, NUMBER, "").await;
    second_factor::start_sms(&person.ctx, by_password()).await.unwrap()
}

async fn password(app: &App, person: &Person) -> SignInOutcome {
    let form = SignIn { email: person.email.clone(), password: Password::new(PASSWORD), then: String::new() };
    user::sign_in(&app.anonymous(), form).await.unwrap()
}

async fn login(app: &App, person: &Person) -> Login {
    match password(app, person).await {
        SignInOutcome::NeedsSecondFactor(login) => login,
        SignInOutcome::Complete(_) => panic!("the password alone signs in"),
    }
}

/// A browser that has shown the password.
fn half(app: &App, session: &str) -> Context {
    app.anonymous().with_browser(Browser { session: Some(Secret::from_client(session)), devices: Vec::new() })
}

async fn sign_in(ctx: &Context, login: Login, code: &str) -> service::Result<()> {
    second_factor::sign_in(ctx, login, SignInCode { code: code.to_owned(), ..SignInCode::default() }).await.map(drop)
}

/// A code that is not this one.
fn another(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[track_caller]
fn fault<T>(result: service::Result<T>) -> FieldFault {
    problem(result).fields().expect("a field is wrong").get("code").expect("code").clone()
}

fn messages(app: &App) -> usize {
    app.service.local_sms().unwrap().len()
}

async fn a_second_step(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let none = second_factor::start_sms(&ana.ctx, by_password()).await;
    assert_eq!(problem(none), Problem::Conflict(Conflict::NoPhone));
    verify(&app, &ana.ctx, NUMBER, "").await;
    assert!(matches!(password(&app, &ana).await, SignInOutcome::Complete(_)), "a number is no second factor yet");
    let stolen = ConfirmIdentity { password: Password::new("Wrong-Otter-42"), ..ConfirmIdentity::default() };
    assert!(problem(second_factor::start_sms(&ana.ctx, stolen).await).fields().is_some());
    assert_eq!(second_factor::start_sms(&ana.ctx, by_password()).await.unwrap().len(), 10);
    assert_eq!(app.log().await[0].what, "turned on codes by text message");

    let before = messages(&app);
    let (login, ctx) = (login(&app, &ana).await, half(&app, "laptop"));
    let step = second_factor::get_second_step(&ctx, login).await.unwrap();
    assert_eq!(step.methods, FactorMethods { phone: Some("•••• 4567".to_owned()), ..FactorMethods::default() });
    app.deliver().await;
    assert_eq!(messages(&app), before, "the password alone sends nothing");
    assert_eq!(second_factor::send_code(&ctx, login).await.unwrap().to, "•••• 4567");
    let code = app.sms_code(NUMBER).await;
    assert_eq!(fault(sign_in(&ctx, login, another(&code)).await), FieldFault::Code(CodeFault::Wrong));
    sign_in(&ctx, login, &code).await.unwrap();
    assert!(sign_in(&ctx, login, &code).await.is_err(), "once");
    let told: Vec<String> = app.log().await.into_iter().map(|entry| entry.what).collect();
    for what in
        ["signed in", "tried to sign in as Ana Ruiz with a wrong code", "asked for a code by text message for Ana Ruiz"]
    {
        assert!(told.iter().any(|entry| entry == what), "{what}: {told:?}");
    }
    let letters = app.service.mailer().local_letters().unwrap();
    assert!(letters.iter().any(|letter| letter.to == ana.email && letter.subject == "Codes by text message are on"));
}

async fn nothing_before_the_password(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    set_up(&app, &ana).await;
    let before = messages(&app);
    for email in [&ana.email, "nobody@example.com"] {
        let form = SignIn { email: email.to_owned(), password: Password::new("Wrong-Otter-42"), then: String::new() };
        assert_eq!(problem(user::sign_in(&app.anonymous(), form).await), Problem::WrongPassword);
    }
    // Whoever signs in otherwise has no code sent, nor who is not there.
    let nobody = Login::first(model::UserId(app.service.new_id().unwrap()));
    for login in [Login::first(ben.user), nobody] {
        let refused = second_factor::send_code(&half(&app, "laptop"), login).await;
        assert_eq!(problem(refused), Problem::Conflict(Conflict::NoPhone));
    }
    // Nor after the password has changed since it was shown.
    let login = Login { credentials_version: -1, ..login(&app, &ana).await };
    assert_eq!(problem(second_factor::send_code(&half(&app, "tablet"), login).await), Problem::SignedOut);
    app.deliver().await;
    assert_eq!(messages(&app), before);
}

async fn recovery_codes_beside_it(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let codes = set_up(&app, &ana).await;
    let login = login(&app, &ana).await;
    sign_in(&half(&app, "laptop"), login, &codes[0].to_uppercase()).await.unwrap();
    assert!(sign_in(&half(&app, "laptop"), login, &codes[0]).await.is_err(), "once");
    // The last of the second factors takes them away.
    second_factor::stop_sms(&ana.ctx, by_code(&codes[1])).await.unwrap();
    assert!(matches!(password(&app, &ana).await, SignInOutcome::Complete(_)));
    assert_eq!(second_factor::start_sms(&ana.ctx, by_password()).await.unwrap().len(), 10);
    assert!(sign_in(&half(&app, "laptop"), self::login(&app, &ana).await, &codes[2]).await.is_err());
}

/// They take the place of those before, of whoever shows a second factor; the log and a letter say so.
async fn new_recovery_codes(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let renew = async |code: &str| second_factor::renew_codes(&ana.ctx, by_code(code)).await;
    assert_eq!(problem(renew("").await), Conflict::NoSecondFactor.into());
    let old = set_up(&app, &ana).await;
    for code in ["", "123456"] {
        assert!(problem(renew(code).await).fields().unwrap().get("code").is_some(), "not without a second factor");
    }
    let new = renew(&old[0]).await.unwrap();
    assert_eq!(second_factor::get(&ana.ctx).await.unwrap().recovery_codes, 10);
    let login = login(&app, &ana).await;
    assert!(sign_in(&half(&app, "laptop"), login, &old[1]).await.is_err(), "those before are gone");
    sign_in(&half(&app, "laptop"), login, &new[0]).await.unwrap();
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    let told =
        |letter: &service::Letter| letter.to == ana.email && letter.subject == "Your recovery codes were replaced";
    assert!(letters.iter().any(told));
    assert!(app.log().await.iter().any(|entry| entry.what == "replaced their recovery codes"));
}

/// What the app shows at this time.
fn app_code(app: &App, key: &str) -> String {
    let key = totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let authenticator = totp_rs::Builder::new().with_secret(key).build().unwrap();
    authenticator.generate(u64::try_from(app.service.now().0).unwrap() / 1_000_000).to_string()
}

async fn beside_an_app(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    second_factor::begin(&ana.ctx, by_password()).await.unwrap();
    let offer = second_factor::get(&ana.ctx).await.unwrap().offer.unwrap();
    second_factor::confirm(&ana.ctx, ConfirmByCode { code: app_code(&app, &offer.key) }).await.unwrap();
    app.move_clock(RESEND);
    verify(&app, &ana.ctx, NUMBER, &app_code(&app, &offer.key)).await;
    app.move_clock(RESEND);
    let codes = second_factor::start_sms(&ana.ctx, by_code(&app_code(&app, &offer.key))).await.unwrap();
    assert_eq!(codes, Vec::<String>::new(), "those that there are stay");

    let (login, ctx) = (login(&app, &ana).await, half(&app, "laptop"));
    app.move_clock(RESEND);
    second_factor::send_code(&ctx, login).await.unwrap();
    sign_in(&ctx, login, &app.sms_code(NUMBER).await).await.unwrap();
    app.move_clock(RESEND);
    second_factor::send_code(&ctx, login).await.unwrap();
    sign_in(&ctx, login, &app_code(&app, &offer.key)).await.unwrap();
    sign_in(&ctx, login, &offer.recovery_codes[0]).await.unwrap();
    second_factor::stop_sms(&ana.ctx, by_code(&offer.recovery_codes[1])).await.unwrap();
    assert_eq!(second_factor::get(&ana.ctx).await.unwrap().recovery_codes, 8, "they go with the app");
}

async fn of_its_session(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    set_up(&app, &ana).await;
    let (login, laptop, thief) = (login(&app, &ana).await, half(&app, "laptop"), half(&app, "thief"));
    second_factor::send_code(&laptop, login).await.unwrap();
    let code = app.sms_code(NUMBER).await;
    assert_eq!(fault(sign_in(&thief, login, &code).await), FieldFault::Code(CodeFault::Wrong));
    // Guesses elsewhere do not end it.
    for _ in 0..6 {
        assert!(sign_in(&thief, login, another(&code)).await.is_err());
    }
    sign_in(&laptop, login, &code).await.unwrap();
}

async fn guesses_end(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    set_up(&app, &ana).await;
    let (login, ctx) = (login(&app, &ana).await, half(&app, "laptop"));
    second_factor::send_code(&ctx, login).await.unwrap();
    let code = app.sms_code(NUMBER).await;
    for _ in 0..5 {
        assert!(sign_in(&ctx, login, another(&code)).await.is_err());
    }
    assert_eq!(fault(sign_in(&ctx, login, &code).await), FieldFault::Code(CodeFault::Expired));
    app.move_clock(RESEND);
    second_factor::send_code(&ctx, login).await.unwrap();
    sign_in(&ctx, login, &app.sms_code(NUMBER).await).await.unwrap();
}

async fn once_at_the_same_time(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    set_up(&app, &ana).await;
    let login = login(&app, &ana).await;
    second_factor::send_code(&half(&app, "laptop"), login).await.unwrap();
    let code = app.sms_code(NUMBER).await;
    // From networks of their own, so that no limit stops them before.
    let browsers: Vec<Context> = (0..50).map(|_| half(&app, "laptop")).collect();
    let answers = futures::future::join_all(browsers.iter().map(|ctx| sign_in(ctx, login, &code))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
}

/// Half a minute passes between two of them, however many ask at once.
async fn one_of_many_at_once(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    set_up(&app, &ana).await;
    app.move_clock(Duration::from_mins(1));
    let before = messages(&app);
    let ctx = half(&app, "laptop");
    let login = login(&app, &ana).await;
    let asked = (0..20).map(|_| second_factor::send_code(&ctx, login));
    let answers = futures::future::join_all(asked).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    app.deliver().await;
    assert_eq!(messages(&app), before + 1);
}

/// Whoever knows the password has three messages sent in a day; a browser of the person's own has more.
async fn strangers_use_up_their_own(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    set_up(&app, &ana).await;
    let login = login(&app, &ana).await;
    let before = messages(&app);
    for number in 0..3 {
        second_factor::send_code(&half(&app, &format!("thief{number}")), login).await.unwrap();
    }
    let refused = second_factor::send_code(&half(&app, "thief"), login).await;
    assert!(matches!(problem(refused), Problem::TooMany { .. }));
    app.deliver().await;
    assert_eq!(messages(&app), before + 3);

    let cookie = device::remember(&app.anonymous(), login).await.unwrap().unwrap();
    let session = Some(Secret::from_client("laptop"));
    let laptop = app.anonymous().with_browser(Browser { session, devices: device::secrets(&cookie) });
    second_factor::send_code(&laptop, login).await.unwrap();
    sign_in(&laptop, login, &app.sms_code(NUMBER).await).await.unwrap();
    // What was entered was wanted: they are counted anew.
    second_factor::send_code(&half(&app, "new"), login).await.unwrap();
}

async fn confirms_who_it_is(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    set_up(&app, &ana).await;
    let missing = second_factor::begin(&ana.ctx, by_password()).await;
    assert_eq!(fault(missing), FieldFault::Code(CodeFault::Missing));
    second_factor::send_own_code(&ana.ctx).await.unwrap();
    let code = app.sms_code(NUMBER).await;
    // A code for this verifies no number.
    assert!(phone::confirm(&ana.ctx, ConfirmPhone { code: code.clone() }).await.is_err());
    second_factor::begin(&ana.ctx, by_code(&code)).await.unwrap();
    assert!(second_factor::begin(&ana.ctx, by_code(&code)).await.is_err(), "once");
    let ben = app.viewer().await;
    assert_eq!(problem(second_factor::send_own_code(&ben.ctx).await), Problem::Conflict(Conflict::NoPhone));
}

/// A code to a number that is not verified yet opens nothing; once it is, it is the second factor.
async fn moves_with_the_number(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let codes = set_up(&app, &ana).await;
    let (login, ctx) = (login(&app, &ana).await, half(&app, "laptop"));
    second_factor::send_code(&ctx, login).await.unwrap();
    let to_the_old = app.sms_code(NUMBER).await;
    let form = ChangePhone {
        number: OTHER.to_owned(),
        password: Password::new(PASSWORD),
        code: codes[0].clone(),
        ..ChangePhone::default()
    };
    phone::ask(&ana.ctx, form).await.unwrap();
    let code = app.sms_code(OTHER).await;
    assert!(second_factor::stop_sms(&ana.ctx, by_code(&code)).await.is_err(), "it shows nothing of whoever has it");
    phone::confirm(&ana.ctx, ConfirmPhone { code }).await.unwrap();
    assert_eq!(problem(sign_in(&ctx, login, &to_the_old).await), Problem::SignedOut);
    let login = self::login(&app, &ana).await;
    assert!(sign_in(&ctx, login, &to_the_old).await.is_err());
    app.move_clock(RESEND);
    second_factor::send_code(&ctx, login).await.unwrap();
    sign_in(&ctx, login, &app.sms_code(OTHER).await).await.unwrap();
}

async fn kept_by_a_policy(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let codes = set_up(&app, &owner).await;
    let now = PolicyPoint::SecondFactor(SecondFactorWithin::Days(0));
    policy::update(&owner.ctx, app.account, now).await.unwrap();
    assert!(organisation::standing(&owner.ctx, app.account).await.is_ok(), "any second factor will do");
    let ana = app.member().await;
    let missing = Problem::Refused(Refusal::SecondFactorMissing);
    assert_eq!(problem(organisation::standing(&ana.ctx, app.account).await), missing);
    app.move_clock(Duration::from_mins(1));
    verify(&app, &ana.ctx, OTHER, "").await;
    assert_eq!(problem(organisation::standing(&ana.ctx, app.account).await), missing, "a number alone is none");
    second_factor::start_sms(&ana.ctx, by_password()).await.unwrap();
    assert!(organisation::standing(&ana.ctx, app.account).await.is_ok(), "back in at once");

    let required = Problem::Refused(Refusal::SecondFactorRequired);
    assert_eq!(phone::get(&owner.ctx).await.unwrap().remove, Err(Refusal::SecondFactorRequired));
    assert_eq!(problem(second_factor::stop_sms(&owner.ctx, by_code(&codes[0])).await), required);
    assert_eq!(problem(phone::remove(&owner.ctx, by_code(&codes[0])).await), required, "and no code is used up");
    second_factor::begin(&owner.ctx, by_code(&codes[0])).await.unwrap();
    let offer = second_factor::get(&owner.ctx).await.unwrap().offer.unwrap();
    second_factor::confirm(&owner.ctx, ConfirmByCode { code: app_code(&app, &offer.key) }).await.unwrap();
    assert_eq!(phone::get(&owner.ctx).await.unwrap().remove, Ok(()), "beside another it may go");
    phone::remove(&owner.ctx, by_code(&offer.recovery_codes[0])).await.unwrap();
    assert_eq!(problem(second_factor::remove(&owner.ctx, by_code(&offer.recovery_codes[1])).await), required);
}

async fn listed_and_counted(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let with = async |second_factor| {
        let filter = MemberFilter { second_factor: Some(second_factor), ..MemberFilter::default() };
        let rows = member::list(&app.owner().ctx, app.account, filter).await.unwrap().rows;
        rows.iter().map(|row| (row.user, row.second_factor.unwrap())).collect::<Vec<_>>()
    };
    let without = async || policy::get(&app.owner().ctx, app.account).await.unwrap().without_second_factor;
    verify(&app, &ana.ctx, NUMBER, "").await;
    assert_eq!((with(true).await, without().await), (vec![], 2));
    second_factor::start_sms(&ana.ctx, by_password()).await.unwrap();
    assert_eq!((with(true).await, without().await), (vec![(ana.user, true)], 1));
    assert_eq!(with(false).await, [(app.owner().user, false)]);
}

/// Another way in is there, and said.
async fn while_the_gateway_is_down(on: Kind) {
    let app = Setup { sms: SmsGateway::Off, ..Setup::on(on) }.app().await;
    let ana = app.member().await;
    let sql = "INSERT INTO phone (user_id, number, verified_at) VALUES ($1, $2, $3)";
    app.sql(sql, vec![ana.user.into(), NUMBER.into(), app.service.now().into()]).await;
    let codes = second_factor::start_sms(&ana.ctx, by_password()).await.unwrap();
    let (login, ctx) = (login(&app, &ana).await, half(&app, "laptop"));
    assert!(second_factor::get_second_step(&ctx, login).await.unwrap().is_sms_down);
    let refused = second_factor::send_code(&ctx, login).await;
    assert_eq!(problem(refused), Problem::Conflict(Conflict::SmsUnavailable));
    sign_in(&ctx, login, &codes[0]).await.unwrap();
}
