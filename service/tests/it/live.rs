//! What open pages are told, and when.

use crate::support::{App, Kind, on_both_databases};
use model::{ContactForm, ContactId, Topic};
use service::{Hint, contact, member};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::broadcast::Receiver;

on_both_databases!(topics, nothing_for_nothing);

/// Subscribes, and waits until hints arrive: on PostgreSQL they come by way of the server.
async fn hints(app: &App) -> Receiver<Hint> {
    let mut hints = app.service.hints();
    while hints.is_empty() {
        member::suspend(&app.owner().ctx, app.account, app.owner().member).await.unwrap_err();
        tokio::task::yield_now().await;
    }
    until_mark(app, &mut hints).await;
    hints
}

/// Everything that is told before a mark that is set now.
async fn until_mark(app: &App, hints: &mut Receiver<Hint>) -> Vec<Hint> {
    // What is the same as before is no change.
    static MARKS: AtomicU32 = AtomicU32::new(0);
    let name = format!("Mark {}", MARKS.fetch_add(1, Ordering::Relaxed));
    let form = model::UpdateOrganisation { name, ..model::UpdateOrganisation::default() };
    service::organisation::update(&app.owner().ctx, app.account, form).await.unwrap();
    let mut told = Vec::new();
    loop {
        let hint = hints.recv().await.unwrap();
        if hint.topic == Topic::Organisation {
            return told;
        }
        told.push(hint);
    }
}

async fn topics(on: Kind) {
    let app = App::new(on).await;
    let person = app.member().await;
    let organisation = service::organisation::standing(&app.owner().ctx, app.account).await.unwrap().organisation;
    let mut hints = hints(&app).await;
    member::switch_permission(&app.owner().ctx, app.account, person.member, "contact", false).await.unwrap();
    let told = until_mark(&app, &mut hints).await;
    assert!(told.iter().all(|hint| hint.organisation == organisation));
    let has = |topic, user| told.contains(&Hint { organisation, topic, user });
    assert!(has(Topic::Members, None) && has(Topic::AccessLog, None));
    assert!(has(Topic::Rights, Some(person.user)), "the page of whom it is about");
    assert!(!told.iter().any(|hint| hint.topic == Topic::Contacts));
}

async fn nothing_for_nothing(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    let mut hints = hints(&app).await;
    let (owner, none) = (app.owner().ctx, ContactId(uuid::Uuid::nil()));
    assert!(contact::delete(&owner, app.account, none).await.is_err());
    assert!(contact::create(&owner, app.account, ContactForm::default()).await.is_err());
    assert!(contact::delete(&viewer.ctx, app.account, none).await.is_err());
    let told = until_mark(&app, &mut hints).await;
    assert!(told.iter().all(|hint| hint.topic == Topic::AccessLog), "a refusal is news for the log alone: {told:?}");
}
