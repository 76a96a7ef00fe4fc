//! What a messaging platform reports: read strictly, taken up once, shown to those who may see alerts.

use crate::support::{App, Kind, en, on_both_databases, problem};
use model::{
    AmountFault, EventReceipt, FieldFault, Permission, PlatformEventFilter, PlatformEventKind, Problem, Refusal, Role,
    limit,
};
use serde_json::{Value, json};
use service::{Context, account, platform_event};
use std::time::Duration;

on_both_databases!(
    reported,
    once,
    another_under_one_id,
    faults,
    all_or_none,
    too_many,
    at_most_a_day_old,
    amounts,
    by_permission,
    invoices_by_permission,
    here_and_below,
    logged,
    kept_for_90_days
);

fn now(app: &App) -> String {
    jiff::Timestamp::from_microsecond(app.service.now().0).unwrap().to_string()
}

fn failed(app: &App, id: &str) -> Value {
    json!({ "id": id, "kind": "message.failed", "time": now(app), "message": "m-1", "reason": "Number not in service" })
}

/// The event with these fields in the place of its own.
fn with(mut event: Value, fields: &[(&str, Value)]) -> Value {
    for (name, value) in fields {
        event[*name] = value.clone();
    }
    event
}

async fn report(app: &App, ctx: &Context, body: Value) -> service::Result<EventReceipt> {
    platform_event::report(ctx, app.account, body).await
}

async fn accepted(app: &App, body: Value) -> u64 {
    report(app, &app.owner().ctx, body).await.unwrap().accepted
}

/// What is wrong with a field.
async fn fault(app: &App, body: Value, field: &str) -> Option<FieldFault> {
    problem(report(app, &app.owner().ctx, body).await).fields()?.get(field).cloned()
}

async fn sentences(app: &App, ctx: &Context) -> Vec<String> {
    let page = platform_event::list(ctx, app.account, PlatformEventFilter::default()).await.unwrap();
    page.rows.iter().map(|row| en(&row.event)).collect()
}

async fn reported(on: Kind) {
    let app = App::new(on).await;
    let time = now(&app);
    let of = |id: &str, kind: &str| json!({ "id": id, "kind": kind, "time": time });
    let events = [
        with(failed(&app, "1"), &[("campaign", json!("Spring sale")), ("time", json!(time))]),
        with(of("2", "credits.balance"), &[("balance", json!(1250))]),
        with(of("3", "credits.balance"), &[("balance", json!("49.5")), ("currency", json!("EUR"))]),
        with(of("4", "hook.failed"), &[("hook", json!("Orders")), ("status", json!(503)), ("reason", json!("down"))]),
        with(of("5", "import.finished"), &[("rows", json!(1200)), ("added", json!(1150)), ("rejected", json!(50))]),
        with(of("6", "invoice.issued"), &[("invoice", json!("T-7")), ("total", json!(12)), ("currency", json!("jpy"))]),
        with(
            of("7", "payment.received"),
            &[("payment", json!("p-1")), ("paid", json!("3.20")), ("currency", json!("USD"))],
        ),
        with(of("8", "contacts.created"), &[("contacts", json!(3))]),
    ];
    let receipt = report(&app, &app.owner().ctx, json!(events)).await.unwrap();
    assert_eq!(receipt, EventReceipt { accepted: 8, repeated: 0 });
    let mut shown = sentences(&app, &app.owner().ctx).await;
    shown.reverse();
    assert_eq!(
        shown,
        [
            "Message m-1 of campaign Spring sale: Number not in service",
            "1,250 credits left",
            "EUR 49.50 left",
            "Orders: down (status 503)",
            "1,200 rows: 1,150 added, 50 rejected",
            "Invoice T-7: JPY 12",
            "Payment p-1: USD 3.20",
            "3 contacts"
        ]
    );
    let filter = PlatformEventFilter { kind: Some(PlatformEventKind::HookFailed), cursor: None };
    let hooks = platform_event::list(&app.owner().ctx, app.account, filter).await.unwrap();
    assert_eq!((hooks.rows.len(), hooks.rows[0].reported_id.as_str()), (1, "4"));
}

