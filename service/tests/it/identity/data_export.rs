//! A copy of all that there is about somebody, for themselves alone.

use crate::support::{App, Kind, PASSWORD, Person, on_both_databases, problem};
use model::{ChangeEmail, Conflict, DataExport, DeleteUser, InviteMembers, Job, Password, Problem, Role};
use serde_json::Value;
use service::{Context, Secret, Service, data_export, email_change, invitation, session, sweep, user, user_deletion};
use std::{collections::HashSet, sync::Arc, time::Duration};

on_both_databases!(
    everything_and_no_secret,
    part_by_part,
    by_two_replicas,
    one_at_a_time,
    gone_after_a_day,
    of_nobody_else
);

fn worker(service: &Arc<Service>) -> Context {
    Context::system(Arc::clone(service), Job::ExportData).unwrap()
}

async fn finish(service: &Arc<Service>) {
    while data_export::write_some(&worker(service)).await.unwrap() {}
}

async fn text(person: &Person) -> String {
    let mut download = data_export::download(&person.ctx).await.unwrap();
    let mut text = String::new();
    while let Some(part) = download.next().await.unwrap() {
        text += &part;
    }
    text
}

async fn export(app: &App, person: &Person) -> Value {
    data_export::start(&person.ctx).await.unwrap();
    finish(&app.service).await;
    serde_json::from_str(&text(person).await).unwrap()
}

fn list<'a>(file: &'a Value, section: &str) -> &'a Vec<Value> {
    file[section].as_array().unwrap_or_else(|| panic!("{section} is a list"))
}

async fn everything_and_no_secret(on: Kind) {
    let app = App::new(on).await;
    let ana = app.admin().await;
    let key = app.key(&ana, "contact.read").await;
    let asked = ChangeEmail { email: "ana.new@example.com".to_owned(), password: Password::new(PASSWORD) };
    email_change::ask(&ana.ctx, asked).await.unwrap();
    let emails = "guest@example.com".to_owned();
    let form = InviteMembers { emails, role: Role::Viewer, also: Vec::new(), permissions: "".into() };
    invitation::invite(&ana.ctx, app.account, form).await.unwrap();
    let cookie = Secret::from_client("cookie");
    let session = session::Session {
        user: Some(ana.user),
        ip: "203.0.113.9".to_owned(),
        user_agent: "Browser on a desk".to_owned(),
        data: "kept by the edge".to_owned(),
        expires_at: app.service.now() + Duration::from_hours(2),
        credentials_version: 0,
    };
    session::create(&app.service, &cookie, session).await.unwrap();
    let file = export(&app, &ana).await;

    let profile = &list(&file, "profile")[0];
    assert_eq!((profile["email"].as_str(), profile["first_name"].as_str()), (Some(&*ana.email), Some("Ana")));
    assert!(profile["created_at"].as_str().unwrap().ends_with('Z'), "times are in UTC: {profile}");
    assert_eq!(file["format"], 1);
    assert_eq!(list(&file, "email_change")[0]["email"], "ana.new@example.com");
    assert_eq!(list(&file, "sessions")[0]["user_agent"], "Browser on a desk");
    let membership = &list(&file, "memberships")[0];
    assert_eq!((membership["organisation"].as_str(), membership["role"].as_str()), (Some("Acme"), Some("admin")));
    assert_eq!(list(&file, "api_keys")[0]["name"], "A program");
    assert_eq!(list(&file, "invitations_sent").len(), 1);
    assert_eq!(list(&file, "invitations_received")[0]["email"], Value::from(&*ana.email));
    let entries = list(&file, "log_entries");
    assert!(entries.iter().any(|entry| entry["action"] == "api_key.create" && entry["event"].is_object()));
    assert!(entries.iter().all(|entry| entry["user_id"] == ana.user.to_string()));

    let (text, owner) = (text(&ana).await, app.owner().email);
    for secret in ["$argon2", &key.secret, "kept by the edge", "guest@example.com", &owner] {
        assert!(!text.contains(secret), "{secret}");
    }
    let said: Vec<String> = app.log().await.into_iter().map(|entry| entry.what).collect();
    for what in ["asked for an export of their data", "downloaded an export of their data"] {
        assert!(said.iter().any(|said| said == what), "{what}");
    }
}

