//! A typed address is not a verified one: nothing that is meant for its owner comes to whoever typed it, before or
//! after, and whoever opens a letter to it takes it from them.

use crate::support::{App, Kind, PASSWORD, Person, accept_form, accepted, on_both_databases, problem, sign_up_form};
use model::{
    AcceptInvitation, ChangeEmail, ConfirmByCode, ConfirmEmail, ConfirmIdentity, ConfirmSignUp, InvitationFilter,
    NewOrganisation, OfferOwnership, Password, PolicyPoint, Problem, Refusal, Role, SignIn, UserId,
};
use service::{
    Actor, Secret, email_change, invitation, member, organisation, ownership, policy, second_factor, session,
    session::Session,
    sign_up::{self, SignUpOutcome},
    user,
};
use std::time::Duration;

on_both_databases!(
    nobody_takes_what_is_meant_for_another,
    nor_is_anything_kept_from_them,
    the_login_there_is_may_stay,
    nor_by_being_signed_in,
    with_a_second_factor,
    by_a_sign_up,
    by_the_login_there_is_at_a_sign_up,
    by_another_address,
    never_from_a_verified_login,
    at_the_same_time,
    each_others_at_the_same_time,
    ownership_is_between_verified_people,
    letters_go_to_verified_people
);

const VICTIM: &str = "victim@corp.example";

async fn signs_in(app: &App, email: &str, password: &str) -> bool {
    let form = SignIn { email: email.to_owned(), password: Password::new(password), then: String::new() };
    user::sign_in(&app.anonymous(), form).await.is_ok()
}

fn existing(secret: &Secret, password: &str) -> AcceptInvitation {
    AcceptInvitation {
        secret: secret.reveal().to_owned(),
        password: Password::new(password),
        existing: true,
        ..AcceptInvitation::default()
    }
}

/// As the victim, who knows nothing of the squatter's password.
fn as_new(secret: &Secret) -> AcceptInvitation {
    AcceptInvitation { password: Password::new("Loud-Badger-77"), ..accept_form(secret) }
}

async fn waiting(app: &App, email: &str) -> model::InvitationId {
    let filter = InvitationFilter { search: email.to_owned(), ..InvitationFilter::default() };
    invitation::list(&app.owner().ctx, app.account, filter).await.unwrap().rows[0].id
}

/// Signing up with somebody's address gives nothing that waits for its owner, be it sent before or after.
async fn nobody_takes_what_is_meant_for_another(on: Kind) {
    let app = App::new(on).await;
    policy::update(&app.owner().ctx, app.account, PolicyPoint::Domains("corp.example".to_owned())).await.unwrap();
    let secret = app.invite(&app.owner().ctx, app.account, VICTIM, Role::Admin).await;
    let logins = app.rows("user").await;
    let up = sign_up::ask(&app.anonymous(), sign_up_form(VICTIM, "Trap")).await.unwrap();
    assert!(matches!(up, SignUpOutcome::Asked(_)));
    assert_eq!(app.rows("user").await, logins);
    assert!(!signs_in(&app, VICTIM, PASSWORD).await);
    app.deliver().await;

    // Somebody who typed it before addresses were confirmed.
    let thief = app.squatter(VICTIM).await;
    assert!(invitation::list_own(&thief.ctx).await.unwrap().is_empty());
    let id = waiting(&app, VICTIM).await;
    assert_eq!(problem(invitation::accept_own(&thief.ctx, id).await), Problem::NotFound);
    assert_eq!(problem(invitation::decline_own(&thief.ctx, id).await), Problem::NotFound);
    assert_eq!(problem(thief.ctx.member(app.account).await), Problem::NotFound);
    // The real owner is asked for nobody else's password.
    let open = invitation::open(&app.anonymous(), &secret).await.unwrap();
    assert_eq!((open.known, open.unconfirmed), (false, true));
    let (victim, account) = accepted(invitation::accept(&app.anonymous(), as_new(&secret)).await.unwrap());
    assert_eq!(account, app.account);
    assert_ne!(victim, thief.user);
    let victim = app.request(Actor::User(victim));
    assert_eq!(organisation::standing(&victim, app.account).await.unwrap().role, Role::Admin);
    assert!(user::profile(&victim).await.unwrap().confirmed);
}