/// A program that hears no answer reports again.
async fn once(on: Kind) {
    let app = App::new(on).await;
    let (first, ctx) = (failed(&app, "1"), app.owner().ctx);
    assert_eq!(accepted(&app, first.clone()).await, 1);
    let second = failed(&app, "2");
    let twice = json!([first, second, second]);
    assert_eq!(report(&app, &ctx, twice).await.unwrap(), EventReceipt { accepted: 1, repeated: 2 });
    assert_eq!(sentences(&app, &ctx).await.len(), 2);
    // All at once, on a connection each.
    let again = failed(&app, "3");
    let all = futures::future::join_all((0..10).map(|_| report(&app, &ctx, again.clone()))).await;
    assert_eq!(all.into_iter().map(|receipt| receipt.unwrap().accepted).sum::<u64>(), 1);
}

async fn another_under_one_id(on: Kind) {
    let app = App::new(on).await;
    let first = failed(&app, "1");
    accepted(&app, first.clone()).await;
    let other = with(first.clone(), &[("reason", json!("another"))]);
    assert_eq!(fault(&app, other.clone(), "id").await, Some(FieldFault::OtherEvent));
    assert_eq!(fault(&app, json!([failed(&app, "2"), other]), "[1].id").await, Some(FieldFault::OtherEvent));
    assert_eq!(sentences(&app, &app.owner().ctx).await.len(), 1, "nothing of the list");
    // Another account has ids of its own.
    let owner = app.owner().ctx;
    let below = account::create(&owner, app.account, model::AccountForm { name: "Shop".to_owned() }).await.unwrap();
    platform_event::report(&owner, below, first).await.unwrap();
}

async fn faults(on: Kind) {
    let app = App::new(on).await;
    let event = failed(&app, "1");
    let hook = json!({ "id": "1", "kind": "hook.failed", "time": now(&app), "hook": "Orders", "reason": "down" });
    let sold = json!({ "id": "1", "kind": "contacts.created", "time": now(&app), "contacts": 1 });
    for (body, field, expected) in [
        (with(event.clone(), &[("id", json!(""))]), "id", FieldFault::Required),
        (with(event.clone(), &[("id", json!(7))]), "id", FieldFault::NotText),
        (with(event.clone(), &[("kind", json!("message.lost"))]), "kind", FieldFault::NotOffered),
        (with(event.clone(), &[("reason", Value::Null)]), "reason", FieldFault::Required),
        (with(event.clone(), &[("reason", json!("a\nb"))]), "reason", FieldFault::LineBreak),
        (
            with(event.clone(), &[("reason", json!("x".repeat(201)))]),
            "reason",
            FieldFault::TooLong { limit: limit::LINE },
        ),
        (with(event.clone(), &[("resaon", json!("typo"))]), "resaon", FieldFault::UnknownField),
        (with(event.clone(), &[("time", json!("yesterday"))]), "time", FieldFault::NotATime),
        (with(hook.clone(), &[("status", json!(99))]), "status", FieldFault::NotAStatus),
        (with(hook, &[("status", json!("503"))]), "status", FieldFault::NotAStatus),
        (with(sold.clone(), &[("contacts", json!(-1))]), "contacts", FieldFault::NotACount),
        (with(sold.clone(), &[("contacts", json!(1.5))]), "contacts", FieldFault::NotACount),
        (with(sold, &[("contacts", json!(u64::MAX))]), "contacts", FieldFault::NotACount),
    ] {
        assert_eq!(fault(&app, body.clone(), field).await, Some(expected), "{body}");
    }
    for body in [json!("text"), json!([1]), json!(null)] {
        assert_eq!(problem(report(&app, &app.owner().ctx, body.clone()).await), Problem::Malformed, "{body}");
    }
    assert_eq!(sentences(&app, &app.owner().ctx).await, Vec::<String>::new());
}

