//! Text messages: what the gateway is handed, and what becomes of those it does not take.

use crate::support::{App, FakeSmsGateway, GatewayAnswer, Kind, Setup, on_both_databases, problem};
use model::{Conflict, Job, Phone, Problem, Segments, SmsCodeId, SmsState, UserId};
use sea_orm::{ConnectionTrait, Statement};
use service::{
    Context, HttpGateway, HttpGatewaySetting, HttpGatewaySettings, Message, SmsGateway, outbox, sms, sms_guard,
};
use std::{sync::Arc, time::Duration};

on_both_databases!(
    handed_over_as_a_form,
    handed_over_as_json,
    handed_over_in_the_address,
    tried_again,
    refused_for_good,
    refused_for_now,
    no_redirect_is_followed,
    no_answer_in_time,
    an_answer_that_cannot_be_read,
    a_code_is_not_sent_late,
    nothing_for_nobody,
    on_the_page_of_this_machine,
    without_a_gateway
);

const RETRY: Duration = Duration::from_secs(125);

async fn app(on: Kind, gateway: HttpGateway) -> App {
    Setup { sms: SmsGateway::http(gateway), ..Setup::on(on) }.app().await
}

fn number() -> Phone {
    Phone::from_e164("+27821234567").unwrap()
}

/// Puts a code for somebody into the outbox, as the change does that asks for it.
async fn put(app: &App, user: UserId) {
    let code = SmsCodeId(app.service.new_id().unwrap());
    let sql = "INSERT INTO sms_code (id, user_id, purpose, session_hash, number, failures, created_at)
        SELECT $1, id, 'number', $2, $3, 0, $4 FROM \"user\" WHERE id = $5";
    let (session, now) = (code.to_string(), app.service.now());
    app.sql(sql, vec![code.into(), session.into(), number().as_str().into(), now.into(), user.into()]).await;
    let message = serde_json::to_string(&Message::SmsCode(code)).unwrap();
    let sql = "INSERT INTO outbox (id, message, attempts, created_at, due_at) VALUES ($1, $2, 0, $3, $3)";
    let (id, now) = (app.service.new_id().unwrap(), app.service.now());
    app.sql(sql, vec![id.into(), message.into(), now.into()]).await;
}

async fn tries(app: &App) -> usize {
    outbox::deliver_due(&Context::system(Arc::clone(&app.service), Job::SendMessages).unwrap()).await.unwrap()
}

/// Puts a code into the outbox, and tries once to deliver it.
async fn send(app: &App) {
    app.deliver().await;
    put(app, app.owner().user).await;
    assert_eq!(tries(app).await, 1);
}

async fn state(app: &App) -> SmsState {
    sms::state(&app.owner().ctx).await.unwrap()
}

/// The id of the gateway in the newest row of the outbox, and whether it was given up.
async fn outcome(app: &App) -> (Option<String>, bool) {
    let db = app.service.database.for_migrations();
    let sql = "SELECT gateway_id, failed_at FROM outbox ORDER BY created_at DESC LIMIT 1";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    (row.try_get("", "gateway_id").unwrap(), row.try_get::<Option<i64>>("", "failed_at").unwrap().is_some())
}

/// The code in the text of a message.
fn code_in(text: &str) -> String {
    text.chars().take_while(char::is_ascii_digit).collect()
}

async fn handed_over_as_a_form(on: Kind) {
    let gateway = FakeSmsGateway::start().await;
    let app = app(on, HttpGateway::new(gateway.settings()).unwrap()).await;
    send(&app).await;
    let requests = gateway.requests();
    let [request] = &requests[..] else { panic!("one request: {requests:?}") };
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /Messages.json HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("authorization: Basic c2lkOnRva2Vu"), "{head}");
    assert!(head.contains("content-type: application/x-www-form-urlencoded"), "{head}");
    let text = body.strip_prefix("To=%2B27821234567&From=Acme&Body=").unwrap().split('&').next().unwrap();
    let code = code_in(text);
    assert_eq!(code.len(), 6, "{text}");
    let rest = "%20is%20your%20Tenantry%20code%2E%20Never%20share%20it%2E%0A%0A%40tenantry%2Eexample%20%23";
    assert_eq!(text, format!("{code}{rest}{code}"));
    assert_eq!(outcome(&app).await, (Some("SM1".to_owned()), false));
    assert_eq!((tries(&app).await, state(&app).await), (0, SmsState::Up), "delivered is delivered");
}