/// A browser that somebody is signed in with.
async fn browser(app: &App, user: UserId, secret: &str) -> Secret {
    let kept = Session {
        user: Some(user),
        ip: "198.51.100.1".to_owned(),
        user_agent: "the tests".to_owned(),
        data: "{}".to_owned(),
        expires_at: app.service.now() + Duration::from_hours(1),
        // It has moved on with the second factor.
        credentials_version: 1,
    };
    let secret = Secret::from_client(secret);
    session::create(&app.service, &secret, kept).await.unwrap();
    assert!(session::get(&app.service, &secret).await.unwrap().is_some());
    secret
}

async fn with_factor(app: &App, person: &Person) -> totp_rs::Totp {
    let form = ConfirmIdentity { password: Password::new(PASSWORD), code: String::new(), ..ConfirmIdentity::default() };
    second_factor::begin(&person.ctx, form).await.unwrap();
    let offer = second_factor::get(&person.ctx).await.unwrap().offer.unwrap();
    let key = totp_rs::Secret::try_from_base32(offer.key.replace(' ', "")).unwrap();
    let phone = totp_rs::Builder::new().with_secret(key).build().unwrap();
    let code = phone.generate(u64::try_from(app.service.now().0).unwrap() / 1_000_000).to_string();
    second_factor::confirm(&person.ctx, ConfirmByCode { code }).await.unwrap();
    phone
}

/// Password, sessions, codes, keys, memberships gained meanwhile: nothing of the squatter stays.
async fn nor_is_anything_kept_from_them(on: Kind) {
    let app = App::new(on).await;
    let other = app.stranger().await;
    let thief = app.sign_up_at(VICTIM, "Squat").await;
    app.join_too(&thief, app.account, Role::Admin).await;
    let key = app.key(&thief, "contact.read.basic").await;
    with_factor(&app, &thief).await;
    let change = ChangeEmail { email: "away@evil.example".to_owned(), password: Password::new(PASSWORD) };
    email_change::ask(&thief.ctx, change).await.unwrap();
    let away = app.link("away@evil.example", "/email/").await;
    app.unconfirm(&thief).await;
    let cookie = browser(&app, thief.user, "cookie").await;

    let secret = app.invite(&other.ctx, other.account, VICTIM, Role::Viewer).await;
    let (victim, _) = accepted(invitation::accept(&app.anonymous(), as_new(&secret)).await.unwrap());
    assert_ne!(victim, thief.user);
    assert!(session::get(&app.service, &cookie).await.unwrap().is_none(), "signed out everywhere");
    assert!(signs_in(&app, VICTIM, "Loud-Badger-77").await && !signs_in(&app, VICTIM, PASSWORD).await);
    let closed = format!("{}@reclaimed.invalid", thief.user);
    assert!(!signs_in(&app, &closed, PASSWORD).await && !signs_in(&app, &closed, "").await);
    for table in ["second_factor", "recovery_code", "email_change"] {
        assert_eq!(app.rows(table).await, 0, "{table}");
    }
    assert_eq!(problem(email_change::confirm(&thief.ctx, confirm_form(&away)).await), Problem::NotFound);
    // Out of the organisation that they were in; their own goes with them, and they found no other.
    assert_eq!(problem(thief.ctx.member(app.account).await), Problem::NotFound);
    assert_eq!(problem(app.with_key(&key.secret).await.unwrap().member(app.account).await).status(), 401);
    let being_deleted = Problem::Refused(Refusal::BeingDeleted);
    assert_eq!(problem(organisation::standing(&thief.ctx, thief.account).await), being_deleted);
    let again = organisation::create(&thief.ctx, NewOrganisation { name: "Again".to_owned() }).await;
    assert_eq!(problem(again), Problem::SignedOut);
    let victim = app.request(Actor::User(victim));
    let accounts = user::profile(&victim).await.unwrap().accounts;
    assert_eq!(accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [other.account]);
    let log = app.log().await;
    let what = "proved that the unconfirmed e-mail address of Olga Owens is theirs; the login that had it was closed";
    let entry = log.iter().find(|entry| entry.what == what).expect("an entry in the log of where they were");
    assert_eq!((entry.who.user, entry.job()), (None, Some(model::Job::CloseLogin)));
}

