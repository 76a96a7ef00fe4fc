//! A passkey signs in whoever it belongs to, and nobody else: whatever is forged, repeated, late, or of another.

use crate::support::{App, Device, Kind, PASSWORD, Person, accept_form, accepted, allowed, on_both_databases, problem};
use model::{
    AcceptInvitation, AccountForm, AddPasskey, BeginPasskeySignIn, ConfirmByCode, ConfirmIdentity, Conflict,
    MemberFilter, Outcome, PasskeyAnswer, PasskeyOptions, PasskeySecondStep, PasskeySignIn, Password, Permission,
    PersonName, PolicyPoint, Problem, Refusal, RemovePasskey, RenamePasskey, Role, SecondFactorWithin, SignIn,
    SignInCode,
};
use service::{
    Actor, Context, Login, account, invitation, member, organisation, passkey, policy, second_factor,
    user::{self, SignInOutcome},
};
use std::time::Duration;

on_both_databases!(
    signs_in_alone,
    in_the_place_of_a_code,
    answered_once,
    answered_in_time,
    asked_for_something_else,
    of_somebody_else,
    forged,
    counters,
    names_without_passkeys,
    made_by_somebody_else,
    recovery_codes,
    the_last_one_stays,
    beside_an_app,
    told_by_letter,
    renamed_and_removed,
    reset_by_an_admin,
    reset_by_the_operator,
    lets_in_where_required,
    gone_with_an_unverified_login
);

fn by_password() -> ConfirmIdentity {
    ConfirmIdentity { password: Password::new(PASSWORD), ..ConfirmIdentity::default() }
}

fn by_code(code: &str) -> ConfirmIdentity {
    ConfirmIdentity { code: code.to_owned(), ..by_password() }
}

async fn add_with(person: &Person, proof: ConfirmIdentity, name: &str) -> (Device, Vec<String>) {
    let options = passkey::begin_adding(&person.ctx, proof).await.unwrap();
    let (device, passkey) = Device::make(&options);
    let added = passkey::add(&person.ctx, AddPasskey { name: name.to_owned(), passkey }).await.unwrap();
    (device, added.recovery_codes)
}

async fn add(person: &Person) -> (Device, Vec<String>) {
    add_with(person, by_password(), "Laptop").await
}

async fn ask(app: &App, email: &str) -> PasskeyOptions {
    passkey::begin_sign_in(&app.anonymous(), BeginPasskeySignIn { email: email.to_owned() }).await.unwrap()
}

async fn answer(app: &App, passkey: PasskeyAnswer) -> service::Result<Login> {
    passkey::sign_in(&app.anonymous(), PasskeySignIn { passkey, then: String::new() }).await
}

async fn sign_in(app: &App, device: &mut Device) -> service::Result<Login> {
    let options = ask(app, "").await;
    answer(app, device.show(&options)).await
}

async fn password(app: &App, person: &Person) -> SignInOutcome {
    let form = SignIn { email: person.email.clone(), password: Password::new(PASSWORD), then: String::new() };
    user::sign_in(&app.anonymous(), form).await.unwrap()
}

async fn second_step(ctx: &Context, login: Login, passkey: PasskeyAnswer) -> service::Result<Login> {
    passkey::confirm_sign_in(ctx, login, PasskeySecondStep { passkey, remember: false }).await
}

async fn confirmed(person: &Person, device: &mut Device) -> ConfirmIdentity {
    let options = passkey::begin_confirming(&person.ctx).await.unwrap();
    ConfirmIdentity { passkey: device.show(&options), ..by_password() }
}

async fn subjects(app: &App, person: &Person) -> Vec<String> {
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap().into_iter();
    letters.filter(|letter| letter.to == person.email).map(|letter| letter.subject).collect()
}

async fn signs_in_alone(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let (mut hers, _) = add(&ana).await;
    let (mut his, _) = add(&ben).await;
    assert_eq!(sign_in(&app, &mut hers).await.unwrap().user, ana.user);
    assert_eq!(sign_in(&app, &mut his).await.unwrap().user, ben.user);
    let entry = app.log().await.remove(0);
    assert_eq!((entry.who.user, entry.what.as_str()), (Some(ben.user), "signed in"));
    let options = ask(&app, &ana.email.to_uppercase()).await;
    assert!(hers.is_allowed_by(&options) && !his.is_allowed_by(&options), "for the address that was typed");
    assert_eq!(answer(&app, hers.show(&options)).await.unwrap().user, ana.user);
    let own = passkey::list(&ana.ctx).await.unwrap();
    assert_eq!(own.passkeys.len(), 1);
    assert!(own.passkeys[0].last_used.is_some());
}

