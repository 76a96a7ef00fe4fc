//! What is sensitive takes a proof of who does it that is no older than ten minutes, in the very session that does it.

use crate::support::{App, BrowserSession, CHROME, FIREFOX, Kind, PASSWORD, Person, on_both_databases, problem};
use model::{
    ApiKeyForm, ConfirmByCode, ConfirmIdentity, DeleteOrganisation, OfferOwnership, Password, PolicyPoint, Problem,
    ProofTime, SensitiveAction, SignIn,
};
use service::{
    Context, api_key, data_export, deletion, ownership, policy, proof, second_factor,
    user::{self, SignInOutcome},
};
use std::time::Duration;

on_both_databases!(
    asked_when_old,
    every_operation,
    nothing_else_asks,
    by_a_code,
    wrong_proofs,
    of_this_session_alone,
    not_of_keys
);

const MINUTE: Duration = Duration::from_mins(1);

async fn request(app: &App, browser: &BrowserSession) -> Context {
    browser.request(app).await.expect("the session goes on")
}

fn by_password(password: &str) -> ConfirmIdentity {
    ConfirmIdentity { password: Password::new(password), ..ConfirmIdentity::default() }
}

fn by_code(code: &str) -> ConfirmIdentity {
    ConfirmIdentity { code: code.to_owned(), ..ConfirmIdentity::default() }
}

async fn new_key(ctx: &Context, app: &App) -> service::Result<model::NewApiKey> {
    let form = ApiKeyForm { name: "A program".to_owned(), permissions: "contact".into(), days: 0, like: None };
    api_key::create(ctx, app.account, form).await
}

/// Does something sensitive of this kind; `None` where the form itself always asks for the password.
async fn attempt(app: &App, ctx: &Context, admin: &Person, action: SensitiveAction) -> Option<service::Result<()>> {
    Some(match action {
        SensitiveAction::Password | SensitiveAction::Email | SensitiveAction::Phone => return None,
        SensitiveAction::Factors => second_factor::begin(ctx, ConfirmIdentity::default()).await,
        SensitiveAction::Ownership => ownership::offer(ctx, app.account, OfferOwnership { member: admin.member }).await,
        SensitiveAction::ApiKey => new_key(ctx, app).await.map(drop),
        SensitiveAction::Deletion => {
            deletion::delete(ctx, app.account, DeleteOrganisation { name: "Acme".to_owned() }).await
        }
        SensitiveAction::Policy => policy::update(ctx, app.account, PolicyPoint::InvitationDays(3)).await.map(drop),
        SensitiveAction::DataExport => data_export::start(ctx).await,
    })
}

async fn asked_when_old(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    let browser = app.sign_in_by(&app.owner(), CHROME).await;
    let mut actions = SensitiveAction::ALL;
    // After it there is nothing left to do.
    actions.sort_by_key(|action| *action == SensitiveAction::Deletion);
    for action in actions {
        app.move_clock(MINUTE * 11);
        let ctx = request(&app, &browser).await;
        let before = app.log_size().await;
        let Some(answer) = attempt(&app, &ctx, &admin, action).await else {
            assert_eq!(action.proof(), ProofTime::Always);
            continue;
        };
        assert_eq!(problem(answer), Problem::ProofNeeded(action));
        assert_eq!(app.log_size().await, before, "{action:?}: nothing was done, and nobody is accused");
        proof::confirm(&ctx, by_password(PASSWORD)).await.unwrap();
        // In a request after it, for nine minutes.
        app.move_clock(MINUTE * 9);
        let again = attempt(&app, &request(&app, &browser).await, &admin, action).await;
        assert!(again.unwrap().is_ok(), "{action:?}");
    }
}

/// Besides those above.
async fn every_operation(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner(), app.admin().await);
    let (hers, theirs) = (app.sign_in_by(&owner, CHROME).await, app.sign_in_by(&admin, CHROME).await);
    let key = new_key(&owner.ctx, &app).await.unwrap().id;
    ownership::offer(&owner.ctx, app.account, OfferOwnership { member: admin.member }).await.unwrap();
    app.move_clock(MINUTE * 11);
    let (ctx, other) = (request(&app, &hers).await, request(&app, &theirs).await);
    for (action, fault) in [
        (SensitiveAction::ApiKey, problem(api_key::rotate(&ctx, app.account, key).await)),
        (SensitiveAction::Policy, problem(policy::make_safer(&ctx, app.account).await)),
        (SensitiveAction::Ownership, problem(ownership::accept(&other, app.account).await)),
    ] {
        assert_eq!(fault, Problem::ProofNeeded(action));
    }
    assert!(ownership::get(&ctx, app.account).await.unwrap().is_mine);
}

/// What everybody does all day, and what makes things safer at once.
async fn nothing_else_asks(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner(), app.admin().await);
    let browser = app.sign_in_by(&owner, CHROME).await;
    let key = new_key(&owner.ctx, &app).await.unwrap().id;
    ownership::offer(&owner.ctx, app.account, OfferOwnership { member: admin.member }).await.unwrap();
    app.move_clock(MINUTE * 60);
    let ctx = request(&app, &browser).await;
    api_key::revoke(&ctx, app.account, key).await.unwrap();
    ownership::withdraw(&ctx, app.account).await.unwrap();
    service::member::suspend(&ctx, app.account, admin.member).await.unwrap();
    service::session::close_others(&ctx).await.unwrap();
    user::sign_out(&ctx).await.unwrap();
}