fn confirm_form(secret: &Secret) -> ConfirmEmail {
    ConfirmEmail { secret: secret.reveal().to_owned(), ..ConfirmEmail::default() }
}

/// Who founded an organisation before addresses were confirmed keeps it by the password.
async fn the_login_there_is_may_stay(on: Kind) {
    let app = App::new(on).await;
    let founder = app.squatter(VICTIM).await;
    let secret = app.invite(&app.owner().ctx, app.account, VICTIM, Role::Viewer).await;
    let wrong = invitation::accept(&app.anonymous(), existing(&secret, "Wrong-Otter-42")).await;
    assert_eq!(problem(wrong), Problem::WrongPassword);
    assert!(!email_change::get(&founder.ctx).await.unwrap().confirmed);
    let (user, _) = accepted(invitation::accept(&app.anonymous(), existing(&secret, PASSWORD)).await.unwrap());
    assert_eq!(user, founder.user);
    assert!(user::profile(&founder.ctx).await.unwrap().confirmed);
    assert_eq!(organisation::standing(&founder.ctx, founder.account).await.unwrap().role, Role::Owner);
    assert_eq!(organisation::standing(&founder.ctx, app.account).await.unwrap().role, Role::Viewer);
}

async fn nor_by_being_signed_in(on: Kind) {
    let app = App::new(on).await;
    let thief = app.squatter(VICTIM).await;
    let secret = app.invite(&app.owner().ctx, app.account, VICTIM, Role::Admin).await;
    let open = invitation::open(&thief.ctx, &secret).await.unwrap();
    assert!(!open.is_me && open.unconfirmed);
    for form in [existing(&secret, ""), AcceptInvitation { password: Password::default(), ..accept_form(&secret) }] {
        assert!(problem(invitation::accept(&thief.ctx, form).await).fields().is_some());
    }
    assert_eq!(problem(thief.ctx.member(app.account).await), Problem::NotFound);
}

/// The password and the link confirm the address; the code is asked for all the same.
async fn with_a_second_factor(on: Kind) {
    let app = App::new(on).await;
    let founder = app.squatter(VICTIM).await;
    with_factor(&app, &founder).await;
    let secret = app.invite(&app.owner().ctx, app.account, VICTIM, Role::Viewer).await;
    let answer = invitation::accept(&app.anonymous(), existing(&secret, PASSWORD)).await.unwrap();
    assert!(matches!(answer, invitation::Acceptance::NeedsSecondFactor(login) if login.user == founder.user));
    assert_eq!(problem(founder.ctx.member(app.account).await), Problem::NotFound);
    // Once signed in, it stands among one's own.
    assert_eq!(invitation::list_own(&founder.ctx).await.unwrap().len(), 1);
}

async fn up(app: &App) -> (model::SignUpId, Secret) {
    let SignUpOutcome::Asked(id) = sign_up::ask(&app.anonymous(), sign_up_form(VICTIM, "Initech")).await.unwrap()
    else {
        panic!("somebody is here")
    };
    (id, app.link(VICTIM, "/sign-up/confirm/").await)
}