async fn in_the_place_of_a_code(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let (mut device, codes) = add(&ana).await;
    let (mut other, _) = add(&ben).await;
    let before = app.log_size().await;
    let SignInOutcome::NeedsSecondFactor(login) = password(&app, &ana).await else { panic!("asked for nothing more") };
    assert_eq!(app.log_size().await, before, "half a sign-in is none");
    let step = second_factor::get_second_step(&app.anonymous(), login).await.unwrap();
    assert!(step.methods.passkeys && !step.methods.app);
    let ctx = app.anonymous();
    let options = passkey::begin_second_step(&ctx, login).await.unwrap();
    assert_eq!(allowed(&options).len(), 1);
    assert_eq!(problem(second_step(&ctx, login, other.show(&options)).await), Problem::WrongPasskey);
    let options = passkey::begin_second_step(&ctx, login).await.unwrap();
    assert_eq!(second_step(&ctx, login, device.show(&options)).await.unwrap().user, ana.user);
    // Without the device: a code that was kept.
    let code = SignInCode { code: codes[0].to_uppercase().replace('-', " "), ..SignInCode::default() };
    second_factor::sign_in(&ctx, login, code).await.unwrap();
}

async fn answered_once(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (mut device, _) = add(&ana).await;
    let options = ask(&app, "").await;
    let shown = device.show(&options);
    answer(&app, shown.clone()).await.unwrap();
    let over = Problem::Conflict(Conflict::PasskeyRequestOver);
    assert_eq!(problem(answer(&app, shown).await), over, "again");
    assert_eq!(problem(answer(&app, device.show(&options)).await), over, "signed anew");
    let options = ask(&app, "").await;
    let answers: Vec<PasskeyAnswer> = (0..20).map(|_| device.show(&options)).collect();
    let done = futures::future::join_all(answers.into_iter().map(|shown| answer(&app, shown))).await;
    assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "of many at the same moment");
}

async fn answered_in_time(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (mut device, _) = add(&ana).await;
    app.stop_clock();
    let (late, in_time) = (ask(&app, "").await, ask(&app, "").await);
    app.move_clock(Duration::from_mins(5).checked_sub(Duration::from_micros(1)).unwrap());
    answer(&app, device.show(&in_time)).await.unwrap();
    app.move_clock(Duration::from_micros(1));
    let over = Problem::Conflict(Conflict::PasskeyRequestOver);
    assert_eq!(problem(answer(&app, device.show(&late)).await), over);
}

/// What was asked for one purpose serves for no other.
async fn asked_for_something_else(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (mut device, _) = add(&ana).await;
    let SignInOutcome::NeedsSecondFactor(login) = password(&app, &ana).await else { panic!("asked for nothing more") };
    let ctx = app.anonymous();
    let second = passkey::begin_second_step(&ctx, login).await.unwrap();
    assert_eq!(problem(answer(&app, device.show(&second)).await), Problem::WrongPasskey);
    let confirming = passkey::begin_confirming(&ana.ctx).await.unwrap();
    assert_eq!(problem(answer(&app, device.show(&confirming)).await), Problem::WrongPasskey);
    let first = ask(&app, "").await;
    assert_eq!(problem(second_step(&ctx, login, device.show(&first)).await), Problem::WrongPasskey);
    let proof = ConfirmIdentity { passkey: device.show(&ask(&app, "").await), ..by_password() };
    assert_eq!(problem(passkey::begin_adding(&ana.ctx, proof).await), Problem::WrongPasskey);
}

