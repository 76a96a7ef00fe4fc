//! The limits on text messages: an attack costs next to nothing, and nobody else notices it.

use crate::support::{App, Kind, Person, Setup, on_both_databases, problem};
use futures::StreamExt;
use model::{Conflict, OrganisationId, Phone, Problem};
use service::{
    Actor, Context,
    SmsPurpose::{Number, SecondFactor},
    sms_guard, sweep,
};
use std::time::Duration;

on_both_databases!(
    an_attack_from_everywhere,
    an_attack_on_the_whole_world,
    an_attack_from_one_network,
    an_attack_by_one_organisation,
    many_at_one_moment,
    limited_by_the_number_itself,
    claimed_by_somebody_else,
    a_block_that_is_used,
    a_block_that_is_not,
    countries,
    recorded_only,
    decisions_end,
    told_to_the_operator
);

const INSTANT: Duration = Duration::from_micros(1);
const DAY: Duration = Duration::from_hours(24);
const REFUSED: Problem = Problem::Conflict(Conflict::SmsRefused);

fn number(text: impl Into<String>) -> Phone {
    Phone::from_e164(text).unwrap()
}

/// A number of a block of ten thousand in a country.
fn in_block(country: usize, block: usize, number: usize) -> Phone {
    self::number(format!("+{country}82{block:03}{number:04}"))
}

/// A request from a network that nobody else asks from.
fn from_elsewhere(app: &App, number: usize) -> Context {
    app.request_from(Actor::Anonymous, &format!("10.{}.{}.7", number / 256, number % 256))
}

async fn is_allowed(ctx: &Context, phone: &Phone, organisation: Option<OrganisationId>) -> bool {
    match sms_guard::allow(ctx, phone, SecondFactor, organisation).await {
        Ok(()) => true,
        Err(error) => {
            let problem = problem::<()>(Err(error));
            assert!(problem == REFUSED || matches!(problem, Problem::TooMany { .. }), "{problem:?}");
            false
        }
    }
}

/// Somebody with a phone asks for a code, and enters it.
async fn verify(app: &App, phone: &Phone) {
    let ctx = app.anonymous();
    sms_guard::allow(&ctx, phone, SecondFactor, None).await.unwrap();
    sms_guard::record_entry(&ctx, phone).await.unwrap();
}

/// Ten thousand requests from as many networks, each number twice; gives how many messages went out.
async fn attack(app: &App, requests: usize, countries: &[usize]) -> usize {
    let request = |request: usize| async move {
        let number = request % (requests / 2);
        let block = number % 20;
        let phone = in_block(countries[block % countries.len()], block, number / 20);
        is_allowed(&from_elsewhere(app, request), &phone, None).await
    };
    let sent = futures::stream::iter(0..requests).map(request).buffer_unordered(16);
    sent.filter(|sent| std::future::ready(*sent)).count().await
}

/// From a network of its own for each request, on behalf of nobody: there is nothing to go by but the numbers.
async fn an_attack_from_everywhere(on: Kind) {
    let app = App::new(on).await;
    let (known, neighbour) = (in_block(27, 0, 9_999), in_block(27, 500, 1));
    verify(&app, &known).await;
    verify(&app, &neighbour).await;
    app.move_clock(DAY * 2);
    let sent = attack(&app, 10_000, &[27, 44, 49]).await;
    assert!(sent <= 20, "{sent} messages");
    let ctx = app.anonymous();
    sms_guard::allow(&ctx, &known, SecondFactor, None).await.expect("whose number is known, though it is among those");
    sms_guard::allow(&ctx, &in_block(27, 500, 2), SecondFactor, None)
        .await
        .expect("a new number where somebody has one");
    sms_guard::allow(&ctx, &in_block(81, 0, 1), SecondFactor, None).await.expect("a new number in a new country");
    app.move_clock(Duration::from_hours(1));
    sms_guard::allow(&ctx, &in_block(44, 700, 1), SecondFactor, None)
        .await
        .expect("an hour later, in one that was attacked too");
}

async fn an_attack_on_the_whole_world(on: Kind) {
    let app = App::new(on).await;
    verify(&app, &in_block(27, 0, 9_999)).await;
    app.move_clock(DAY * 2);
    let countries = [30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54];
    let sent = attack(&app, 1_000, &countries).await;
    assert!(sent <= 20, "{sent} messages");
    sms_guard::allow(&app.anonymous(), &in_block(27, 500, 1), SecondFactor, None)
        .await
        .expect("a country that is in use");
}

