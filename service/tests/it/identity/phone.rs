//! A mobile number: only by the person, and only once a code that was sent to it has come back.

use crate::support::{App, Kind, PASSWORD, Person, Setup, on_both_databases, problem};
use model::{
    ChangePhone, CodeFault, ConfirmIdentity, ConfirmPhone, Conflict, Country, FieldFault, Password, PhoneFault,
    Problem, SmsState,
};
use service::{Browser, Context, Secret, SmsGateway, phone};
use std::time::Duration;

on_both_databases!(
    verified_by_its_code,
    the_one_before_stays,
    that_get_no_code,
    not_without_the_password,
    in_its_session_alone,
    five_tries,
    ten_minutes,
    sent_again,
    once_at_the_same_time,
    given_up,
    removed,
    of_members_of_none,
    nowhere_readable,
    without_a_gateway
);

const NUMBER: &str = "+27821234567";
const OTHER: &str = "+27837654321";

fn form(number: &str, country: &'static str) -> ChangePhone {
    let country = if country.is_empty() { Country::Unset } else { Country::Listed(country) };
    ChangePhone { country, number: number.to_owned(), password: Password::new(PASSWORD), ..ChangePhone::default() }
}

async fn ask(ctx: &Context, number: &str) -> service::Result<()> {
    phone::ask(ctx, form(number, "")).await
}

async fn confirm(ctx: &Context, code: &str) -> service::Result<()> {
    phone::confirm(ctx, ConfirmPhone { code: code.to_owned() }).await
}

fn by_password() -> ConfirmIdentity {
    ConfirmIdentity { password: Password::new(PASSWORD), ..ConfirmIdentity::default() }
}

async fn number(ctx: &Context) -> Option<String> {
    phone::get(ctx).await.unwrap().verified.map(|phone| phone.number)
}