/// One of somebody else does nothing here, whatever it says of itself.
async fn of_somebody_else(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let (device, _) = add(&ana).await;
    let (mut other, _) = add(&ben).await;
    let mut liar = Device { user: ana.user.0.as_bytes().to_vec(), ..other.clone() };
    assert_eq!(problem(sign_in(&app, &mut liar).await), Problem::WrongPasskey, "says that it is hers");
    let options = ask(&app, &ana.email).await;
    assert_eq!(problem(answer(&app, other.show(&options)).await), Problem::WrongPasskey, "for her address");
    for email in ["nobody@example.com", &app.owner().email] {
        let answered = answer(&app, other.show(&ask(&app, email).await)).await;
        assert_eq!(problem(answered), Problem::WrongPasskey, "for one without passkeys: alike");
    }
    let options = passkey::begin_confirming(&ana.ctx).await.unwrap();
    let proof = ConfirmIdentity { passkey: other.show(&options), ..by_password() };
    let refused = problem(passkey::begin_adding(&ana.ctx, proof).await);
    assert!(refused.fields().unwrap().get("code").is_some(), "in the place of her code");
    assert_eq!(app.log().await[0].what, "was refused: wrong passkey");
    let mut stolen_id = Device { id: device.id.clone(), user: device.user.clone(), ..other };
    assert_eq!(problem(sign_in(&app, &mut stolen_id).await), Problem::WrongPasskey, "under the name of hers");
    let entry = app.log().await.remove(0);
    assert_eq!((entry.who.user, &entry.who.name, entry.outcome), (None, &PersonName::Unknown, Outcome::Refused));
    assert_eq!(entry.what, "tried to sign in as Ana Ruiz with a passkey that couldn't be verified");
}

async fn forged(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (device, _) = add(&ana).await;
    let mut elsewhere = Device { origin: "https://tenantry.example.evil.test", ..device.clone() };
    assert_eq!(problem(sign_in(&app, &mut elsewhere).await), Problem::WrongPasskey, "for another site");
    let mut without = Device { verifies: false, ..device.clone() };
    assert_eq!(problem(sign_in(&app, &mut without).await), Problem::WrongPasskey, "without looking who it is");
    let mut silent = Device { user: Vec::new(), ..device.clone() };
    assert_eq!(problem(sign_in(&app, &mut silent).await), Problem::WrongPasskey, "without saying whose it is");
    let mut device = Device { count: 100, ..device };
    let PasskeyAnswer(shown) = device.show(&ask(&app, "").await);
    let changed = shown.replacen("\"signature\":\"", "\"signature\":\"AA", 1);
    assert_ne!(changed, shown);
    assert_eq!(problem(answer(&app, PasskeyAnswer(changed)).await), Problem::WrongPasskey, "another signature");
    for nothing in ["", "{}", "[]", "null", r#"{"response":{"clientDataJSON":"AAAA"}}"#] {
        let refused = problem(answer(&app, PasskeyAnswer(nothing.to_owned())).await);
        assert_eq!(refused, Problem::Conflict(Conflict::PasskeyRequestOver), "{nothing}");
    }
    assert!(sign_in(&app, &mut device).await.is_ok(), "the right one still does");
}

/// One that counts has to count on; one that does not stays at nothing.
async fn counters(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let (mut device, _) = add(&ana).await;
    sign_in(&app, &mut device).await.unwrap();
    let mut copy = device.clone();
    sign_in(&app, &mut device).await.unwrap();
    let copied = Problem::Conflict(Conflict::PasskeyCopied);
    assert_eq!(problem(sign_in(&app, &mut copy).await), copied, "as far as the other");
    let entry = app.log().await.remove(0);
    let what = "tried to sign in as Ana Ruiz with the passkey Laptop, a copy of which may be in use elsewhere";
    assert_eq!((entry.who.user, entry.what.as_str(), entry.outcome), (None, what, Outcome::Refused));
    assert!(subjects(&app, &ana).await.contains(&"One of your passkeys may have been copied".to_owned()));
    let mut reset = Device { count: 0, counts_by: 0, ..device.clone() };
    assert_eq!(problem(sign_in(&app, &mut reset).await), copied, "back at nothing");
    sign_in(&app, &mut device).await.unwrap();
    let (device, _) = add(&ben).await;
    let mut uncounted = Device { counts_by: 0, ..device };
    for _ in 0..3 {
        sign_in(&app, &mut uncounted).await.unwrap();
    }
}

/// Nobody learns from what is asked for which addresses have passkeys, or a login.
async fn names_without_passkeys(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    add(&ana).await;
    for email in [ben.email.as_str(), "nobody@example.com", "not an address"] {
        let first = allowed(&ask(&app, email).await);
        assert!(!first.is_empty(), "{email}");
        assert_eq!(allowed(&ask(&app, &format!(" {} ", email.to_uppercase())).await), first, "{email}: the same again");
        assert_ne!(allowed(&ask(&app, "somebody@example.com").await), first, "{email}: another for another");
    }
    for number in 0..50 {
        assert!(!allowed(&ask(&app, &format!("nobody{number}@example.com")).await).is_empty(), "{number}");
    }
    assert!(allowed(&ask(&app, "").await).is_empty(), "whichever there is");
}