async fn by_a_code(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    assert!(!proof::methods(&owner.ctx).await.unwrap().codes());
    second_factor::begin(&owner.ctx, by_password(PASSWORD)).await.unwrap();
    let offer = second_factor::get(&owner.ctx).await.unwrap().offer.unwrap();
    let key = totp_rs::Secret::try_from_base32(offer.key.replace(' ', "")).unwrap();
    let phone = totp_rs::Builder::new().with_secret(key).build().unwrap();
    let code = || phone.generate(u64::try_from(app.service.now().0).unwrap() / 1_000_000).to_string();
    second_factor::confirm(&owner.ctx, ConfirmByCode { code: code() }).await.unwrap();
    let form = SignIn { email: owner.email.clone(), password: Password::new(PASSWORD), then: String::new() };
    let SignInOutcome::NeedsSecondFactor(login) = user::sign_in(&app.anonymous(), form).await.unwrap() else {
        panic!("no code is asked for")
    };
    let browser = app.begin_session(&owner, login, CHROME).await;
    let policy = async |ctx: &Context, days| policy::update(ctx, app.account, PolicyPoint::InvitationDays(days)).await;
    for (of_app, days) in [(true, 3), (false, 14)] {
        app.move_clock(MINUTE * 11);
        let ctx = request(&app, &browser).await;
        assert!(proof::methods(&ctx).await.unwrap().codes());
        assert_eq!(problem(policy(&ctx, days).await), Problem::ProofNeeded(SensitiveAction::Policy));
        let typed = if of_app { code() } else { offer.recovery_codes[0].clone() };
        proof::confirm(&ctx, by_code(&typed)).await.unwrap();
        policy(&request(&app, &browser).await, days).await.unwrap();
        // Each counts once.
        assert!(problem(proof::confirm(&ctx, by_code(&typed)).await).fields().unwrap().get("code").is_some());
    }
    // The code that replaces or removes a second factor is a proof itself; a recent one is not enough.
    app.move_clock(MINUTE * 11);
    let ctx = request(&app, &browser).await;
    proof::confirm(&ctx, by_password(PASSWORD)).await.unwrap();
    let without = second_factor::remove(&request(&app, &browser).await, ConfirmIdentity::default()).await;
    assert!(problem(without).fields().unwrap().get("code").is_some());
    app.move_clock(MINUTE * 11);
    second_factor::remove(&request(&app, &browser).await, by_code(&code())).await.unwrap();
}

async fn wrong_proofs(on: Kind) {
    let app = App::new(on).await;
    let browser = app.sign_in_by(&app.owner(), CHROME).await;
    app.move_clock(MINUTE * 11);
    let ctx = request(&app, &browser).await;
    let fault = async |form| problem(proof::confirm(&ctx, form).await);
    assert!(fault(ConfirmIdentity::default()).await.fields().unwrap().get("password").is_some());
    assert!(fault(by_code("123456")).await.fields().unwrap().get("code").is_some(), "there is no second factor");
    assert_eq!(app.log().await[0].outcome, model::Outcome::Refused);
    for _ in 0..10 {
        assert!(fault(by_password("Wrong-Otter-42")).await.fields().unwrap().get("password").is_some());
    }
    assert!(matches!(fault(by_password(PASSWORD)).await, Problem::TooMany { .. }));
    for ctx in [ctx, request(&app, &browser).await] {
        let refused = policy::update(&ctx, app.account, PolicyPoint::InvitationDays(3)).await;
        assert_eq!(problem(refused), Problem::ProofNeeded(SensitiveAction::Policy));
    }
    assert_eq!(problem(proof::confirm(&app.anonymous(), by_password(PASSWORD)).await), Problem::SignedOut);
}

async fn of_this_session_alone(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let (here, thief) = (app.sign_in_by(&owner, CHROME).await, app.sign_in_by(&owner, FIREFOX).await);
    app.move_clock(MINUTE * 11);
    proof::confirm(&request(&app, &here).await, by_password(PASSWORD)).await.unwrap();
    assert!(new_key(&request(&app, &here).await, &app).await.is_ok());
    let elsewhere = new_key(&request(&app, &thief).await, &app).await;
    assert_eq!(problem(elsewhere), Problem::ProofNeeded(SensitiveAction::ApiKey));
    // A sign-in is a proof, in its own session.
    app.move_clock(MINUTE * 11);
    let third = app.sign_in_by(&owner, FIREFOX).await;
    assert!(new_key(&request(&app, &third).await, &app).await.is_ok());
    assert!(new_key(&request(&app, &here).await, &app).await.is_err());
}

/// A key has no session that somebody could find open, and nobody to ask.
async fn not_of_keys(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.owner(), "organisation").await;
    app.move_clock(MINUTE * 60);
    policy::update(&key.ctx, app.account, PolicyPoint::InvitationDays(3)).await.unwrap();
    let people_only = Problem::Refused(model::Refusal::PeopleOnly);
    assert_eq!(problem(proof::confirm(&key.ctx, by_password(PASSWORD)).await), people_only);
}