async fn an_attack_from_one_network(on: Kind) {
    let app = App::new(on).await;
    let mut sent = 0;
    for block in 0..20 {
        app.move_clock(Duration::from_mins(30));
        // Every machine of a /24.
        let ctx = app.request_from(Actor::Anonymous, &format!("203.0.113.{block}"));
        for country in [27, 44, 49, 81] {
            sent += usize::from(is_allowed(&ctx, &in_block(country, block, 1), None).await);
        }
    }
    assert_eq!(sent, 10);
    let neighbour = app.request_from(Actor::Anonymous, "203.0.114.1");
    sms_guard::allow(&neighbour, &in_block(33, 900, 1), SecondFactor, None).await.expect("the network beside it");
}

async fn an_attack_by_one_organisation(on: Kind) {
    let app = App::new(on).await;
    let (ours, other) = (app.owner(), app.stranger().await);
    let organisation = async |person: &Person| {
        Some(service::organisation::standing(&person.ctx, person.account).await.unwrap().organisation)
    };
    let (ours, other) = (organisation(&ours).await, organisation(&other).await);
    let mut sent = 0;
    for request in 0..80 {
        app.move_clock(Duration::from_mins(7));
        let phone = in_block([27, 44, 49, 81][request % 4], request, 1);
        sent += usize::from(is_allowed(&from_elsewhere(&app, request), &phone, ours).await);
    }
    assert_eq!(sent, 10);
    sms_guard::allow(&from_elsewhere(&app, 80), &in_block(33, 900, 1), SecondFactor, other)
        .await
        .expect("another organisation");
}

/// Whoever asks at the same moment is counted too.
async fn many_at_one_moment(on: Kind) {
    let app = App::new(on).await;
    let requests: Vec<(Context, Phone)> =
        (0..40).map(|number| (from_elsewhere(&app, number), in_block(27, 1, number))).collect();
    let asked = requests.iter().map(|(ctx, phone)| is_allowed(ctx, phone, None));
    let sent = futures::future::join_all(asked).await.into_iter().filter(|sent| *sent).count();
    assert_eq!(sent, 3, "the messages of a block that nobody is known in");
}

async fn limited_by_the_number_itself(on: Kind) {
    let app = App::new(on).await;
    app.stop_clock();
    let (ctx, phone) = (app.anonymous(), number("+27821234567"));
    verify(&app, &phone).await;
    // One more for what it entered before.
    for _ in 0..6 {
        sms_guard::allow(&ctx, &phone, SecondFactor, None).await.unwrap();
        app.move_clock(Duration::from_hours(1));
    }
    let left = Duration::from_hours(18);
    assert_eq!(
        problem(sms_guard::allow(&ctx, &phone, SecondFactor, None).await),
        Problem::TooMany { seconds: left.as_secs() }
    );
    app.move_clock(left.checked_sub(INSTANT).unwrap());
    assert_eq!(problem(sms_guard::allow(&ctx, &phone, SecondFactor, None).await), Problem::TooMany { seconds: 1 });
    app.move_clock(INSTANT);
    sms_guard::allow(&ctx, &phone, SecondFactor, None).await.expect("a day after the first");
    sms_guard::record_entry(&ctx, &phone).await.unwrap();
    for _ in 0..6 {
        sms_guard::allow(&ctx, &phone, SecondFactor, None).await.expect("what was entered is no failure");
    }
}

/// Who says that a number is theirs has messages sent to it: that does not keep its owner from signing in, and is answered
/// alike whether somebody uses the number or nobody.
async fn claimed_by_somebody_else(on: Kind) {
    let app = App::new(on).await;
    let (used, unused) = (in_block(27, 1, 1), in_block(27, 1, 2));
    verify(&app, &used).await;
    let mut answers = Vec::new();
    for phone in [&used, &unused] {
        app.move_clock(DAY * 2);
        let mut allowed = Vec::new();
        for request in 0..12 {
            let result = sms_guard::allow(&from_elsewhere(&app, request), phone, Number, None).await;
            allowed.push(result.map_err(|error| problem::<()>(Err(error))));
        }
        sms_guard::allow(&app.anonymous(), &used, SecondFactor, None).await.expect("its owner signs in");
        answers.push(allowed);
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].last().unwrap().is_err());
}

