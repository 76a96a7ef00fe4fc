//! Where people are: as the browser said when they were new, until they say otherwise, and then in all that they read.

use crate::support::{App, Kind, Person, accept_form, accepted, on_both_databases, problem, sign_up_form};
use model::{
    AccessFilter, ConfirmSignUp, Country, DeleteOrganisation, FieldFault, MemberFilter, Problem, Role, UpdateRegion,
    UserId,
};
use service::{
    Actor, Context, Request, Secret, access_log, deletion, invitation, member, overview, region,
    session::{self, Session},
    sign_up::{self, SignUpOutcome},
    user,
};
use std::{sync::Arc, time::Duration};

on_both_databases!(
    detected_at_sign_up,
    detected_with_an_invitation,
    not_detected,
    chosen,
    chosen_by_city,
    unknown,
    no_change,
    with_the_session,
    in_letters,
    of_one_reader
);

/// A request of a browser in this zone.
fn from(app: &App, actor: Actor, zone: &str) -> Context {
    let request = Request { time_zone: Some(zone.to_owned()), ..app.request(actor).request().clone() };
    Context::new(Arc::clone(&app.service), request, actor)
}

async fn choose(ctx: &Context, country: &str, zone: &str) -> service::Result<()> {
    region::update(ctx, UpdateRegion { country: Country::read(country), time_zone: zone.to_owned() }).await
}

/// The country and the zone of somebody.
async fn of(app: &App, user: UserId) -> (String, String) {
    let own = region::get(&app.request(Actor::User(user))).await.unwrap();
    (own.country.value().to_owned(), own.time_zone.map(|zone| zone.name).unwrap_or_default())
}

async fn sign_up_in(app: &App, zone: &str) -> UserId {
    let email = app.new_address("new");
    let there = from(app, Actor::Anonymous, zone);
    let SignUpOutcome::Asked(id) = sign_up::ask(&there, sign_up_form(&email, "Initech")).await.unwrap() else {
        panic!("somebody signed up before")
    };
    let secret = app.link(&email, "/sign-up/confirm/").await;
    let form = ConfirmSignUp { secret: secret.reveal().to_owned(), ..ConfirmSignUp::default() };
    sign_up::confirm(&there, form, Some(id)).await.unwrap().user()
}

async fn detected_at_sign_up(on: Kind) {
    let app = App::new(on).await;
    for (zone, country, name) in [
        ("Africa/Johannesburg", "ZA", "Africa/Johannesburg"),
        ("america/NEW_YORK", "US", "America/New_York"),
        // As browsers that keep to old names say it.
        ("Asia/Calcutta", "IN", "Asia/Calcutta"),
        ("UTC", "", "UTC"),
    ] {
        let user = sign_up_in(&app, zone).await;
        assert_eq!(of(&app, user).await, (country.to_owned(), name.to_owned()), "{zone}");
        assert_eq!(user::profile(&app.request(Actor::User(user))).await.unwrap().country.value(), country);
    }
}

async fn detected_with_an_invitation(on: Kind) {
    let app = App::new(on).await;
    let email = app.new_address("guest");
    let secret = app.invite(&app.owner().ctx, app.account, &email, Role::Viewer).await;
    let there = from(&app, Actor::Anonymous, "Europe/Berlin");
    let (user, _) = accepted(invitation::accept(&there, accept_form(&secret)).await.unwrap());
    assert_eq!(of(&app, user).await, ("DE".to_owned(), "Europe/Berlin".to_owned()));
}

/// A browser may say anything, or nothing.
async fn not_detected(on: Kind) {
    let app = App::new(on).await;
    for zone in ["", "../../etc/passwd", "Africa/Nowhere", "Etc/Unknown"] {
        let user = sign_up_in(&app, zone).await;
        assert_eq!(of(&app, user).await, (String::new(), String::new()), "{zone}");
    }
    assert_eq!(of(&app, app.owner().user).await, (String::new(), String::new()));
}

async fn chosen(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let before = app.log_size().await;
    choose(&owner.ctx, "NP", "Asia/Kathmandu (UTC+05:45)").await.unwrap();
    assert_eq!(of(&app, owner.user).await, ("NP".to_owned(), "Asia/Kathmandu".to_owned()));
    let entry = app.log().await.remove(0);
    assert_eq!((entry.who.user, entry.what.as_str()), (Some(owner.user), "changed their country or time zone"));
    assert_eq!(app.log_size().await, before + 1);
    let own = region::get(&from(&app, Actor::User(owner.user), "Africa/Johannesburg")).await.unwrap();
    assert_eq!(own.time_zone.unwrap().to_string(), "Asia/Kathmandu (UTC+05:45)");
    assert_eq!(own.browser.to_string(), "Africa/Johannesburg (UTC+02:00)");
    let offered: Vec<String> = own.zones.iter().map(ToString::to_string).collect();
    for zone in ["Africa/Johannesburg (UTC+02:00)", "America/St_Johns (UTC-03:30)", "UTC (UTC+00:00)"] {
        assert!(offered.iter().any(|offered| offered == zone), "{zone}");
    }
    assert!(offered.is_sorted() && offered.len() > 400, "{}", offered.len());
    choose(&owner.ctx, "", "").await.unwrap();
    assert_eq!(of(&app, owner.user).await, (String::new(), String::new()), "it follows the browser again");
}