/// A code that is not this one.
fn another(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[track_caller]
fn fault<T>(result: service::Result<T>, field: &str) -> FieldFault {
    problem(result).fields().expect("a field is wrong").get(field).expect(field).clone()
}

fn in_session(person: &Person, session: &str) -> Context {
    let browser = Browser { session: Some(Secret::from_client(session)), devices: Vec::new() };
    person.ctx.clone().with_browser(browser)
}

fn messages(app: &App) -> usize {
    app.service.local_sms().unwrap().len()
}

async fn letters(app: &App, to: &Person) -> Vec<String> {
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap().into_iter();
    letters.filter(|letter| letter.to == to.email).map(|letter| letter.subject).collect()
}

async fn verified_by_its_code(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    phone::ask(&ana.ctx, form(" 082 123 4567 ", "ZA")).await.unwrap();
    let asked = phone::get(&ana.ctx).await.unwrap();
    assert_eq!((asked.verified, asked.asked.unwrap().number.as_str()), (None, "+27 82 123 4567"));
    let code = app.sms_code(NUMBER).await;
    assert_eq!(fault(confirm(&ana.ctx, another(&code)).await, "code"), FieldFault::Code(CodeFault::Wrong));
    assert_eq!(number(&ana.ctx).await, None);

    // As an Arabic keyboard has them, in two groups.
    let digits: String = code.chars().map(|digit| char::from_u32(u32::from(digit) - 0x30 + 0x660).unwrap()).collect();
    let (first, second) = digits.split_at(6);
    confirm(&ana.ctx, &format!("{first} {second}")).await.unwrap();
    assert_eq!(number(&ana.ctx).await.as_deref(), Some("+27 82 123 4567"));
    let log = app.log().await;
    assert_eq!((log[0].who.user, log[0].what.as_str()), (Some(ana.user), "changed their mobile number"));
    assert!(log.iter().any(|entry| entry.what == "asked to change their mobile number"));
    assert!(letters(&app, &ana).await.contains(&"Your mobile number was changed".to_owned()));
    assert!(confirm(&ana.ctx, &code).await.is_err(), "once");
}

async fn the_one_before_stays(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    ask(&ana.ctx, NUMBER).await.unwrap();
    confirm(&ana.ctx, &app.sms_code(NUMBER).await).await.unwrap();
    app.move_clock(Duration::from_mins(1));
    ask(&ana.ctx, OTHER).await.unwrap();
    assert_eq!(number(&ana.ctx).await.as_deref(), Some("+27 82 123 4567"));
    confirm(&ana.ctx, &app.sms_code(OTHER).await).await.unwrap();
    assert_eq!(number(&ana.ctx).await.as_deref(), Some("+27 83 765 4321"));
}

async fn that_get_no_code(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    for (typed, country, expected) in [
        ("+44 7700 900123", "", PhoneFault::Invalid),
        ("+27 11 234 5678", "", PhoneFault::NotMobile),
        ("0800 123 456", "ZA", PhoneFault::NoMessages),
        ("+1 900 555 0123", "", PhoneFault::NoMessages),
        ("112", "DE", PhoneFault::Invalid),
        ("4.47911E+11", "GB", PhoneFault::FromSpreadsheet),
        ("082 123 4567 / 083 765 4321", "ZA", PhoneFault::Several),
        ("415-555-2671 x123", "US", PhoneFault::Extension),
        ("082 123 4567", "", PhoneFault::NoCountryCode),
    ] {
        let refused = phone::ask(&ana.ctx, form(typed, country)).await;
        assert_eq!(fault(refused, "number"), FieldFault::Phone(expected), "{typed}");
    }
    let nowhere = ChangePhone { country: Country::Typed("Atlantis".to_owned()), ..form(NUMBER, "") };
    assert_eq!(fault(phone::ask(&ana.ctx, nowhere).await, "country"), FieldFault::CountryNotListed);
    app.deliver().await;
    assert_eq!(messages(&app), 0);
}

async fn not_without_the_password(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let stolen = ChangePhone { password: Password::new("Wrong-Otter-42"), ..form(NUMBER, "") };
    assert!(problem(phone::ask(&ana.ctx, stolen).await).fields().unwrap().get("password").is_some());
    assert_eq!(problem(ask(&app.anonymous(), NUMBER).await), Problem::SignedOut);
    app.deliver().await;
    assert_eq!((messages(&app), phone::get(&ana.ctx).await.unwrap().asked), (0, None));
}

async fn in_its_session_alone(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (here, elsewhere) = (in_session(&ana, "here"), in_session(&ana, "elsewhere"));
    ask(&here, NUMBER).await.unwrap();
    let code = app.sms_code(NUMBER).await;
    assert_eq!(phone::get(&elsewhere).await.unwrap().asked, None);
    assert_eq!(fault(confirm(&elsewhere, &code).await, "code"), FieldFault::Code(CodeFault::Expired));
    assert_eq!(problem(phone::send_again(&elsewhere).await), Problem::Conflict(Conflict::PhoneNotAsked));
    let ben = app.viewer().await;
    assert!(confirm(&ben.ctx, &code).await.is_err(), "nor by somebody else");
    confirm(&here, &code).await.unwrap();
    assert_eq!(number(&elsewhere).await.as_deref(), Some("+27 82 123 4567"));
}

async fn five_tries(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    ask(&ana.ctx, NUMBER).await.unwrap();
    let code = app.sms_code(NUMBER).await;
    for _ in 0..4 {
        assert_eq!(fault(confirm(&ana.ctx, another(&code)).await, "code"), FieldFault::Code(CodeFault::Wrong));
    }
    for typed in [another(&code), &code] {
        assert_eq!(fault(confirm(&ana.ctx, typed).await, "code"), FieldFault::Code(CodeFault::Expired));
    }
    assert_eq!(number(&ana.ctx).await, None);
    app.move_clock(Duration::from_secs(30));
    phone::send_again(&ana.ctx).await.unwrap();
    confirm(&ana.ctx, &app.sms_code(NUMBER).await).await.unwrap();
}

async fn ten_minutes(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    app.stop_clock();
    let instant = Duration::from_micros(1);
    for (late, in_time) in [(instant, true), (Duration::ZERO, false)] {
        ask(&ana.ctx, NUMBER).await.unwrap();
        let code = app.sms_code(NUMBER).await;
        app.move_clock(Duration::from_mins(10).checked_sub(late).unwrap());
        assert_eq!(phone::get(&ana.ctx).await.unwrap().asked.is_some(), in_time);
        assert_eq!(confirm(&ana.ctx, &code).await.is_ok(), in_time);
    }
    // Nobody is sent a code that no longer counts.
    let before = messages(&app);
    ask(&ana.ctx, OTHER).await.unwrap();
    app.move_clock(Duration::from_mins(10));
    app.deliver().await;
    assert_eq!(messages(&app), before);
}

async fn sent_again(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    app.stop_clock();
    ask(&ana.ctx, NUMBER).await.unwrap();
    let first = app.sms_code(NUMBER).await;
    app.move_clock(Duration::from_secs(20));
    assert_eq!(problem(phone::send_again(&ana.ctx).await), Problem::TooMany { seconds: 10 });
    assert_eq!(problem(ask(&ana.ctx, OTHER).await), Problem::TooMany { seconds: 10 });
    app.move_clock(Duration::from_secs(10));
    assert_eq!(phone::send_again(&ana.ctx).await.unwrap().to, "•••• 4567");
    let second = app.sms_code(NUMBER).await;
    assert_eq!(messages(&app), 2);
    if first != second {
        assert_eq!(fault(confirm(&ana.ctx, &first).await, "code"), FieldFault::Code(CodeFault::Wrong));
    }
    confirm(&ana.ctx, &second).await.unwrap();
}

async fn once_at_the_same_time(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    ask(&ana.ctx, NUMBER).await.unwrap();
    let code = app.sms_code(NUMBER).await;
    let answers = futures::future::join_all((0..50).map(|_| confirm(&ana.ctx, &code))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let changes = app.log().await;
    assert_eq!(changes.iter().filter(|entry| entry.what == "changed their mobile number").count(), 1);
}

async fn given_up(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    phone::cancel(&ana.ctx).await.unwrap();
    ask(&ana.ctx, NUMBER).await.unwrap();
    let code = app.sms_code(NUMBER).await;
    phone::cancel(&ana.ctx).await.unwrap();
    assert_eq!(phone::get(&ana.ctx).await.unwrap().asked, None);
    assert_eq!(fault(confirm(&ana.ctx, &code).await, "code"), FieldFault::Code(CodeFault::Expired));
}

async fn removed(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    ask(&ana.ctx, NUMBER).await.unwrap();
    confirm(&ana.ctx, &app.sms_code(NUMBER).await).await.unwrap();
    let stolen = ConfirmIdentity { password: Password::new("Wrong-Otter-42"), ..ConfirmIdentity::default() };
    assert!(problem(phone::remove(&ana.ctx, stolen).await).fields().is_some());
    assert!(number(&ana.ctx).await.is_some());
    phone::remove(&ana.ctx, by_password()).await.unwrap();
    assert_eq!(number(&ana.ctx).await, None);
    assert_eq!(app.log().await[0].what, "removed their mobile number");
    assert!(letters(&app, &ana).await.contains(&"Your mobile number was removed".to_owned()));
    let before = app.log_size().await;
    phone::remove(&ana.ctx, by_password()).await.unwrap();
    assert_eq!(app.log_size().await, before, "there is nothing to remove");
}

/// What is one's own needs no organisation.
async fn of_members_of_none(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    service::member::remove(&app.owner().ctx, app.account, ana.member).await.unwrap();
    ask(&ana.ctx, NUMBER).await.unwrap();
    confirm(&ana.ctx, &app.sms_code(NUMBER).await).await.unwrap();
    assert!(number(&ana.ctx).await.is_some());
}

/// The code stands nowhere, and the number in no log and no message.
async fn nowhere_readable(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    ask(&ana.ctx, NUMBER).await.unwrap();
    let code = app.sms_code(NUMBER).await;
    let stored = app.texts("sms_code", &["code_hash"]).await;
    assert!(stored.contains("v1.") && !stored.contains(&code), "{stored}");
    confirm(&ana.ctx, &code).await.unwrap();
    let told = app.texts("access_entry", &["event", "path"]).await + &app.texts("outbox", &["message"]).await;
    assert!(!told.contains("821234567"), "{told}");
}

async fn without_a_gateway(on: Kind) {
    let app = Setup { sms: SmsGateway::Off, ..Setup::on(on) }.app().await;
    let ana = app.member().await;
    assert_eq!(phone::get(&ana.ctx).await.unwrap().sms, SmsState::Off);
    assert_eq!(problem(ask(&ana.ctx, NUMBER).await), Problem::Conflict(Conflict::SmsUnavailable));
    assert_eq!(phone::get(&ana.ctx).await.unwrap().asked, None);
}