/// Every field that is wrong is named, and nothing of the list is taken up.
async fn all_or_none(on: Kind) {
    let app = App::new(on).await;
    let mut events: Vec<Value> = (0..1_000).map(|number| failed(&app, &number.to_string())).collect();
    events[997] = with(events[997].clone(), &[("reason", json!("")), ("more", json!(1))]);
    let told = problem(report(&app, &app.owner().ctx, json!(events)).await);
    assert_eq!(told.fields().unwrap().get("[997].reason"), Some(&FieldFault::Required));
    assert_eq!(told.fields().unwrap().get("[997].more"), Some(&FieldFault::UnknownField));
    assert_eq!(sentences(&app, &app.owner().ctx).await.len(), 0);
    events.remove(997);
    assert_eq!(accepted(&app, json!(events)).await, 999);
}

async fn too_many(on: Kind) {
    let app = App::new(on).await;
    let events: Vec<Value> = (0..=limit::REPORTED_EVENTS).map(|number| failed(&app, &number.to_string())).collect();
    let told = FieldFault::TooManyEvents { limit: limit::REPORTED_EVENTS };
    assert_eq!(fault(&app, json!(events), "events").await, Some(told));
}

async fn at_most_a_day_old(on: Kind) {
    let app = App::new(on).await;
    let (old, early) = (failed(&app, "1"), failed(&app, "2"));
    app.move_clock(Duration::from_mins(24 * 60 - 1));
    assert_eq!(accepted(&app, old.clone()).await, 1, "nearly a day old");
    app.move_clock(Duration::from_mins(2));
    assert_eq!(fault(&app, early.clone(), "time").await, Some(FieldFault::TimePast { hours: 24 }));
    // Sent once more, because nobody heard the answer.
    assert_eq!(report(&app, &app.owner().ctx, old).await.unwrap(), EventReceipt { accepted: 0, repeated: 1 });
    let after = jiff::Timestamp::from_microsecond(app.service.now().0).unwrap() + jiff::SignedDuration::from_mins(6);
    let ahead = with(early, &[("time", json!(after.to_string()))]);
    assert_eq!(fault(&app, ahead, "time").await, Some(FieldFault::TimeAhead));
    // A time in another zone is the same time.
    let here = jiff::Timestamp::from_microsecond(app.service.now().0).unwrap().in_tz("Asia/Kolkata").unwrap();
    let zoned = with(failed(&app, "3"), &[("time", json!(here.strftime("%FT%T%:z").to_string()))]);
    assert_eq!(accepted(&app, zoned).await, 1);
}

/// By the decimals of the currency; credits are whole.
async fn amounts(on: Kind) {
    let app = App::new(on).await;
    let balance = |balance: Value, currency: Option<&str>| json!({ "id": "1", "kind": "credits.balance", "time": now(&app), "balance": balance, "currency": currency });
    let decimals = |limit| Some(FieldFault::Amount(AmountFault::Decimals { limit }));
    assert_eq!(fault(&app, balance(json!("1.5"), None), "balance").await, decimals(0));
    assert_eq!(fault(&app, balance(json!("1.5"), Some("JPY")), "balance").await, decimals(0));
    assert_eq!(fault(&app, balance(json!("1.255"), Some("EUR")), "balance").await, decimals(2));
    assert_eq!(fault(&app, balance(json!("1.2555"), Some("KWD")), "balance").await, decimals(3));
    let large = Some(FieldFault::Amount(AmountFault::TooLarge));
    assert_eq!(fault(&app, balance(json!("99999999999999"), Some("EUR")), "balance").await, large);
    let texts = ["", "1,250", "1e3", "0x10", " 1", "1.", ".5", "--1", "١"].map(Value::from);
    // JSON's other numbers are binary, and not what was written.
    for value in texts.into_iter().chain([json!(1.5), json!(true)]) {
        let told = fault(&app, balance(value.clone(), Some("EUR")), "balance").await;
        assert_eq!(told, Some(FieldFault::Amount(AmountFault::NotANumber)), "{value}");
    }
    assert_eq!(fault(&app, balance(json!(1), Some("EURO")), "currency").await, Some(FieldFault::UnknownCurrency));
    assert_eq!(accepted(&app, balance(json!("-0.50"), Some("EUR"))).await, 1);
    assert_eq!(sentences(&app, &app.owner().ctx).await, ["EUR -0.50 left"]);
}

