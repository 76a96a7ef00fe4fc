//! Both ends of every limit: the last try that is allowed, and the instant from which it is allowed again.

use crate::support::{App, Kind, PASSWORD, Person, Setup, on_both_databases, sign_up_form};
use model::{
    AskPasswordReset, BeginPasskeySignIn, ChangeEmail, ChangePhone, ConfirmByCode, ConfirmEmail, ConfirmIdentity,
    ConfirmPhone, ConfirmSignUp, InvitationFilter, InviteMembers, NewOrganisation, Password, Problem, RequestId, Role,
    SignIn, SignInCode,
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use service::{
    Actor, Browser, Context, Login, Secret, data_export, device, email_change, invitation, organisation, passkey,
    password_reset, phone, platform_event, second_factor, sign_up, user,
};
use std::{collections::BTreeSet, path::Path, time::Duration};

on_both_databases!(both_ends);

const INSTANT: Duration = Duration::from_micros(1);
const QUARTER: Duration = Duration::from_mins(15);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const WRONG: &str = "Wrong-Otter-42";

/// Those that slow down, or count for the time it takes or for what pages say, and refuse nothing.
const UNLIMITED: [&str; 3] = ["sign-in-address", "sign-in-nobody", "sms-gateway"];

async fn both_ends(on: Kind) {
    let app = Setup { new_organisation_invitations: 100, sms_guard_records_only: true, ..Setup::on(on) }.app().await;
    app.stop_clock();
    let mut seen: BTreeSet<String> = UNLIMITED.map(str::to_owned).into();
    let by_area = [
        of_sign_in(&app).await,
        of_sign_up(&app).await,
        of_password_reset(&app).await,
        of_a_person(&app).await,
        of_text_messages(&app).await,
        of_letters(&app).await,
        of_platform_events(&app).await,
    ];
    for names in by_area {
        seen.extend(names.into_iter().map(str::to_owned));
    }
    assert_eq!(seen, names_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")), "every limit there is");
}

/// Seconds to wait, if a try was one too many. One that was wrong was allowed.
fn wait<T>(result: service::Result<T>) -> Option<u64> {
    match result.err()?.into_problem(RequestId(uuid::Uuid::nil())) {
        Problem::TooMany { seconds } => Some(seconds),
        _ => None,
    }
}

/// Tries at both ends, on a clock that stands still. The tries between the first and the last are written as a number.
async fn hold(
    app: &App,
    name: &'static str,
    tries: i32,
    within: Duration,
    attempt: impl AsyncFn(u32) -> Option<u64>,
) -> &'static str {
    assert_eq!(attempt(0).await, None, "{name}: the first");
    let sql = "UPDATE throttle SET count = count + $1 WHERE key LIKE $2";
    app.sql(sql, vec![(tries - 2).into(), format!("{name}:%").into()]).await;
    assert_eq!(attempt(1).await, None, "{name}: the last that is allowed");
    assert_eq!(attempt(2).await, Some(within.as_secs()), "{name}: one more");
    app.move_clock(within.checked_sub(INSTANT).unwrap());
    assert_eq!(attempt(3).await, Some(1), "{name}: an instant before the end");
    app.move_clock(INSTANT);
    assert_eq!(attempt(4).await, None, "{name}: at the end");
    name
}

async fn wrong(ctx: Context, email: &str) -> Option<u64> {
    let form = SignIn { email: email.to_owned(), password: Password::new(WRONG), then: String::new() };
    wait(user::sign_in(&ctx, form).await)
}

async fn of_sign_in(app: &App) -> Vec<&'static str> {
    let owner = app.owner();
    let cookie = device::remember(&app.anonymous(), Login::first(owner.user)).await.unwrap().unwrap();
    let laptop = Browser { session: None, devices: device::secrets(&cookie) };
    let from = |ip: &str| app.request_from(Actor::Anonymous, ip);
    // A network of its own each time, in one /48.
    let in_site = |site: u32, number: u32| from(&format!("2001:db8:{site:x}:{number:x}::1"));
    let nobody = |number: u32| format!("nobody{number}@example.com");
    vec![
        hold(app, "sign-in-device", 10, QUARTER, async |_| {
            wrong(app.anonymous().with_browser(laptop.clone()), &owner.email).await
        })
        .await,
        hold(app, "sign-in-address-network", 10, QUARTER, async |_| {
            wrong(from("203.0.113.1"), "ann@example.com").await
        })
        .await,
        hold(app, "sign-in-address-site", 30, QUARTER, async |number| {
            wrong(in_site(1, number), "ann@example.com").await
        })
        .await,
        hold(app, "sign-in-network", 100, QUARTER, async |number| wrong(from("203.0.113.2"), &nobody(number)).await)
            .await,
        hold(app, "sign-in-site", 300, QUARTER, async |number| wrong(in_site(2, number), &nobody(number)).await).await,
    ]
}

