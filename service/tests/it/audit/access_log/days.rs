//! Days are those of the reader's zone, both ends included, also where the clocks change.

use crate::support::{App, Kind, on_both_databases};
use model::{AccessFilter, AccountForm, Day, Period, Timestamp};
use service::{Actor, Context, Request, access_log, account};
use std::{sync::Arc, time::Duration};

on_both_databases!(within_a_zone, on_a_day_of_23_hours, of_a_period);

/// The owner, who reads in this zone.
fn reader(app: &App, zone: &str) -> Context {
    let actor = Actor::User(app.owner().user);
    let request = Request { time_zone: Some(zone.to_owned()), ..app.request(actor).request().clone() };
    Context::new(Arc::clone(&app.service), request, actor)
}

/// What was created, by name, the newest first, of what a filter leaves.
async fn listed(ctx: &Context, app: &App, filter: AccessFilter) -> Vec<String> {
    let page = access_log::list(ctx, app.account, filter).await.unwrap();
    let created = page.rows.iter().filter_map(|entry| entry.what.strip_prefix("created the account "));
    created.map(ToOwned::to_owned).collect()
}

/// Moves the clock on to an instant of RFC 3339, and creates an account then.
async fn create_at(app: &App, instant: &str, name: &str) {
    let at: jiff::Timestamp = instant.parse().unwrap();
    let later = Timestamp(at.as_microsecond()).since(app.service.now());
    app.move_clock(later);
    account::create(&app.owner().ctx, app.account, AccountForm { name: name.to_owned() }).await.unwrap();
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

async fn within_a_zone(on: Kind) {
    let app = App::new(on).await;
    for (instant, name) in [
        ("2026-12-31T21:59:59Z", "late on the 31st"),
        ("2026-12-31T22:00:00Z", "first of the 1st"),
        ("2027-01-01T21:59:59Z", "last of the 1st"),
        ("2027-01-01T22:00:00Z", "first of the 2nd"),
    ] {
        create_at(&app, instant, name).await;
    }
    let filter =
        || AccessFilter { from: Some(day("2027-01-01")), to: Some(day("2027-01-01")), ..AccessFilter::default() };
    let there = reader(&app, "Africa/Johannesburg");
    assert_eq!(listed(&there, &app, filter()).await, ["last of the 1st", "first of the 1st"]);
    let utc = reader(&app, "UTC");
    assert_eq!(listed(&utc, &app, filter()).await, ["first of the 2nd", "last of the 1st"]);
    let until = AccessFilter { to: Some(day("2026-12-31")), ..AccessFilter::default() };
    assert_eq!(listed(&there, &app, until).await, ["late on the 31st"]);
    let backwards =
        AccessFilter { from: Some(day("2027-01-02")), to: Some(day("2027-01-01")), ..AccessFilter::default() };
    assert!(listed(&there, &app, backwards).await.is_empty());
}

/// In Berlin the 28th of March 2027 begins at 23:00 UTC and ends at 22:00 UTC.
async fn on_a_day_of_23_hours(on: Kind) {
    let app = App::new(on).await;
    for (instant, name) in [
        ("2027-03-27T22:59:59Z", "before"),
        ("2027-03-27T23:00:00Z", "first"),
        ("2027-03-28T21:59:59Z", "last"),
        ("2027-03-28T22:00:00Z", "after"),
    ] {
        create_at(&app, instant, name).await;
    }
    let filter = AccessFilter { from: Some(day("2027-03-28")), to: Some(day("2027-03-28")), ..AccessFilter::default() };
    assert_eq!(listed(&reader(&app, "Europe/Berlin"), &app, filter).await, ["last", "first"]);
}

async fn of_a_period(on: Kind) {
    let app = App::new(on).await;
    create_at(&app, "2027-02-01T12:00:00Z", "eight days ago").await;
    create_at(&app, "2027-02-03T00:00:00Z", "six days ago").await;
    create_at(&app, "2027-02-09T08:00:00Z", "today").await;
    app.move_clock(Duration::from_mins(1));
    let reader = reader(&app, "UTC");
    let filter = |period| AccessFilter { period: Some(period), ..AccessFilter::default() };
    assert_eq!(listed(&reader, &app, filter(Period::Today)).await, ["today"]);
    assert_eq!(listed(&reader, &app, filter(Period::Week)).await, ["today", "six days ago"]);
    assert_eq!(listed(&reader, &app, filter(Period::Month)).await.len(), 3);
}