async fn by_a_sign_up(on: Kind) {
    let app = App::new(on).await;
    let thief = app.squatter(VICTIM).await;
    let (id, secret) = up(&app).await;
    assert!(sign_up::open(&app.anonymous(), &secret, Some(id)).await.unwrap().unconfirmed);
    let form = ConfirmSignUp { secret: secret.reveal().to_owned(), ..ConfirmSignUp::default() };
    let victim = sign_up::confirm(&app.anonymous(), form, Some(id)).await.unwrap().user();
    assert_ne!(victim, thief.user);
    assert_eq!(email_change::get(&thief.ctx).await.unwrap().email, format!("{}@reclaimed.invalid", thief.user));
    let accounts = user::profile(&app.request(Actor::User(victim))).await.unwrap().accounts;
    assert_eq!(accounts.iter().map(|account| account.name.as_str()).collect::<Vec<_>>(), ["Initech"]);
}

async fn by_the_login_there_is_at_a_sign_up(on: Kind) {
    let app = App::new(on).await;
    let founder = app.squatter(VICTIM).await;
    let (id, secret) = up(&app).await;
    let form = |password: &str| ConfirmSignUp {
        secret: secret.reveal().to_owned(),
        password: Password::new(password),
        existing: true,
    };
    for password in ["", "Wrong-Otter-42"] {
        problem(sign_up::confirm(&app.anonymous(), form(password), Some(id)).await);
    }
    let user = sign_up::confirm(&app.anonymous(), form(PASSWORD), Some(id)).await.unwrap().user();
    assert_eq!(user, founder.user);
    let profile = user::profile(&founder.ctx).await.unwrap();
    assert!(profile.confirmed);
    assert_eq!(profile.accounts.iter().map(|account| account.name.as_str()).collect::<Vec<_>>(), ["Squat"]);
    assert_eq!(app.rows("sign_up").await, 0);
}

async fn by_another_address(on: Kind) {
    let app = App::new(on).await;
    let (thief, nora) = (app.squatter(VICTIM).await, app.member().await);
    let form = ChangeEmail { email: VICTIM.to_owned(), password: Password::new(PASSWORD) };
    email_change::ask(&nora.ctx, form).await.unwrap();
    let secret = app.link(VICTIM, "/email/").await;
    email_change::confirm(&nora.ctx, confirm_form(&secret)).await.unwrap();
    assert_eq!(email_change::get(&nora.ctx).await.unwrap().email, VICTIM);
    assert!(!user::profile(&thief.ctx).await.unwrap().confirmed);
    assert_ne!(email_change::get(&thief.ctx).await.unwrap().email, VICTIM);
}

async fn never_from_a_verified_login(on: Kind) {
    let app = App::new(on).await;
    let (id, secret) = up(&app).await;
    let nora = app.member().await;
    let form = ChangeEmail { email: VICTIM.to_owned(), password: Password::new(PASSWORD) };
    email_change::ask(&nora.ctx, form).await.unwrap();
    let change = app.link(VICTIM, "/email/").await;
    let invited = app.invite(&app.owner().ctx, app.account, VICTIM, Role::Viewer).await;
    let (victim, _) = accepted(invitation::accept(&app.anonymous(), as_new(&invited)).await.unwrap());
    let form = ConfirmSignUp { secret: secret.reveal().to_owned(), ..ConfirmSignUp::default() };
    assert_eq!(problem(sign_up::confirm(&app.anonymous(), form, Some(id)).await).status(), 409);
    assert_eq!(problem(email_change::confirm(&nora.ctx, confirm_form(&change)).await).status(), 409);
    assert_eq!(email_change::get(&nora.ctx).await.unwrap().email, nora.email);
    let victim = app.request(Actor::User(victim));
    assert_eq!(email_change::get(&victim).await.unwrap().email, VICTIM);
}

/// Two letters to one address, opened at once: one login has it afterwards.
async fn at_the_same_time(on: Kind) {
    let app = App::new(on).await;
    app.squatter(VICTIM).await;
    let (id, secret) = up(&app).await;
    let invited = app.invite(&app.owner().ctx, app.account, VICTIM, Role::Viewer).await;
    let (one, two) = (app.anonymous(), app.anonymous());
    let form = ConfirmSignUp { secret: secret.reveal().to_owned(), ..ConfirmSignUp::default() };
    let (one, two) = tokio::join!(sign_up::confirm(&one, form, Some(id)), invitation::accept(&two, as_new(&invited)));
    assert!(one.is_ok() != two.is_ok());
    let late = if one.is_err() { problem(one) } else { problem(two) };
    assert!(matches!(late, Problem::Conflict(_)), "{late:?}");
}