async fn of_platform_events(app: &App) -> Vec<&'static str> {
    let owner = app.owner().ctx;
    let now = || jiff::Timestamp::from_microsecond(app.service.now().0).unwrap().to_string();
    let report = async |number: u32| {
        let event = json!({ "id": number.to_string(), "kind": "contacts.created", "time": now(), "contacts": 1 });
        wait(platform_event::report(&owner, app.account, event).await)
    };
    vec![hold(app, "platform-events", 1_000_000, DAY, report).await]
}

async fn of_sign_up(app: &App) -> Vec<&'static str> {
    let network = |last: u8| app.request_from(Actor::Anonymous, &format!("203.0.113.{last}"));
    let ask = async |ctx: Context, email: &str| wait(sign_up::ask(&ctx, sign_up_form(email, "Initech")).await);
    sign_up::ask(&app.anonymous(), sign_up_form("nora@example.com", "Initech")).await.unwrap();
    let secret = app.link("nora@example.com", "/sign-up/confirm/").await;
    let guess = async |_| {
        let (secret, password) = (secret.reveal().to_owned(), Password::new(WRONG));
        let form = ConfirmSignUp { secret, password, existing: false };
        wait(sign_up::confirm(&app.anonymous(), form, None).await)
    };
    vec![
        hold(app, "sign-up-password", 10, QUARTER, guess).await,
        hold(app, "sign-up", 60, HOUR, async |number| ask(network(3), &format!("new{number}@example.com")).await).await,
        hold(app, "sign-up-address", 3, HOUR, async |_| ask(network(4), "new@example.com").await).await,
        hold(app, "sign-up-address-day", 10, DAY, async |_| ask(network(5), "new@example.com").await).await,
    ]
}

async fn of_password_reset(app: &App) -> Vec<&'static str> {
    let network = |last: u8| app.request_from(Actor::Anonymous, &format!("203.0.113.{last}"));
    let ask = async |ctx: Context, email: &str| {
        wait(password_reset::ask(&ctx, AskPasswordReset { email: email.to_owned() }).await)
    };
    vec![
        hold(app, "password-reset", 60, HOUR, async |number| {
            ask(network(7), &format!("new{number}@example.com")).await
        })
        .await,
        hold(app, "password-reset-address", 3, HOUR, async |_| ask(network(8), "new@example.com").await).await,
        hold(app, "password-reset-address-day", 10, DAY, async |_| ask(network(9), "new@example.com").await).await,
    ]
}

async fn of_a_person(app: &App) -> Vec<&'static str> {
    let (ana, ben) = (app.member().await, app.member().await);
    let ask = async |ctx: &Context, email: &str, password: &str| {
        let form = ChangeEmail { email: email.to_owned(), password: Password::new(password) };
        wait(email_change::ask(ctx, form).await)
    };
    let address = "ana.ruiz@new.example";
    let mut names = vec![
        hold(app, "confirm-password", 10, QUARTER, async |_| ask(&ana.ctx, address, WRONG).await).await,
        hold(app, "email-change", 5, DAY, async |_| ask(&ana.ctx, address, PASSWORD).await).await,
    ];
    assert_eq!(ask(&ben.ctx, "ben.botha@new.example", PASSWORD).await, None);
    let secret = app.link("ben.botha@new.example", "/email/").await;
    let guess = async |_| {
        let form = ConfirmEmail { secret: secret.reveal().to_owned(), password: Password::new(WRONG) };
        wait(email_change::confirm(&app.anonymous(), form).await)
    };
    names.push(hold(app, "confirm-email", 10, QUARTER, guess).await);

    let password =
        ConfirmIdentity { password: Password::new(PASSWORD), code: String::new(), ..ConfirmIdentity::default() };
    second_factor::begin(&ben.ctx, password).await.unwrap();
    let wrong_code = async |_| {
        let form = ConfirmByCode { code: "000000".to_owned() };
        wait(second_factor::confirm(&ben.ctx, form).await)
    };
    names.push(hold(app, "second-factor-set-up", 10, QUARTER, wrong_code).await);
    let network = app.request_from(Actor::Anonymous, "203.0.113.7");
    let begin = async |_| wait(passkey::begin_sign_in(&network, BeginPasskeySignIn::default()).await);
    names.push(hold(app, "passkey-request", 1_000, QUARTER, begin).await);
    let network = app.request_from(Actor::Anonymous, "203.0.113.6");
    let recovery = async |number| {
        let form = SignInCode { code: format!("guess{number}"), ..SignInCode::default() };
        wait(second_factor::sign_in(&network, Login::first(ben.user), form).await)
    };
    names.push(hold(app, "recovery-code", 10, QUARTER, recovery).await);

    let found = async |number| {
        let form = NewOrganisation { name: format!("Initech {number}") };
        wait(organisation::create(&ben.ctx, form).await)
    };
    names.push(hold(app, "create-organisation", 10, DAY, found).await);

    let export = async |_| {
        let result = wait(data_export::start(&ben.ctx).await);
        let system = Context::system(app.service.clone(), model::Job::ExportData).unwrap();
        while data_export::write_some(&system).await.unwrap() {}
        result
    };
    names.push(hold(app, "data-export", 3, DAY, export).await);
    names
}

