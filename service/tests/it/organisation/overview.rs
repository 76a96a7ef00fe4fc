use crate::support::{App, Kind, on_both_databases, problem};
use model::{
    Address, ContactFilter, ContactForm, DayCount, FirstRun, Permission, PolicyPoint, Problem, Refusal, RequestId,
    Role, UpdateOrganisation,
};
use service::{Actor, Context, Request, access_counts, contact, organisation, overview, policy};
use std::{sync::Arc, time::Duration};

on_both_databases!(
    everything,
    here_and_below,
    only_what_the_reader_may_see,
    for_members_alone,
    contacts_by_day,
    by_the_readers_days,
    personal_reads_by_day,
    refusals_by_day,
    who_may_count,
    first_run
);

async fn add(app: &App, account: model::AccountId, name: &str) {
    let form = ContactForm { name: name.into(), email: "zoe@example.com".into(), ..ContactForm::default() };
    contact::create(&app.owner().ctx, account, form).await.unwrap();
}

/// The days on which there was something, with how much.
fn full(days: &[DayCount]) -> Vec<(String, u64)> {
    assert_eq!(days.len(), 30);
    days.iter().filter(|day| day.count > 0).map(|day| (day.day.to_string(), day.count)).collect()
}

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
    assert_eq!(overview.invitation_days, Some(7));
    assert_eq!((overview.contacts, overview.new_contacts), (Some(2), Some(1)));
    let accesses = overview.accesses.unwrap();
    assert_eq!(accesses.len(), 6);
    assert_eq!(accesses, app.log().await[..6]);
    assert_eq!(overview.now, "23 November, 12:00 UTC");
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

/// Contacts are counted over the same accounts as members; the days of an invitation are the policy's.
async fn here_and_below(on: Kind) {
    let app = App::new(on).await;
    let town = app.account_below(app.account, "Cape Town").await;
    let ana = app.join(town, Role::Admin).await;
    add(&app, app.account, "Above").await;
    add(&app, town, "Below").await;
    policy::update(&app.owner().ctx, app.account, PolicyPoint::InvitationDays(3)).await.unwrap();
    let all = overview::get(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!(
        (all.members, all.contacts, all.new_contacts, all.invitation_days),
        (Some(2), Some(2), Some(2), Some(3))
    );
    let below = overview::get(&ana.ctx, town).await.unwrap();
    assert_eq!((below.members, below.contacts, below.new_contacts), (Some(1), Some(1), Some(1)));
    assert_eq!(full(&overview::new_contacts(&ana.ctx, town).await.unwrap()), [("2026-11-21".to_owned(), 1)]);
}

async fn contacts_by_day(on: Kind) {
    let app = App::new(on).await;
    let town = app.account_below(app.account, "Cape Town").await;
    add(&app, app.account, "Gone by").await;
    app.move_clock(Duration::from_hours(24 * 30));
    add(&app, app.account, "First").await;
    app.move_clock(Duration::from_hours(48));
    add(&app, app.account, "Second").await;
    add(&app, town, "Third").await;
    let days = overview::new_contacts(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!(full(&days), [("2026-12-21".to_owned(), 1), ("2026-12-23".to_owned(), 2)]);
    assert_eq!((days[0].day.to_string().as_str(), days[29].day.to_string().as_str()), ("2026-11-24", "2026-12-23"));
}

async fn by_the_readers_days(on: Kind) {
    let app = App::new(on).await;
    add(&app, app.account, "Zoe").await;
    let request = Request {
        id: RequestId(app.service.new_id().unwrap()),
        ip: "198.51.100.1".to_owned(),
        user_agent: "the tests".to_owned(),
        method: "POST".to_owned(),
        path: "/tests".to_owned(),
        time_zone: Some("Pacific/Kiritimati".to_owned()),
    };
    let early = Context::new(Arc::clone(&app.service), request, Actor::User(app.owner().user));
    let days = overview::new_contacts(&early, app.account).await.unwrap();
    assert_eq!(full(&days), [("2026-11-22".to_owned(), 1)], "it is tomorrow there");
}

async fn personal_reads_by_day(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    add(&app, app.account, "Zoe").await;
    let list = async |ctx: &Context| contact::list(ctx, app.account, ContactFilter::default()).await.unwrap();
    let zoe = list(&app.owner().ctx).await.rows[0].id;
    contact::get(&app.owner().ctx, app.account, zoe).await.unwrap();
    list(&viewer.ctx).await;
    let before = app.log_size().await;
    let days = access_counts::personal_reads(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!(full(&days), [("2026-11-21".to_owned(), 2)], "what is masked is not read");
    assert_eq!(app.log_size().await, before, "sums name nobody");
}

async fn refusals_by_day(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    for _ in 0..3 {
        assert!(contact::create(&viewer.ctx, app.account, ContactForm::default()).await.is_err());
        assert!(policy::make_safer(&viewer.ctx, app.account).await.is_err());
    }
    let days = access_counts::refusals(&app.owner().ctx, app.account).await.unwrap();
    let refused = app.log().await.iter().filter(|entry| entry.refusal.is_some()).map(|entry| entry.repeats).sum();
    assert_eq!(full(&days), [("2026-11-21".to_owned(), refused)]);
    assert!(refused >= 3, "each of those that share an entry counts");
}

async fn who_may_count(on: Kind) {
    let app = App::new(on).await;
    let viewer = app.viewer().await;
    assert!(overview::new_contacts(&viewer.ctx, app.account).await.is_ok());
    let refused = Problem::Refused(Refusal::Permission(Permission::AccessLogRead));
    assert_eq!(problem(access_counts::personal_reads(&viewer.ctx, app.account).await), refused);
    assert_eq!(problem(access_counts::refusals(&viewer.ctx, app.account).await), refused);
    let auditor = app.custom("access_log.read").await;
    assert!(access_counts::refusals(&auditor.ctx, app.account).await.is_ok());
    let refused = Problem::Refused(Refusal::Permission(Permission::ContactReadBasic));
    assert_eq!(problem(overview::new_contacts(&auditor.ctx, app.account).await), refused);
    let stranger = app.stranger().await;
    assert_eq!(problem(overview::new_contacts(&stranger.ctx, app.account).await), Problem::NotFound);
    assert_eq!(problem(access_counts::refusals(&stranger.ctx, app.account).await), Problem::NotFound);
    assert_eq!(problem(overview::first_run(&stranger.ctx, app.account).await), Problem::NotFound);
}

async fn first_run(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let steps = overview::first_run(&owner.ctx, app.account).await.unwrap();
    assert_eq!(steps, FirstRun { details: false, invitation: false, second_factor: false, api_key: false });
    let physical_address = Address { city: "Cape Town".to_owned(), ..Address::default() };
    let details = UpdateOrganisation { name: "Acme".to_owned(), physical_address };
    organisation::update(&owner.ctx, app.account, details).await.unwrap();
    app.invite(&owner.ctx, app.account, "ben@example.com", Role::Viewer).await;
    app.key(&owner, "contact.read.basic").await;
    let steps = overview::first_run(&owner.ctx, app.account).await.unwrap();
    assert_eq!(steps, FirstRun { details: true, invitation: true, second_factor: false, api_key: true });
    assert_eq!(steps.done_count(), 3);
    let refused = Problem::Refused(Refusal::Permission(Permission::OrganisationUpdate));
    assert_eq!(problem(overview::first_run(&app.viewer().await.ctx, app.account).await), refused);
}