async fn by_permission(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.owner(), "event.report").await;
    let program = app.with_key(&key.secret).await.unwrap();
    report(&app, &program, failed(&app, "1")).await.unwrap();
    let list = async |ctx: &Context| platform_event::list(ctx, app.account, PlatformEventFilter::default()).await;
    let refused = |permission| Problem::Refused(Refusal::Permission(permission));
    assert_eq!(problem(list(&program).await), refused(Permission::AlertRead), "it reports, and reads nothing");
    let viewer = app.viewer().await;
    assert_eq!(list(&viewer.ctx).await.unwrap().rows.len(), 1);
    assert_eq!(problem(report(&app, &viewer.ctx, failed(&app, "2")).await), refused(Permission::EventReport));
    assert_eq!(problem(list(&app.member().await.ctx).await), refused(Permission::AlertRead));
    let stranger = app.stranger().await;
    assert_eq!(problem(list(&stranger.ctx).await), Problem::NotFound);
    assert_eq!(problem(report(&app, &stranger.ctx, failed(&app, "2")).await), Problem::NotFound);
}

/// What is paid and owed is for those who see billing.
async fn invoices_by_permission(on: Kind) {
    let app = App::new(on).await;
    let of = |id: &str, kind: &str, what: &str, amount: &str| json!({ "id": id, "kind": kind, "time": now(&app), what: "x", amount: "5", "currency": "EUR" });
    let bill = [of("1", "invoice.issued", "invoice", "total"), of("2", "payment.received", "payment", "paid")];
    assert_eq!(accepted(&app, json!([bill[0], bill[1], failed(&app, "3")])).await, 3);
    assert_eq!(sentences(&app, &app.owner().ctx).await.len(), 3);
    assert_eq!(sentences(&app, &app.viewer().await.ctx).await.len(), 1);
    let viewer = app.custom("alert.read billing.read").await;
    assert_eq!(sentences(&app, &viewer.ctx).await.len(), 3);
}

async fn here_and_below(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let below = account::create(&owner, app.account, model::AccountForm { name: "Shop".to_owned() }).await.unwrap();
    let beside = account::create(&owner, app.account, model::AccountForm { name: "Other".to_owned() }).await.unwrap();
    platform_event::report(&owner, below, failed(&app, "1")).await.unwrap();
    assert_eq!(sentences(&app, &owner).await.len(), 1);
    let other = platform_event::list(&owner, beside, PlatformEventFilter::default()).await.unwrap();
    assert_eq!(other.rows.len(), 0);
    let manager = app.join(beside, Role::Admin).await;
    assert_eq!(problem(platform_event::report(&manager.ctx, below, failed(&app, "2")).await), Problem::NotFound);
}

/// What a program reports within a minute is one entry.
async fn logged(on: Kind) {
    let app = App::new(on).await;
    for id in ["1", "2", "3"] {
        accepted(&app, failed(&app, id)).await;
    }
    let entries = app.log().await;
    let entry = entries.iter().find(|entry| entry.what == "reported platform events").unwrap();
    assert_eq!((entry.permission, entry.repeats, entry.records), (Some(Permission::EventReport), 3, 3));
}

async fn kept_for_90_days(on: Kind) {
    let app = App::new(on).await;
    accepted(&app, failed(&app, "1")).await;
    app.move_clock(Duration::from_hours(90 * 24 - 1));
    service::sweep::run(&app.service).await.unwrap();
    assert_eq!(app.rows("platform_event").await, 1);
    app.move_clock(Duration::from_hours(1));
    service::sweep::run(&app.service).await.unwrap();
    assert_eq!(app.rows("platform_event").await, 0);
}