/// Entries of a log beyond one part.
async fn many_entries(person: &Person) {
    for _ in 0..11 {
        for signed_out in futures::future::join_all((0..100).map(|_| user::sign_out(&person.ctx))).await {
            signed_out.unwrap();
        }
    }
}

fn assert_whole(file: &Value) {
    let ids: Vec<&str> = list(file, "log_entries").iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert!(ids.len() > 1_100);
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "each is there once");
    assert!(ids.is_sorted(), "in the order in which they happened");
}

async fn part_by_part(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    many_entries(&ana).await;
    assert_eq!(data_export::get(&ana.ctx).await.unwrap(), DataExport::None);
    data_export::start(&ana.ctx).await.unwrap();
    let mut done = Vec::new();
    while let DataExport::Running { done: rows, total } = data_export::get(&ana.ctx).await.unwrap() {
        assert!(total > 1_100);
        assert_eq!(problem(data_export::download(&ana.ctx).await), Problem::NotFound, "not before it is whole");
        done.push(rows);
        assert!(data_export::write_some(&worker(&app.service)).await.unwrap());
    }
    assert!(done.len() >= 3 && done.is_sorted(), "{done:?}");
    assert!(!data_export::write_some(&worker(&app.service)).await.unwrap(), "nothing is left to do");
    assert_whole(&serde_json::from_str(&text(&ana).await).unwrap());
    assert!(app.rows("data_export_part").await >= 3);
    // Were one of them readable, the file would end there: no encrypted text has a quotation mark.
    app.sql("DELETE FROM data_export_part WHERE content NOT LIKE 'v1.%' OR content LIKE '%\"%'", Vec::new()).await;
    assert_whole(&serde_json::from_str(&text(&ana).await).unwrap());
}

/// Both write the same file at once; on SQLite there is but one server.
async fn by_two_replicas(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    many_entries(&ana).await;
    data_export::start(&ana.ctx).await.unwrap();
    if on == Kind::Postgres {
        let other = app.replica().await;
        tokio::join!(finish(&app.service), finish(&other));
    } else {
        tokio::join!(finish(&app.service), finish(&app.service));
    }
    finish(&app.service).await;
    assert_whole(&serde_json::from_str(&text(&ana).await).unwrap());
}

async fn one_at_a_time(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let starts = futures::future::join_all((0..3).map(|_| data_export::start(&ana.ctx))).await;
    let (started, refused): (Vec<_>, Vec<_>) = starts.into_iter().partition(Result::is_ok);
    assert_eq!((started.len(), app.rows("data_export").await), (1, 1));
    for refused in refused {
        assert_eq!(problem(refused), Problem::Conflict(Conflict::ExportRunning));
    }
    finish(&app.service).await;
    app.move_clock(Duration::from_hours(24));
    export(&app, &ana).await;
    assert_eq!(app.rows("data_export").await, 1, "a new one takes the place of the last");
}

async fn gone_after_a_day(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    export(&app, &ana).await;
    let kept = [app.rows("data_export").await, app.rows("data_export_part").await];
    sweep::run(&app.service).await.unwrap();
    assert_eq!([app.rows("data_export").await, app.rows("data_export_part").await], kept);
    assert!(matches!(data_export::get(&ana.ctx).await.unwrap(), DataExport::Ready { .. }));
    app.move_clock(Duration::from_hours(24));
    assert_eq!(data_export::get(&ana.ctx).await.unwrap(), DataExport::None);
    assert_eq!(problem(data_export::download(&ana.ctx).await), Problem::NotFound);
    sweep::run(&app.service).await.unwrap();
    assert_eq!([app.rows("data_export").await, app.rows("data_export_part").await], [0, 0]);
}

async fn of_nobody_else(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.member().await);
    export(&app, &ana).await;
    assert_eq!(problem(data_export::download(&ben.ctx).await), Problem::NotFound);
    assert_eq!(data_export::get(&ben.ctx).await.unwrap(), DataExport::None);
    assert_eq!(problem(data_export::start(&app.anonymous()).await), Problem::SignedOut);
    let form = DeleteUser { email: ana.email.clone(), password: Password::new(PASSWORD), ..DeleteUser::default() };
    let mut download = data_export::download(&ana.ctx).await.unwrap();
    user_deletion::delete(&ana.ctx, form).await.unwrap();
    assert_eq!(problem(download.next().await), Problem::NotFound, "also what had begun");
    assert_eq!([app.rows("data_export").await, app.rows("data_export_part").await], [0, 0]);
}