async fn handed_over_as_json(on: Kind) {
    let gateway = FakeSmsGateway::start().await;
    gateway.answer(GatewayAnswer::Answer(200, r#"{"messages":[{"id":42}]}"#.to_owned()));
    let settings = HttpGatewaySettings {
        body: r#"{"messages":[{"to":"{to}","text":"{text}","reference":"{id}"}]}"#.to_owned(),
        id: "/messages/0/id".to_owned(),
        ..gateway.settings()
    };
    let app = app(on, HttpGateway::new(settings).unwrap()).await;
    send(&app).await;
    let request = gateway.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-type: application/json"), "{head}");
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let (message, code) = (&body["messages"][0], code_in(body["messages"][0]["text"].as_str().unwrap()));
    assert_eq!(message["to"], "+27821234567");
    let text = format!("{code} is your Tenantry code. Never share it.\n\n@tenantry.example #{code}");
    assert_eq!(message["text"], text);
    assert_eq!(Segments::of(&text).count, 1, "it costs one message");
    assert_eq!(outcome(&app).await, (Some("42".to_owned()), false));
}

async fn handed_over_in_the_address(on: Kind) {
    let gateway = FakeSmsGateway::start().await;
    let settings = HttpGatewaySettings {
        url: format!("{}/send?to={{to}}&text={{text}}", gateway.url),
        method: "GET".to_owned(),
        body: String::new(),
        id: String::new(),
        ..gateway.settings()
    };
    let app = app(on, HttpGateway::new(settings).unwrap()).await;
    send(&app).await;
    let request = gateway.requests().remove(0);
    assert!(request.starts_with("GET /send?to=%2B27821234567&text="), "{request}");
    assert!(!request.contains("content-type"), "{request}");
    assert_eq!(outcome(&app).await, (None, false));
}

/// Once more, under the same id; meanwhile pages say that it does not work.
async fn tried_again(on: Kind) {
    let gateway = FakeSmsGateway::start().await;
    let app = app(on, HttpGateway::new(gateway.settings()).unwrap()).await;
    gateway.status(500);
    send(&app).await;
    assert_eq!((tries(&app).await, state(&app).await), (0, SmsState::Down), "not at once");
    let asked = sms_guard::allow(&app.owner().ctx, &number(), service::SmsPurpose::Number, None).await;
    assert_eq!(problem(asked), Problem::Conflict(Conflict::SmsUnavailable));
    app.move_clock(RETRY);
    assert_eq!(state(&app).await, SmsState::Up, "somebody has to try it again");
    gateway.status(503);
    assert_eq!((tries(&app).await, state(&app).await), (1, SmsState::Down));
    app.move_clock(RETRY + RETRY);
    gateway.status(200);
    assert_eq!((tries(&app).await, state(&app).await), (1, SmsState::Up));
    let ids: Vec<String> = gateway.requests().iter().map(|text| text.split_once("Id=").unwrap().1.to_owned()).collect();
    assert!(ids.len() == 3 && ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

async fn refused_for_good(on: Kind) {
    let gateway = FakeSmsGateway::start().await;
    let app = app(on, HttpGateway::new(gateway.settings()).unwrap()).await;
    // What is wrong with the message says nothing of the next; what is wrong with the settings does.
    // A number that it may not send to is answered by 403 or 404 elsewhere.
    for (status, expected) in [(400, SmsState::Up), (422, SmsState::Up), (401, SmsState::Down), (403, SmsState::Up)] {
        gateway.status(status);
        send(&app).await;
        assert_eq!((outcome(&app).await, state(&app).await), ((None, true), expected), "{status}");
        app.move_clock(Duration::from_mins(9));
        assert_eq!(tries(&app).await, 0, "{status}");
    }
    assert_eq!(gateway.requests().len(), 4);
}

async fn refused_for_now(on: Kind) {
    let gateway = FakeSmsGateway::start().await;
    let app = app(on, HttpGateway::new(gateway.settings()).unwrap()).await;
    for status in [408, 429, 500, 502] {
        gateway.status(status);
        send(&app).await;
        assert_eq!((outcome(&app).await, state(&app).await), ((None, false), SmsState::Down), "{status}");
        gateway.status(200);
        app.move_clock(RETRY);
        assert_eq!(tries(&app).await, 1, "{status}");
    }
}

/// The message and the gateway's password go where the operator said, and nowhere else.
async fn no_redirect_is_followed(on: Kind) {
    let (gateway, elsewhere) = (FakeSmsGateway::start().await, FakeSmsGateway::start().await);
    let app = app(on, HttpGateway::new(gateway.settings()).unwrap()).await;
    gateway.answer(GatewayAnswer::Redirect(elsewhere.url.clone()));
    send(&app).await;
    assert_eq!((gateway.requests().len(), elsewhere.requests().len()), (1, 0));
    assert_eq!((outcome(&app).await, state(&app).await), ((None, false), SmsState::Down));
}

async fn no_answer_in_time(on: Kind) {
    let gateway = FakeSmsGateway::start().await;
    let app = app(on, gateway.with_little_patience()).await;
    gateway.answer(GatewayAnswer::Silence);
    send(&app).await;
    assert_eq!((gateway.requests().len(), outcome(&app).await), (1, (None, false)));
    assert_eq!(state(&app).await, SmsState::Down);
}

/// The message is sent by then: it is not sent twice for the sake of its id.
async fn an_answer_that_cannot_be_read(on: Kind) {
    let gateway = FakeSmsGateway::start().await;
    let app = app(on, HttpGateway::new(gateway.settings()).unwrap()).await;
    let long = format!(r#"{{"filler":"{}","sid":"SM1"}}"#, "x".repeat(100_000));
    for body in ["", "queued", r#"{"sid":{}}"#, &long] {
        gateway.answer(GatewayAnswer::Answer(200, body.to_owned()));
        send(&app).await;
        assert_eq!((outcome(&app).await, state(&app).await), ((None, false), SmsState::Up));
        app.move_clock(RETRY);
        assert_eq!(tries(&app).await, 0);
    }
}

async fn a_code_is_not_sent_late(on: Kind) {
    let gateway = FakeSmsGateway::start().await;
    let app = app(on, HttpGateway::new(gateway.settings()).unwrap()).await;
    app.stop_clock();
    gateway.status(500);
    send(&app).await;
    gateway.status(200);
    app.move_clock(Duration::from_mins(10));
    assert_eq!((tries(&app).await, outcome(&app).await), (1, (None, true)));
    assert_eq!(gateway.requests().len(), 1, "the first try alone");
    assert_eq!(tries(&app).await, 0, "given up");
}

async fn nothing_for_nobody(on: Kind) {
    let gateway = FakeSmsGateway::start().await;
    let app = app(on, HttpGateway::new(gateway.settings()).unwrap()).await;
    app.deliver().await;
    put(&app, UserId(app.service.new_id().unwrap())).await;
    assert_eq!((tries(&app).await, tries(&app).await), (1, 0));
    assert!(gateway.requests().is_empty());
}

async fn on_the_page_of_this_machine(on: Kind) {
    let app = App::new(on).await;
    send(&app).await;
    let messages = app.service.local_sms().unwrap();
    let [sms] = &messages[..] else { panic!("one message") };
    assert_eq!((sms.to.as_str(), state(&app).await), ("+27821234567", SmsState::Up));
    let lines: Vec<&str> = sms.text.lines().collect();
    assert_eq!(lines.last().copied(), Some(&*format!("@tenantry.example #{}", code_in(&sms.text))));
}

/// Nobody is offered what never comes.
async fn without_a_gateway(on: Kind) {
    let app = Setup { sms: SmsGateway::Off, ..Setup::on(on) }.app().await;
    assert_eq!(state(&app).await, SmsState::Off);
    let asked = sms_guard::allow(&app.owner().ctx, &number(), service::SmsPurpose::Number, None).await;
    assert_eq!(problem(asked), Problem::Conflict(Conflict::SmsUnavailable));
    send(&app).await;
    assert_eq!(outcome(&app).await, (None, true));
    assert!(app.service.local_sms().is_none());
}

#[tokio::test]
async fn settings_that_cannot_stand() {
    type Change = fn(&mut HttpGatewaySettings);
    use HttpGatewaySetting as Setting;
    let gateway = FakeSmsGateway::start().await;
    let fault = |change: Change| {
        let mut settings = gateway.settings();
        change(&mut settings);
        HttpGateway::new(settings).err()
    };
    assert_eq!(fault(|_| {}), None);
    let faults: [(Option<Setting>, Change); 20] = [
        (Some(Setting::Url), |settings| settings.url = "gateway.example".to_owned()),
        (Some(Setting::Url), |settings| settings.url = "smtp://gateway.example".to_owned()),
        (Some(Setting::Url), |settings| settings.url = "https://".to_owned()),
        (Some(Setting::Url), |settings| settings.url = "https://sid:token@gateway.example".to_owned()),
        (Some(Setting::Url), |settings| settings.url = "https://{to}.example/".to_owned()),
        (Some(Setting::Method), |settings| settings.method = "DELETE".to_owned()),
        (Some(Setting::Method), |settings| settings.method = "GET".to_owned()),
        (Some(Setting::Headers), |settings| settings.headers = "Authorization".to_owned()),
        (Some(Setting::Headers), |settings| settings.headers = "Two words: x".to_owned()),
        (Some(Setting::Headers), |settings| settings.headers = "Host: other.example".to_owned()),
        (Some(Setting::Headers), |settings| settings.headers = "Content-Type: text/xml".to_owned()),
        (Some(Setting::Body), |settings| settings.body = "To={to}".to_owned()),
        (Some(Setting::Body), |settings| settings.body = "Body={text}".to_owned()),
        (Some(Setting::Body), |settings| settings.body = r#"{"to":{to},"text":"{text}"}"#.to_owned()),
        (Some(Setting::Body), |settings| settings.headers = "Content-Type: application/json".to_owned()),
        (Some(Setting::From), |settings| settings.from = String::new()),
        (Some(Setting::Id), |settings| settings.id = "sid".to_owned()),
        (None, |settings| settings.id = String::new()),
        (None, |settings| {
            settings.headers = "X-Key: a:b\n\nContent-Type: application/x-www-form-urlencoded".to_owned();
        }),
        (None, |settings| settings.body = r#" {"to":"{to}","text":"{text}"}"#.to_owned()),
    ];
    for (number, (expected, change)) in faults.into_iter().enumerate() {
        assert_eq!(fault(change), expected, "{number}");
    }
}