/// Two logins that confirm each other's address at once: one gets it, and the other is closed.
async fn each_others_at_the_same_time(on: Kind) {
    let app = App::new(on).await;
    for round in 0..6 {
        let [one, two] = [app.new_address("one"), app.new_address("two")];
        let (ana, ben) = (app.squatter(&one).await, app.squatter(&two).await);
        let mut secrets = Vec::new();
        for (person, wanted) in [(&ana, &two), (&ben, &one)] {
            let form = ChangeEmail { email: wanted.clone(), password: Password::new(PASSWORD) };
            email_change::ask(&person.ctx, form).await.unwrap();
            secrets.push(app.link(wanted, "/email/").await);
        }
        let (by_ana, by_ben) = tokio::join!(
            email_change::confirm(&ana.ctx, confirm_form(&secrets[0])),
            email_change::confirm(&ben.ctx, confirm_form(&secrets[1]))
        );
        assert!(by_ana.is_ok() != by_ben.is_ok(), "round {round}: {by_ana:?}, {by_ben:?}");
        let late = problem(if by_ana.is_ok() { by_ben } else { by_ana });
        assert!(late == Problem::NotFound || late.status() == 409, "round {round}: {late:?}");
    }
}

async fn ownership_is_between_verified_people(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner(), app.admin().await);
    let offer = async || {
        let form = OfferOwnership { member: admin.member };
        ownership::offer(&owner.ctx, app.account, form).await
    };
    app.unconfirm(&admin).await;
    assert!(ownership::get(&owner.ctx, app.account).await.unwrap().candidates.is_empty());
    assert!(problem(offer().await).fields().unwrap().get("member").is_some());
    app.confirm(&admin).await;
    app.unconfirm(&owner).await;
    let unconfirmed = Problem::Refused(Refusal::EmailUnconfirmed);
    assert_eq!(problem(offer().await), unconfirmed);
    assert_eq!(app.log().await[0].what, "was refused: their e-mail address isn't confirmed");
    app.confirm(&owner).await;
    offer().await.unwrap();
    app.unconfirm(&admin).await;
    assert_eq!(problem(ownership::accept(&admin.ctx, app.account).await), unconfirmed);
    app.confirm(&admin).await;
    ownership::accept(&admin.ctx, app.account).await.unwrap();
}

/// Of somebody's affairs nothing is written to an address that may be another's.
async fn letters_go_to_verified_people(on: Kind) {
    let app = App::new(on).await;
    let (owner, ana) = (app.owner(), app.admin().await);
    app.unconfirm(&ana).await;
    let before = async |email: &str| {
        app.deliver().await;
        app.service.mailer().local_letters().unwrap().iter().filter(|letter| letter.to == email).count()
    };
    let (theirs, mine) = (before(&ana.email).await, before(&owner.email).await);
    let form = model::DeleteOrganisation { name: "Acme".to_owned() };
    service::deletion::delete(&owner.ctx, app.account, form).await.unwrap();
    assert_eq!((before(&ana.email).await, before(&owner.email).await), (theirs, mine + 1));
    service::deletion::restore(&owner.ctx, app.account).await.unwrap();
    // Nor that an address was changed which was never theirs.
    member::remove(&owner.ctx, app.account, ana.member).await.unwrap();
    organisation::create(&ana.ctx, NewOrganisation { name: "Own".to_owned() }).await.unwrap();
    let change = ChangeEmail { email: VICTIM.to_owned(), password: Password::new(PASSWORD) };
    email_change::ask(&ana.ctx, change).await.unwrap();
    let secret = app.link(VICTIM, "/email/").await;
    email_change::confirm(&ana.ctx, confirm_form(&secret)).await.unwrap();
    assert_eq!(before(&ana.email).await, theirs);
}