/// What one person was asked to make, nobody else adds; and nobody adds what is somebody's already.
async fn made_by_somebody_else(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let unusable = Problem::Conflict(Conflict::PasskeyUnusable);
    let options = passkey::begin_adding(&ana.ctx, by_password()).await.unwrap();
    let (_, made) = Device::make(&options);
    let form = |passkey| AddPasskey { name: "Laptop".to_owned(), passkey };
    assert_eq!(problem(passkey::add(&ben.ctx, form(made.clone())).await), unusable);
    let over = Problem::Conflict(Conflict::PasskeyRequestOver);
    assert_eq!(problem(passkey::add(&ana.ctx, form(made)).await), over, "it was answered");
    assert!(passkey::list(&ana.ctx).await.unwrap().passkeys.is_empty());
    let stolen = ConfirmIdentity { password: Password::new("Wrong-Otter-42"), ..ConfirmIdentity::default() };
    let refused = problem(passkey::begin_adding(&ana.ctx, stolen).await);
    assert!(refused.fields().unwrap().get("password").is_some());
    let (mut device, _) = add(&ana).await;
    let shown = device.show(&ask(&app, "").await);
    assert_eq!(problem(passkey::add(&ana.ctx, form(shown)).await), unusable, "shown is not made");
}

/// They come with the first second factor of any kind, and with no other.
async fn recovery_codes(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (mut device, codes) = add(&ana).await;
    assert_eq!(codes.len(), 10);
    let refused = problem(passkey::begin_adding(&ana.ctx, by_password()).await);
    assert!(refused.fields().unwrap().get("code").is_some(), "the password alone does no longer");
    let proof = confirmed(&ana, &mut device).await;
    let (_, more) = add_with(&ana, proof, "Phone").await;
    assert_eq!(more, Vec::<String>::new());
    let (_, none) = add_with(&ana, by_code(&codes[0].to_uppercase().replace('-', "  ")), "Key").await;
    assert_eq!(none, Vec::<String>::new());
    let refused = problem(passkey::begin_adding(&ana.ctx, by_code(&codes[0])).await);
    assert!(refused.fields().unwrap().get("code").is_some(), "each works once");
}

async fn the_last_one_stays(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (mut first, codes) = add(&ana).await;
    add_with(&ana, by_code(&codes[0]), "Phone").await;
    add(&app.owner()).await;
    policy::update(&app.owner().ctx, app.account, PolicyPoint::SecondFactor(SecondFactorWithin::Days(0)))
        .await
        .unwrap();
    let own = passkey::list(&ana.ctx).await.unwrap();
    assert_eq!(own.last_required_by, Vec::<String>::new());
    let remove = |id, code: &str| RemovePasskey {
        id,
        password: Password::new(PASSWORD),
        code: code.to_owned(),
        passkey: PasskeyAnswer::default(),
    };
    passkey::remove(&ana.ctx, remove(own.passkeys[1].id, &codes[1])).await.unwrap();
    let own = passkey::list(&ana.ctx).await.unwrap();
    assert_eq!(own.last_required_by, ["Acme"]);
    let refused = problem(passkey::remove(&ana.ctx, remove(own.passkeys[0].id, &codes[2])).await);
    assert_eq!(refused, Problem::Refused(Refusal::SecondFactorRequired));
    sign_in(&app, &mut first).await.unwrap();
}