/// Each in a session of its own: in one, the next has to wait besides.
async fn of_text_messages(app: &App) -> Vec<&'static str> {
    let (ana, ben, cy, dan) = (app.member().await, app.member().await, app.member().await, app.member().await);
    let in_session = |ctx: Context, number: u32| {
        let session = Some(Secret::from_client(format!("session {number}")));
        ctx.with_browser(Browser { session, devices: Vec::new() })
    };
    let ask = async |person: &Person, session| {
        let (number, password) = ("+27821234567".to_owned(), Password::new(PASSWORD));
        let form = ChangePhone { number, password, ..ChangePhone::default() };
        wait(phone::ask(&in_session(person.ctx.clone(), session), form).await)
    };
    let sql = "INSERT INTO phone (user_id, number, verified_at, second_factor_at) VALUES ($1, '+27837654321', 0, 0)";
    app.sql(sql, vec![cy.user.into()]).await;
    let send = async |number| {
        wait(second_factor::send_code(&in_session(app.anonymous(), number), Login::first(cy.user)).await)
    };
    let typed = async |_| wait(phone::confirm(&ana.ctx, ConfirmPhone { code: "000000".to_owned() }).await);
    vec![
        hold(app, "own-sms-code", 5, HOUR, async |number| ask(&ana, number).await).await,
        hold(app, "own-sms-code-day", 10, DAY, async |number| ask(&ben, number).await).await,
        hold(app, "sms-code-resend", 1, Duration::from_secs(30), async |_| ask(&dan, 0).await).await,
        hold(app, "sms-code", 3, DAY, send).await,
        hold(app, "sms-code-typed", 10, QUARTER, typed).await,
    ]
}

async fn of_letters(app: &App) -> Vec<&'static str> {
    let mut names = Vec::new();
    for (name, tries, within) in
        [("invite-person", 2_000, HOUR), ("invite-organisation", 5_000, DAY), ("invite-new-organisation", 100, DAY)]
    {
        let person = app.stranger().await;
        let invite = async |number| {
            let emails = format!("guest{number}@example.com");
            let form = InviteMembers { emails, role: Role::Viewer, also: Vec::new(), permissions: "".into() };
            wait(invitation::invite(&person.ctx, person.account, form).await)
        };
        names.push(hold(app, name, tries, within, invite).await);
    }
    let secret = app.invite(&app.owner().ctx, app.account, "cy@example.com", Role::Viewer).await;
    app.move_clock(DAY * 7);
    let ask = async |_| wait(invitation::ask(&app.anonymous(), &secret).await);
    names.push(hold(app, "ask-invitation", 3, DAY, ask).await);

    let person = app.stranger().await;
    let emails = app.new_address("guest");
    let form = InviteMembers { emails, role: Role::Viewer, also: Vec::new(), permissions: "".into() };
    invitation::invite(&person.ctx, person.account, form).await.unwrap();
    let pending = invitation::list(&person.ctx, person.account, InvitationFilter::default()).await.unwrap();
    let copy = async |_| wait(invitation::copy_link(&person.ctx, person.account, pending.rows[0].id).await);
    names.push(hold(app, "copy-invitation-link", 60, DAY, copy).await);

    for (name, tries, within) in [("letters-hour", 5, HOUR), ("letters-day", 20, DAY)] {
        let (person, to) = (app.stranger().await, app.new_address("guest"));
        let form = InviteMembers { emails: to.clone(), role: Role::Viewer, also: Vec::new(), permissions: "".into() };
        invitation::invite(&person.ctx, person.account, form).await.unwrap();
        let pending = invitation::list(&person.ctx, person.account, InvitationFilter::default()).await.unwrap();
        let letters = async || {
            app.deliver().await;
            app.service.mailer().local_letters().unwrap().iter().filter(|letter| letter.to == to).count()
        };
        // The first try is the letter of the invitation itself.
        let send = async |number| {
            let before = if number == 0 { 0 } else { letters().await };
            if number > 0 {
                invitation::resend(&person.ctx, person.account, pending.rows[0].id).await.unwrap();
            }
            if letters().await > before { None } else { Some(held_for(app).await) }
        };
        names.push(hold(app, name, tries, within, send).await);
    }
    names
}

/// Seconds until the last of the letters that are held back is due.
async fn held_for(app: &App) -> u64 {
    let db = app.service.database.for_migrations();
    let sql = "SELECT MAX(due_at) AS due FROM outbox WHERE delivered_at IS NULL";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    let due = model::Timestamp(row.try_get("", "due").unwrap());
    due.since(app.service.now()).as_secs()
}

/// The names of all limits in the source.
fn names_in(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(names_in(&path));
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            let limits = text.split("Throttle {").filter_map(|rest| rest.trim_start().strip_prefix("name: \""));
            names.extend(limits.map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    names
}
