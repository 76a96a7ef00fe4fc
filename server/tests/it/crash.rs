//! `kill -9` under load: what was acknowledged is there, with its entry in the log, and nothing is
//! there by half.

use crate::{
    process::{Founder, found},
    support::{Kind, Process, Random, fresh, run, send},
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, QueryResult, Statement};
use std::{collections::HashSet, net::SocketAddr, sync::Arc};
use tokio::sync::mpsc;
use uuid::Uuid;

const WORKERS: usize = 6;

#[test]
fn sqlite() {
    run(Kind::Sqlite, |on| rounds(on, 100));
}

#[test]
fn postgres() {
    run(Kind::Postgres, |on| rounds(on, 10));
}

async fn rounds(on: Kind, rounds: usize) {
    let database = fresh(on).await;
    let mut random = Random(20_261_121);
    let mut acknowledged = HashSet::new();
    let mut process = Process::start(&database.url, &[]).await;
    let founder = Arc::new(found(process.address).await);
    for round in 0..rounds {
        let enough = 1 + random.below(40);
        acknowledged.extend(killed_after(process, &founder, round, enough).await);
        process = Process::start(&database.url, &[]).await;
        check(&database.url, &acknowledged).await;
    }
    let (status, _) = send(process.address, "POST /api/get_profile", &founder.session, "").await.unwrap();
    assert_eq!(status, 200, "still signed in");
}

/// Adds contacts from all sides until so many are acknowledged, and kills the server in the midst.
/// Gives the names of those that were acknowledged.
async fn killed_after(process: Process, founder: &Arc<Founder>, round: usize, enough: usize) -> Vec<String> {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    for worker in 0..WORKERS {
        tokio::spawn(add(process.address, Arc::clone(founder), format!("{round}-{worker}"), sender.clone()));
    }
    drop(sender);
    let mut acknowledged = Vec::new();
    while acknowledged.len() < enough {
        acknowledged.push(receiver.recv().await.expect("the server answers while it lives"));
    }
    process.kill().await;
    while let Some(name) = receiver.recv().await {
        acknowledged.push(name);
    }
    acknowledged
}

/// Adds one contact after the other until the server is gone.
async fn add(to: SocketAddr, founder: Arc<Founder>, prefix: String, acknowledged: mpsc::UnboundedSender<String>) {
    for number in 0.. {
        let name = format!("{prefix}-{number}");
        let form = format!("account={}&form[name]={name}&form[email]=ben@example.com&form[tags]=a,b", founder.account);
        match send(to, "POST /api/create_contact", &founder.session, &form).await {
            Ok((200, _)) => acknowledged.send(name).unwrap(),
            Ok((status, answer)) => panic!("{status}: {answer}"),
            Err(_) => return,
        }
    }
}

async fn check(url: &str, acknowledged: &HashSet<String>) {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.unwrap();
    let rows = async |sql: &str| {
        let statement = Statement::from_string(db.get_database_backend(), sql);
        db.query_all_raw(statement).await.unwrap()
    };
    let contacts = rows("SELECT id, name FROM contact").await;
    let names: HashSet<String> = contacts.iter().map(|row| row.try_get("", "name").unwrap()).collect();
    let lost: Vec<&String> = acknowledged.difference(&names).collect();
    assert!(lost.is_empty(), "acknowledged and gone: {lost:?}");
    assert_eq!(names.len(), contacts.len(), "each is there once");
    let ids: HashSet<Uuid> = contacts.iter().map(|row| row.try_get("", "id").unwrap()).collect();
    let entries = rows("SELECT event FROM access_entry WHERE action = 'contact.create'").await;
    let logged: HashSet<Uuid> = entries.iter().map(created).collect();
    assert_eq!(logged.len(), entries.len(), "each is logged once");
    assert_eq!(logged, ids, "a contact for each entry, an entry for each contact");
    let tags = rows("SELECT contact_id FROM contact_tag").await;
    assert_eq!(tags.len(), 2 * contacts.len(), "no contact without its tags");
    db.close().await.unwrap();
}

/// The contact that an entry of the log is about.
fn created(entry: &QueryResult) -> Uuid {
    let event: String = entry.try_get("", "event").unwrap();
    match serde_json::from_str(&event).unwrap() {
        model::Event::Messaging(model::MessagingEvent::ContactCreated { contact }) => contact.0,
        other => panic!("{other:?}"),
    }
}