/// An app and a passkey, each of which may go while the other is there.
async fn beside_an_app(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (mut device, _) = add(&ana).await;
    second_factor::begin(&ana.ctx, confirmed(&ana, &mut device).await).await.unwrap();
    let offer = second_factor::get(&ana.ctx).await.unwrap().offer.unwrap();
    let key = totp_rs::Secret::try_from_base32(offer.key.replace(' ', "")).unwrap();
    let totp = totp_rs::Builder::new().with_secret(key).build().unwrap();
    let code = totp.generate(u64::try_from(app.service.now().0).unwrap() / 1_000_000).to_string();
    second_factor::confirm(&ana.ctx, ConfirmByCode { code }).await.unwrap();
    assert!(second_factor::get(&ana.ctx).await.unwrap().methods.codes());
    second_factor::remove(&ana.ctx, confirmed(&ana, &mut device).await).await.unwrap();
    assert!(subjects(&app, &ana).await.contains(&"Your authenticator app was removed".to_owned()));
    assert!(matches!(password(&app, &ana).await, SignInOutcome::NeedsSecondFactor(_)), "the passkey is asked for");
    let code = SignInCode { code: offer.recovery_codes[0].clone(), ..SignInCode::default() };
    let login = password(&app, &ana).await;
    let SignInOutcome::NeedsSecondFactor(login) = login else { panic!("asked for nothing more") };
    second_factor::sign_in(&app.anonymous(), login, code).await.unwrap();
}

async fn told_by_letter(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let before = subjects(&app, &ana).await.len();
    let (mut device, _) = add(&ana).await;
    assert!(subjects(&app, &ana).await.contains(&"A passkey was added".to_owned()));
    let id = passkey::list(&ana.ctx).await.unwrap().passkeys[0].id;
    let ConfirmIdentity { password, code, passkey } = confirmed(&ana, &mut device).await;
    passkey::remove(&ana.ctx, RemovePasskey { id, password, code, passkey }).await.unwrap();
    assert!(subjects(&app, &ana).await.contains(&"A passkey was removed".to_owned()));
    assert_eq!(subjects(&app, &ana).await.len(), before + 2);
}

async fn renamed_and_removed(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let (mut device, _) = add(&ana).await;
    add(&ben).await;
    let id = passkey::list(&ana.ctx).await.unwrap().passkeys[0].id;
    let rename = |name: &str| RenamePasskey { id, name: name.to_owned() };
    assert_eq!(problem(passkey::rename(&ben.ctx, rename("Mine")).await), Problem::NotFound);
    assert!(problem(passkey::rename(&ana.ctx, rename(" ")).await).fields().unwrap().get("name").is_some());
    passkey::rename(&ana.ctx, rename(" Work laptop ")).await.unwrap();
    assert_eq!(passkey::list(&ana.ctx).await.unwrap().passkeys[0].name, "Work laptop");
    assert_eq!(app.log().await[0].what, "renamed the passkey Laptop to Work laptop");
    let ConfirmIdentity { password, code, passkey } = confirmed(&ana, &mut device).await;
    passkey::remove(&ana.ctx, RemovePasskey { id, password, code, passkey }).await.unwrap();
    assert_eq!(app.log().await[0].what, "removed the passkey Work laptop");
    assert_eq!(problem(sign_in(&app, &mut device).await), Problem::WrongPasskey);
    assert!(matches!(self::password(&app, &ana).await, SignInOutcome::Complete(_)), "the password does again");
    assert_eq!(passkey::list(&ben.ctx).await.unwrap().passkeys.len(), 1);
}

