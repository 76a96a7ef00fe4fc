//! A download has exactly what is filtered, once each, and says in the log that it was made.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{AccessFilter, Outcome, Permission, Problem, Refusal, Role};
use service::{download, member};

on_both_databases!(of_what_is_filtered, in_one_zone, logged, refused, ended_by_a_toggle);

async fn of_what_is_filtered(on: Kind) {
    let app = App::new(on).await;
    app.log_rows(2_500).await;
    let all = app.log().await;
    let filter = AccessFilter { who: "Olga".to_owned(), ..AccessFilter::default() };
    let mut file = download::access_log(&app.owner().ctx, app.account, filter).await.unwrap();
    let mut rows = Vec::new();
    loop {
        let next = file.next().await.unwrap();
        if next.is_empty() {
            break;
        }
        rows.extend(next.into_iter().map(|entry| entry.id));
    }
    let expected: Vec<_> =
        all.iter().filter(|entry| entry.who.user == Some(app.owner().user)).map(|entry| entry.id).collect();
    assert_eq!(file.records(), rows.len() as u64);
    // What was read in between stands in the log, too.
    assert_eq!(rows[rows.len() - expected.len()..], expected);
}

/// Whoever reads the file later knows each instant, wherever they are.
async fn in_one_zone(on: Kind) {
    let app = App::new(on).await;
    let reader = app.owner().ctx.with_time_zone(Some("Asia/Kathmandu".to_owned()));
    let mut file = download::access_log(&reader, app.account, AccessFilter::default()).await.unwrap();
    assert_eq!(file.time_zone(), "Asia/Kathmandu");
    let rows = file.next().await.unwrap();
    assert!(!rows.is_empty());
    let instant = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    for row in rows {
        let time = file.time(&row.at);
        assert!(time.ends_with("+05:45") && instant(&time) == instant(&row.at.at), "{time}");
    }
}

async fn logged(on: Kind) {
    let app = App::new(on).await;
    let auditor = app.custom("access_log").await;
    let filter = AccessFilter { outcome: Some(Outcome::Refused), ..AccessFilter::default() };
    let file = download::access_log(&auditor.ctx, app.account, filter).await.unwrap();
    assert_eq!(file.records(), 0);
    let entry = app.log().await.remove(0);
    assert_eq!((entry.who.user, entry.permission), (Some(auditor.user), Some(Permission::AccessLogExport)));
    assert_eq!((entry.records, entry.what.as_str()), (0, "downloaded 0 entries of the data access log"));
}

async fn refused(on: Kind) {
    let app = App::new(on).await;
    let reader = app.custom("access_log.read").await;
    let answer = download::access_log(&reader.ctx, app.account, AccessFilter::default()).await;
    assert_eq!(problem(answer), Problem::Refused(Refusal::Permission(Permission::AccessLogExport)));
    let exporter = app.custom("access_log.export").await;
    let answer = download::access_log(&exporter.ctx, app.account, AccessFilter::default()).await;
    assert_eq!(problem(answer), Problem::Refused(Refusal::Permission(Permission::AccessLogRead)));
    let stranger = app.stranger().await;
    let answer = download::access_log(&stranger.ctx, app.account, AccessFilter::default()).await;
    assert_eq!(problem(answer), Problem::NotFound);
}

/// A download that goes on ends with the permission.
async fn ended_by_a_toggle(on: Kind) {
    let app = App::new(on).await;
    app.log_rows(1_500).await;
    let auditor = app.custom("access_log").await;
    let mut file = download::access_log(&auditor.ctx, app.account, AccessFilter::default()).await.unwrap();
    assert_eq!(file.next().await.unwrap().len(), 1_000);
    member::set_role(&app.owner().ctx, app.account, auditor.member, Role::Viewer).await.unwrap();
    assert_eq!(problem(file.next().await), Problem::Refused(Refusal::Permission(Permission::AccessLogRead)));
}
