//! That the log was read stands in it, and that programs read names and addresses.

use crate::support::{App, Kind, Person, on_both_databases};
use model::{
    AccessEntry, AccessFilter, ApiKeyFilter, CampaignFilter, CampaignForm, InvitationFilter, MemberFilter, Outcome,
    Permission, Role, Topic, UpdateOrganisation,
};
use service::{Context, Hint, access_log, api_key, campaign, invitation, member, organisation, overview};
use std::{cell::Cell, time::Duration};

on_both_databases!(by_anyone, on_the_overview, once_a_minute, does_not_feed_itself, members, invitations, names_beside);

async fn read(ctx: &Context, app: &App) -> Vec<AccessEntry> {
    access_log::list(ctx, app.account, AccessFilter::default()).await.unwrap().rows.to_vec()
}

/// What the log says of its being read, the newest first.
async fn reads(app: &App) -> Vec<AccessEntry> {
    let log = read(&app.owner().ctx, app).await;
    log.into_iter().filter(|entry| entry.what == "viewed the data access log").collect()
}

fn by(entries: &[AccessEntry], who: &Person) -> Vec<AccessEntry> {
    entries.iter().filter(|entry| entry.who.user == Some(who.user) && entry.key.is_none()).cloned().collect()
}

async fn by_anyone(on: Kind) {
    let app = App::new(on).await;
    let (owner, auditor) = (app.owner(), app.custom("access_log.read").await);
    let key = app.key(&owner, "access_log.read").await;
    let shown = read(&auditor.ctx, &app).await.len() as u64;
    read(&key.ctx, &app).await;
    let entries = reads(&app).await;
    let entry = by(&entries, &auditor).remove(0);
    let request = auditor.ctx.request();
    assert_eq!((entry.records, entry.permission), (shown, Some(Permission::AccessLogRead)));
    assert_eq!((&entry.ip, &entry.path, entry.outcome), (&request.ip, &request.path, Outcome::Allowed));
    assert!(entries.iter().any(|entry| entry.key.as_ref().map(|key| key.name.as_str()) == Some("A program")));
    assert_eq!(by(&reads(&app).await, &owner).len(), 1, "the owner's own too");
}

async fn on_the_overview(on: Kind) {
    let app = App::new(on).await;
    let auditor = app.custom("access_log.read").await;
    overview::get(&auditor.ctx, app.account).await.unwrap();
    assert!(by(&reads(&app).await, &auditor)[0].records > 0);
    let viewer = app.viewer().await;
    overview::get(&viewer.ctx, app.account).await.unwrap();
    assert!(by(&reads(&app).await, &viewer).is_empty(), "nothing of the log was shown");
}

async fn once_a_minute(on: Kind) {
    let app = App::new(on).await;
    let auditor = app.custom("access_log.read").await;
    for minute in 1..=2 {
        for _ in 0..10 {
            read(&auditor.ctx, &app).await;
        }
        let entries = by(&reads(&app).await, &auditor);
        assert_eq!((entries.len(), entries[0].repeats), (minute, 10));
        app.move_clock(Duration::from_mins(1));
    }
}

/// An open page of the log reads it anew when it hears of an entry. Of the entry that this leaves it must not hear.
async fn does_not_feed_itself(on: Kind) {
    let app = App::new(on).await;
    let (auditor, other) = (app.custom("access_log.read").await, app.custom("access_log.read").await);
    let mut hints = app.service.hints();
    let number = Cell::new(0);
    let mark = async || {
        number.set(number.get() + 1);
        let form = UpdateOrganisation { name: format!("Mark {}", number.get()), ..UpdateOrganisation::default() };
        organisation::update(&app.owner().ctx, app.account, form).await.unwrap();
    };
    // On PostgreSQL hints come by way of the database: waits until they do.
    while hints.is_empty() {
        mark().await;
        tokio::task::yield_now().await;
    }
    mark().await;
    for _ in 0..5 {
        read(&auditor.ctx, &app).await;
        read(&other.ctx, &app).await;
        overview::get(&auditor.ctx, app.account).await.unwrap();
    }
    mark().await;
    let mut marks = 0;
    let mut told = Vec::new();
    while marks < number.get() {
        let Hint::Changed { topic, .. } = hints.recv().await.unwrap() else { continue };
        marks += u32::from(topic == Topic::Organisation);
        told.push(topic);
    }
    let of_log = told.iter().filter(|topic| **topic == Topic::AccessLog).count();
    assert!(of_log <= told.len() / 2 + 1, "each mark is told to the log, and nothing else: {told:?}");
}

async fn entries_of_key(app: &App) -> Vec<(String, u64, u64)> {
    let log = app.log().await.into_iter().filter(|entry| entry.key.is_some());
    log.map(|entry| (entry.what, entry.repeats, entry.records)).collect()
}

async fn members(on: Kind) {
    let app = App::new(on).await;
    let (owner, viewer) = (app.owner(), app.viewer().await);
    let key = app.key(&owner, "member.read").await;
    let before = app.log_size().await;
    member::list(&owner.ctx, app.account, MemberFilter::default()).await.unwrap();
    member::get(&owner.ctx, app.account, viewer.member).await.unwrap();
    assert_eq!(app.log_size().await, before, "people read pages");
    let what = "viewed names or e-mail addresses of members".to_owned();
    for time in 1..=3 {
        member::list(&key.ctx, app.account, MemberFilter::default()).await.unwrap();
        assert_eq!(entries_of_key(&app).await, [(what.clone(), time, time * 2)]);
    }
    member::get(&key.ctx, app.account, viewer.member).await.unwrap();
    let nobody = MemberFilter { search: "nobody".into(), ..MemberFilter::default() };
    member::list(&key.ctx, app.account, nobody).await.unwrap();
    assert_eq!(entries_of_key(&app).await, [(what, 5, 7)], "that there is nobody is told too");
}

async fn invitations(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    app.invite(&owner.ctx, app.account, "ben@example.com", Role::Viewer).await;
    let key = app.key(&owner, "member.invite").await;
    let before = app.log_size().await;
    invitation::list(&owner.ctx, app.account, InvitationFilter::default()).await.unwrap();
    assert_eq!(app.log_size().await, before);
    invitation::list(&key.ctx, app.account, InvitationFilter::default()).await.unwrap();
    assert_eq!(entries_of_key(&app).await, [("viewed e-mail addresses of invitations".to_owned(), 1, 1)]);
}

/// Who made a key, who wrote a campaign.
async fn names_beside(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let form = CampaignForm { name: "Sale".into(), text: "20% off".into(), tag: String::new(), version: None };
    let sale = campaign::create(&owner.ctx, app.account, form).await.unwrap();
    let key = app.key(&owner, "campaign.read api_key.read").await;
    campaign::list(&key.ctx, app.account, CampaignFilter::default()).await.unwrap();
    campaign::get(&key.ctx, app.account, sale).await.unwrap();
    api_key::list(&key.ctx, app.account, ApiKeyFilter::default()).await.unwrap();
    api_key::get(&key.ctx, app.account, key.id).await.unwrap();
    let what = "viewed names or e-mail addresses of members".to_owned();
    assert_eq!(entries_of_key(&app).await, [(what.clone(), 2, 2), (what, 2, 2)], "each under its permission");
}