async fn reset_by_an_admin(on: Kind) {
    let app = App::new(on).await;
    let (admin, ana, ben) = (app.admin().await, app.member().await, app.viewer().await);
    let (mut device, codes) = add(&ana).await;
    let reset = async |by: &Person, whom: &Person| member::reset_second_factor(&by.ctx, app.account, whom.member).await;
    let refused = |result| match problem(result) {
        Problem::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    };
    assert!(matches!(refused(reset(&ben, &ana).await), Refusal::Permission(_)));
    assert_eq!(refused(reset(&admin, &admin).await), Refusal::Oneself);
    assert_eq!(refused(reset(&admin, &app.owner()).await), Refusal::Owner);
    assert_eq!(refused(reset(&admin, &app.admin().await).await), Refusal::AdminByOwnerOnly);
    let details = member::get(&admin.ctx, app.account, ana.member).await.unwrap();
    assert_eq!((details.reset_second_factor, details.member.second_factor), (Ok(()), Some(true)));
    let SignInOutcome::NeedsSecondFactor(login) = password(&app, &ana).await else { panic!("asked for nothing more") };
    reset(&admin, &ana).await.unwrap();
    let entry = app.log().await.remove(0);
    assert_eq!(
        (entry.who.user, entry.what.as_str()),
        (Some(admin.user), "reset two-factor authentication for Ana Ruiz")
    );
    assert!(subjects(&app, &ana).await.contains(&"Your two-factor authentication was reset".to_owned()));
    assert_eq!(problem(sign_in(&app, &mut device).await), Problem::WrongPasskey);
    let code = SignInCode { code: codes[0].clone(), ..SignInCode::default() };
    assert_eq!(problem(second_factor::sign_in(&app.anonymous(), login, code).await), Problem::SignedOut);
    assert!(matches!(password(&app, &ana).await, SignInOutcome::Complete(_)));
    let before = app.log_size().await;
    reset(&admin, &ana).await.unwrap();
    assert_eq!(app.log_size().await, before, "there is nothing to reset");
    // Who manages somebody in one account does not where they are more.
    let below = account::create(&app.owner().ctx, app.account, AccountForm { name: "Below".to_owned() }).await.unwrap();
    let secret = app.invite(&app.owner().ctx, below, &ana.email, Role::Viewer).await;
    invitation::accept(&ana.ctx, AcceptInvitation { secret: secret.reveal().to_owned(), ..Default::default() })
        .await
        .unwrap();
    let secret = app.invite(&app.owner().ctx, below, "below@example.com", Role::Admin).await;
    let (manager, _) = accepted(invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap());
    let manager = app.request(Actor::User(manager));
    let filter = MemberFilter { search: ana.email.clone(), ..MemberFilter::default() };
    let here = member::list(&manager, below, filter).await.unwrap().rows[0].id;
    assert!(matches!(
        refused(member::reset_second_factor(&manager, below, here).await),
        Refusal::Permission(Permission::MemberUpdate)
    ));
    // Another organisation relies on how they sign in as well.
    add(&ben).await;
    organisation::create(&ben.ctx, model::NewOrganisation { name: "Globex".to_owned() }).await.unwrap();
    assert_eq!(refused(reset(&admin, &ben).await), Refusal::InAnotherOrganisation);
    let details = member::get(&admin.ctx, app.account, ben.member).await.unwrap();
    assert_eq!(details.reset_second_factor, Err(Refusal::InAnotherOrganisation));
}

async fn reset_by_the_operator(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    organisation::create(&ana.ctx, model::NewOrganisation { name: "Globex".to_owned() }).await.unwrap();
    assert_eq!(problem(second_factor::reset(&app.service, "nobody@example.com").await), Problem::NotFound);
    assert!(!second_factor::reset(&app.service, &ana.email).await.unwrap());
    add(&ana).await;
    assert!(second_factor::reset(&app.service, &ana.email.to_uppercase()).await.unwrap());
    assert!(matches!(password(&app, &ana).await, SignInOutcome::Complete(_)));
    let log = app.log().await;
    let entry = log.iter().find(|entry| entry.what == "reset two-factor authentication for Ana Ruiz").unwrap();
    assert_eq!((entry.who.user, entry.job()), (None, Some(model::Job::ResetSecondFactor)));
    assert!(subjects(&app, &ana).await.contains(&"Your two-factor authentication was reset".to_owned()));
}

/// Where a policy requires a second factor, a passkey is one.
async fn lets_in_where_required(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    add(&app.owner()).await;
    policy::update(&app.owner().ctx, app.account, PolicyPoint::SecondFactor(SecondFactorWithin::Days(0)))
        .await
        .unwrap();
    let list = async || member::list(&ana.ctx, app.account, MemberFilter::default()).await;
    assert_eq!(problem(list().await), Problem::Refused(Refusal::SecondFactorMissing));
    assert_eq!(policy::get(&app.owner().ctx, app.account).await.unwrap().without_second_factor, 1);
    add(&ana).await;
    list().await.unwrap();
    let filter = MemberFilter { second_factor: Some(true), ..MemberFilter::default() };
    assert_eq!(member::list(&app.owner().ctx, app.account, filter).await.unwrap().rows.len(), 2);
}

/// Whoever signed up with somebody else's address keeps no passkey for it.
async fn gone_with_an_unverified_login(on: Kind) {
    let app = App::new(on).await;
    let thief = app.squatter("victim@corp.example").await;
    let (mut device, _) = add(&thief).await;
    let secret = app.invite(&app.owner().ctx, app.account, &thief.email, Role::Viewer).await;
    invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap();
    assert_eq!(problem(sign_in(&app, &mut device).await), Problem::WrongPasskey);
    assert_eq!(app.rows("passkey").await, 0);
}