/// People of one company, whose numbers are a block: the more have entered theirs, the more may ask at once.
async fn a_block_that_is_used(on: Kind) {
    let app = App::new(on).await;
    let ctx = app.anonymous();
    let mut people = (0..60).map(|number| in_block(27, 1, number));
    for at_once in [3, 6, 12, 24] {
        let some: Vec<Phone> = people.by_ref().take(at_once).collect();
        for phone in &some {
            sms_guard::allow(&ctx, phone, SecondFactor, None).await.unwrap();
        }
        for phone in &some {
            sms_guard::record_entry(&ctx, phone).await.unwrap();
        }
    }
}

/// It is closed for a day to whoever is new, and the hour of its country passes.
async fn a_block_that_is_not(on: Kind) {
    let app = App::new(on).await;
    app.stop_clock();
    let ask = async |number: usize| is_allowed(&from_elsewhere(&app, number), &in_block(27, 1, number), None).await;
    assert!(ask(0).await && ask(0).await && ask(1).await, "a code, once more, and a neighbour");
    assert!(!ask(2).await && !ask(0).await);
    app.move_clock(DAY.checked_sub(INSTANT).unwrap());
    assert!(!ask(2).await);
    app.move_clock(INSTANT);
    assert!(ask(2).await);
}

async fn countries(on: Kind) {
    let app = Setup { sms_countries: vec!["ZA".to_owned(), "CA".to_owned()], ..Setup::on(on) }.app().await;
    let ctx = app.anonymous();
    for (phone, allowed) in [
        ("+27821234567", true),
        // Of the two that share a dialling code.
        ("+16135550123", true),
        ("+12125550123", false),
        ("+447700900123", false),
        // A network of no country.
        ("+881612345678", false),
    ] {
        let asked = sms_guard::allow(&ctx, &number(phone), SecondFactor, None).await;
        let expected = (!allowed).then_some(Problem::Conflict(Conflict::SmsCountry));
        assert_eq!(asked.err().map(|error| problem::<()>(Err(error))), expected, "{phone}");
    }
}

async fn recorded_only(on: Kind) {
    let app = Setup { sms_guard_records_only: true, ..Setup::on(on) }.app().await;
    for number in 0..10 {
        sms_guard::allow(&from_elsewhere(&app, number), &in_block(27, 1, number), SecondFactor, None).await.unwrap();
    }
    let report = sms_guard::report(app.database_url(), app.service.now()).await.unwrap();
    let totals: Vec<_> = report.totals.iter().map(|total| (total.refused_by.as_deref(), total.sent)).collect();
    assert_eq!(totals, [(Some("prefix"), 7), (None, 3)], "what would have been refused was sent");
}

/// What is counted no more is deleted; a number stands nowhere.
async fn decisions_end(on: Kind) {
    let app = App::new(on).await;
    verify(&app, &in_block(27, 1, 1)).await;
    for number in 2..8 {
        is_allowed(&from_elsewhere(&app, number), &in_block(27, 1, number), None).await;
    }
    let texts = app.texts("sms_decision", &["number_hash", "prefix", "network"]).await;
    assert!(texts.contains("+2782001|") && !texts.contains("+27820010001"), "{texts}");
    for (days, left) in [(29, 7), (2, 1), (58, 1), (2, 0)] {
        app.move_clock(DAY * days);
        sweep::run(&app.service).await.unwrap();
        assert_eq!(app.rows("sms_decision").await, left, "{days} days later");
    }
}

async fn told_to_the_operator(on: Kind) {
    let app = App::new(on).await;
    verify(&app, &in_block(44, 2, 1)).await;
    for number in 0..5 {
        is_allowed(&from_elsewhere(&app, number), &in_block(27, 1, number), None).await;
    }
    let report = sms_guard::report(app.database_url(), app.service.now()).await.unwrap();
    let totals: Vec<_> = report
        .totals
        .iter()
        .map(|total| (total.refused_by.as_deref(), total.asked, total.sent, total.entered))
        .collect();
    assert_eq!(totals, [(None, 4, 4, 1), (Some("prefix"), 2, 0, 0)]);
    let prefixes: Vec<_> =
        report.prefixes.iter().map(|prefix| (&*prefix.prefix, prefix.asked, prefix.is_blocked)).collect();
    assert_eq!(prefixes, [("+2782001", 5, true), ("+4482002", 1, false)]);
    let latest = &report.decisions[0];
    assert_eq!((&*latest.prefix, latest.refused_by.as_deref(), latest.is_sent), ("+2782001", Some("prefix"), false));
    assert_eq!((latest.network.as_str(), report.decisions.len()), ("10.0.4.0/24", 6));
}