async fn chosen_by_city(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    for (typed, name) in [
        ("johannesburg", "Africa/Johannesburg"),
        ("New York", "America/New_York"),
        ("europe/berlin", "Europe/Berlin"),
        ("Etc/GMT+5", "Etc/GMT+5"),
    ] {
        choose(&owner.ctx, "ZA", typed).await.unwrap();
        assert_eq!(of(&app, owner.user).await.1, name, "{typed}");
    }
}

async fn unknown(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    choose(&owner.ctx, "ZA", "Africa/Johannesburg").await.unwrap();
    for zone in ["Africa/Nowhere", "../../etc/passwd", "+02:00", "Etc/Unknown", "'; DROP TABLE user", "Africa/"] {
        let refused = problem(choose(&owner.ctx, "DE", zone).await);
        assert_eq!(refused.fields().unwrap().get("time_zone"), Some(&FieldFault::TimeZoneUnknown), "{zone}");
    }
    for country in ["Atlantis", "XX", "zaf"] {
        let refused = problem(choose(&owner.ctx, country, "Europe/Berlin").await);
        assert_eq!(refused.fields().unwrap().get("country"), Some(&FieldFault::CountryNotListed), "{country}");
    }
    assert_eq!(of(&app, owner.user).await, ("ZA".to_owned(), "Africa/Johannesburg".to_owned()));
    assert_eq!(problem(choose(&app.anonymous(), "DE", "").await), Problem::SignedOut);
    let key = app.key(&owner, "contact").await;
    assert!(matches!(problem(choose(&key.ctx, "DE", "").await), Problem::Refused(_)), "a key is nowhere");
}

async fn no_change(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    choose(&owner.ctx, "ZA", "Africa/Johannesburg").await.unwrap();
    let before = app.log_size().await;
    choose(&owner.ctx, "South Africa", "johannesburg").await.unwrap();
    assert_eq!(app.log_size().await, before);
}

/// What the edge reads with each request knows of a change at once, also of somebody who is in no organisation.
async fn with_the_session(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let secret = Secret::from_client("a browser");
    let new = Session {
        user: Some(ana.user),
        ip: String::new(),
        user_agent: String::new(),
        data: String::new(),
        expires_at: app.service.now() + Duration::from_hours(1),
        credentials_version: 0,
    };
    session::create(&app.service, &secret, new).await.unwrap();
    let zone = async || session::get_and_touch(&app.service, &secret).await.unwrap().unwrap().time_zone;
    assert_eq!((zone().await, zone().await), (None, None));
    choose(&ana.ctx, "", "Africa/Johannesburg").await.unwrap();
    assert_eq!(zone().await.as_deref(), Some("Africa/Johannesburg"));
    member::remove(&app.owner().ctx, app.account, ana.member).await.unwrap();
    assert_eq!(zone().await.as_deref(), Some("Africa/Johannesburg"));
    choose(&ana.ctx, "DE", "Europe/Berlin").await.unwrap();
    assert_eq!(zone().await.as_deref(), Some("Europe/Berlin"));
    assert_eq!(user::profile(&ana.ctx).await.unwrap().country.value(), "DE");
}

/// Each letter is written for its reader: no browser is there to ask.
async fn in_letters(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner(), app.admin().await);
    choose(&owner.ctx, "", "Africa/Johannesburg").await.unwrap();
    choose(&admin.ctx, "", "Asia/Kathmandu").await.unwrap();
    let form = DeleteOrganisation { name: "Acme".to_owned() };
    deletion::delete(&owner.ctx, app.account, form).await.unwrap();
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    for (reader, zone) in [(&owner, "SAST"), (&admin, "+0545")] {
        let texts: Vec<_> = letters.iter().filter(|letter| letter.to == reader.email).map(|it| &it.text).collect();
        assert!(texts.iter().any(|text| text.contains(&format!(" {zone}"))), "{texts:?}");
    }
}

/// What is kept of a list for one reader is shown to no other.
async fn of_one_reader(on: Kind) {
    let app = App::new(on).await;
    let (north, south) = (app.admin().await, app.admin().await);
    app.stop_clock();
    app.move_clock(Duration::from_hours(48));
    let read = async |person: &Person, zone: &str| {
        let ctx = person.ctx.clone().with_time_zone(Some(zone.to_owned()));
        let members = member::list(&ctx, app.account, MemberFilter::default()).await.unwrap();
        let now = overview::get(&ctx, app.account).await.unwrap().now;
        let log = access_log::list(&ctx, app.account, AccessFilter::default()).await.unwrap();
        let dates = [members.rows[0].joined.exact.clone(), now, log.rows[0].at.exact.clone()];
        dates.map(|date| date.rsplit(' ').next().unwrap().to_owned())
    };
    for _ in 0..2 {
        assert_eq!(read(&north, "Asia/Kathmandu").await, ["+0545", "+0545", "+0545"]);
        assert_eq!(read(&south, "Africa/Johannesburg").await, ["SAST", "SAST", "SAST"]);
    }
    let browser = from(&app, Actor::User(north.user), "Africa/Johannesburg");
    let there = Person { ctx: browser, ..north.clone() };
    assert_eq!(read(&there, "Asia/Kathmandu").await[0], "+0545", "what was chosen counts more than the browser");
    assert_eq!(read(&there, "Asia/Nowhere").await[0], "SAST", "as long as there is such a zone");
}
