use crate::support::{App, Kind, on_both_databases, problem};
use model::{ContactForm, Problem, Role};
use service::{contact, overview};
use std::time::Duration;

on_both_databases!(everything, only_what_the_reader_may_see, for_members_alone);

async fn fill(app: &App) {
    let form =
        |name: &str| ContactForm { name: name.into(), email: "zoe@example.com".into(), ..ContactForm::default() };
    contact::create(&app.owner().ctx, app.account, form("Old")).await.unwrap();
    app.move_clock(Duration::from_hours(48));
    contact::create(&app.owner().ctx, app.account, form("New")).await.unwrap();
    app.invite(&app.owner().ctx, app.account, "ben@example.com", Role::Viewer).await;
}

async fn everything(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    fill(&app).await;
    service::member::suspend(&app.owner().ctx, app.account, viewer.member).await.unwrap();
    let overview = overview::get(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!((overview.members, overview.suspended, overview.pending_invitations), (Some(2), Some(1), Some(1)));
    assert_eq!((overview.contacts, overview.new_contacts), (Some(2), Some(1)));
    let accesses = overview.accesses.unwrap();
    assert_eq!(accesses.len(), 6);
    assert_eq!(accesses, app.log().await[..6]);
    assert_eq!((overview.greeting.as_str(), overview.now.as_str()), ("Good afternoon", "23 November, 12:00"));
}

async fn only_what_the_reader_may_see(on: Kind) {
    let app = App::new(on).await;
    fill(&app).await;
    let viewer = overview::get(&app.viewer().await.ctx, app.account).await.unwrap();
    assert!(viewer.members.is_some() && viewer.contacts.is_some());
    assert_eq!((viewer.pending_invitations, viewer.accesses), (None, None));
    let nobody = overview::get(&app.custom("").await.ctx, app.account).await.unwrap();
    assert_eq!((nobody.members, nobody.suspended, nobody.pending_invitations), (None, None, None));
    assert_eq!((nobody.contacts, nobody.new_contacts, nobody.accesses), (None, None, None));
    let auditor = overview::get(&app.custom("access_log.read").await.ctx, app.account).await.unwrap();
    assert!(auditor.accesses.is_some() && auditor.contacts.is_none());
}

async fn for_members_alone(on: Kind) {
    let app = App::new(on).await;
    assert_eq!(problem(overview::get(&app.anonymous(), app.account).await), Problem::SignedOut);
    assert_eq!(problem(overview::get(&app.stranger().await.ctx, app.account).await), Problem::NotFound);
}
