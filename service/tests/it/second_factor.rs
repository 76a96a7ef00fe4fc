//! A code besides the password: nobody comes in without it, and nobody is kept out for good.

use crate::support::{App, Kind, PASSWORD, Person, accept_form, on_both_databases, problem};
use model::{
    ConfirmByCode, ConfirmByPassword, InvitationState, MemberFilter, Outcome, Password, Permission, PolicyPoint,
    Problem, Refusal, Role, SecondFactorWithin, SignIn, SignInCode,
};
use service::{
    Secret, contact, invitation, member, organisation, policy, second_factor,
    user::{self, Proven},
};
use std::time::Duration;

on_both_databases!(
    asked_once_it_is_confirmed,
    a_code_counts_once,
    recovery_codes,
    not_guessed,
    set_up_anew,
    offers_end,
    taken_away,
    required_at_once,
    required_after_a_while,
    invited_and_known,
    listed_and_counted
);

const STEP: Duration = Duration::from_secs(30);
const MISSING: Problem = Problem::Refused(Refusal::SecondFactorMissing);

fn by_password() -> ConfirmByPassword {
    ConfirmByPassword { password: Password::new(PASSWORD) }
}

/// Somebody's app.
struct Authenticator(totp_rs::Totp);

impl Authenticator {
    /// The app scans the key, and the person keeps the recovery codes.
    async fn scan(person: &Person) -> (Self, Vec<String>) {
        let offer = second_factor::get(&person.ctx).await.unwrap().offer.unwrap();
        let key = totp_rs::Secret::try_from_base32(offer.key.replace(' ', "")).unwrap();
        (Self(totp_rs::Builder::new().with_secret(key).build().unwrap()), offer.recovery_codes)
    }

    fn code(&self, app: &App) -> String {
        self.0.generate(u64::try_from(app.service.now().0).unwrap() / 1_000_000).to_string()
    }
}

async fn set_up(app: &App, person: &Person) -> (Authenticator, Vec<String>) {
    second_factor::begin(&person.ctx, by_password()).await.unwrap();
    let (phone, codes) = Authenticator::scan(person).await;
    let form = ConfirmByCode { code: phone.code(app) };
    second_factor::confirm(&person.ctx, form).await.unwrap();
    app.move_clock(STEP);
    (phone, codes)
}

async fn password(app: &App, person: &Person) -> Proven {
    let form = SignIn { email: person.email.clone(), password: Password::new(PASSWORD), then: String::new() };
    user::sign_in(&app.anonymous(), form).await.unwrap()
}

async fn code(app: &App, person: &Person, code: &str) -> service::Result<()> {
    second_factor::sign_in(&app.anonymous(), person.user, SignInCode { code: code.to_owned() }).await
}

#[track_caller]
fn wrong<T>(result: service::Result<T>) {
    assert!(problem(result).fields().unwrap().get("code").is_some());
}

async fn require(app: &App, within: SecondFactorWithin) -> service::Result<()> {
    policy::update(&app.owner().ctx, app.account, PolicyPoint::SecondFactor(within)).await
}

async fn asked_once_it_is_confirmed(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let elsewhere = organisation::create(&ana.ctx, model::NewOrganisation { name: "Globex".to_owned() }).await.unwrap();
    let stolen = ConfirmByPassword { password: Password::new("Wrong-Otter-42") };
    assert!(problem(second_factor::begin(&ana.ctx, stolen).await).fields().unwrap().get("password").is_some());
    assert_eq!(second_factor::get(&ana.ctx).await.unwrap().offer, None);

    second_factor::begin(&ana.ctx, by_password()).await.unwrap();
    let (phone, codes) = Authenticator::scan(&ana).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(password(&app, &ana).await, Proven::Whole(ana.user), "shown is not confirmed");
    wrong(second_factor::confirm(&ana.ctx, ConfirmByCode { code: "000000".to_owned() }).await);
    assert_eq!(password(&app, &ana).await, Proven::Whole(ana.user));

    let typed = phone.code(&app);
    let typed = format!(" {} {} ", &typed[..3], &typed[3..]);
    second_factor::confirm(&ana.ctx, ConfirmByCode { code: typed }).await.unwrap();
    let known = second_factor::get(&ana.ctx).await.unwrap();
    assert_eq!((known.offer, known.set_up.unwrap().recovery_codes), (None, 10));
    let before = app.log_size().await;
    assert_eq!(password(&app, &ana).await, Proven::ButCode(ana.user));
    assert_eq!(app.log_size().await, before, "half a sign-in is none");
    app.move_clock(STEP);
    code(&app, &ana, &phone.code(&app)).await.unwrap();
    for (reader, account) in [(&app.owner().ctx, app.account), (&ana.ctx, elsewhere)] {
        let log = service::access_entry::list(reader, account, model::AccessFilter::default()).await.unwrap();
        let what = log.rows.iter().map(|entry| entry.what.as_str()).filter(|what| *what != "read the data access log");
        let what: Vec<_> = what.take(3).collect();
        let begun = ["signed in", "set up a second factor", "signed in"];
        assert_eq!(what, begun, "in every organisation");
    }
}

async fn a_code_counts_once(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    second_factor::begin(&ana.ctx, by_password()).await.unwrap();
    let (phone, _) = Authenticator::scan(&ana).await;
    let first = phone.code(&app);
    second_factor::confirm(&ana.ctx, ConfirmByCode { code: first.clone() }).await.unwrap();
    wrong(code(&app, &ana, &first).await);
    let entry = app.log().await.remove(0);
    assert_eq!((entry.user, entry.who.as_str(), entry.outcome), (None, "Somebody", Outcome::Refused));
    assert_eq!(entry.what, "tried to sign in as Ana Ruiz: the code was wrong");
    app.move_clock(STEP);
    wrong(code(&app, &ana, &first).await);
    let second = phone.code(&app);
    let (one, two) = (app.anonymous(), app.anonymous());
    let form = || SignInCode { code: second.clone() };
    let (one, two) =
        tokio::join!(second_factor::sign_in(&one, ana.user, form()), second_factor::sign_in(&two, ana.user, form()));
    assert!(one.is_ok() != two.is_ok(), "one of two at the same moment");
    app.move_clock(STEP * 10);
    wrong(code(&app, &ana, &second).await);
    // A clock that is a little late, or a little early.
    let early = phone.code(&app);
    app.move_clock(STEP);
    code(&app, &ana, &early).await.unwrap();
}

async fn recovery_codes(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let (_, codes) = set_up(&app, &ana).await;
    let (_, others) = set_up(&app, &ben).await;
    wrong(code(&app, &ana, &others[0]).await);
    code(&app, &ana, &codes[0]).await.unwrap();
    wrong(code(&app, &ana, &codes[0]).await);
    code(&app, &ana, &codes[1].to_uppercase().replace('-', " ")).await.unwrap();
    assert_eq!(second_factor::get(&ana.ctx).await.unwrap().set_up.unwrap().recovery_codes, 8);
    assert_eq!(app.log().await[1].what, "used a recovery code, 8 are left");
    code(&app, &ben, &others[0]).await.unwrap();
}

async fn not_guessed(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let (phone, codes) = set_up(&app, &ana).await;
    let (other, _) = set_up(&app, &ben).await;
    for guess in 0..10 {
        wrong(code(&app, &ana, &format!("guess{guess}")).await);
    }
    for right in [phone.code(&app), codes[0].clone()] {
        assert!(matches!(problem(code(&app, &ana, &right).await), Problem::TooMany { .. }));
    }
    code(&app, &ben, &other.code(&app)).await.unwrap();
    app.move_clock(Duration::from_mins(16));
    code(&app, &ana, &phone.code(&app)).await.unwrap();
    // Nobody without a second factor comes in by a code.
    wrong(code(&app, &app.owner(), &phone.code(&app)).await);
}

async fn set_up_anew(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (old, lost) = set_up(&app, &ana).await;
    second_factor::begin(&ana.ctx, by_password()).await.unwrap();
    let (new, _) = Authenticator::scan(&ana).await;
    code(&app, &ana, &old.code(&app)).await.unwrap();
    wrong(code(&app, &ana, &new.code(&app)).await);
    second_factor::confirm(&ana.ctx, ConfirmByCode { code: new.code(&app) }).await.unwrap();
    app.move_clock(STEP);
    wrong(code(&app, &ana, &old.code(&app)).await);
    wrong(code(&app, &ana, &lost[0]).await);
    code(&app, &ana, &new.code(&app)).await.unwrap();
}

async fn offers_end(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let nothing = ConfirmByCode { code: "123456".to_owned() };
    assert!(matches!(problem(second_factor::confirm(&ana.ctx, nothing).await), Problem::Conflict(_)));
    second_factor::begin(&ana.ctx, by_password()).await.unwrap();
    let (phone, _) = Authenticator::scan(&ana).await;
    app.move_clock(Duration::from_mins(31));
    assert_eq!(second_factor::get(&ana.ctx).await.unwrap().offer, None);
    let late = ConfirmByCode { code: phone.code(&app) };
    assert!(matches!(problem(second_factor::confirm(&ana.ctx, late).await), Problem::Conflict(_)));
    assert_eq!(password(&app, &ana).await, Proven::Whole(ana.user));
}

async fn taken_away(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (_, codes) = set_up(&app, &ana).await;
    let stolen = ConfirmByPassword { password: Password::new("Wrong-Otter-42") };
    assert!(problem(second_factor::remove(&ana.ctx, stolen).await).fields().is_some());
    assert_eq!(password(&app, &ana).await, Proven::ButCode(ana.user));
    second_factor::remove(&ana.ctx, by_password()).await.unwrap();
    assert_eq!(password(&app, &ana).await, Proven::Whole(ana.user));
    wrong(code(&app, &ana, &codes[0]).await);
    let before = app.log_size().await;
    second_factor::remove(&ana.ctx, by_password()).await.unwrap();
    assert_eq!(app.log_size().await, before, "there is nothing to take away");
}

async fn required_at_once(on: Kind) {
    let app = App::new(on).await;
    let (owner, ana) = (app.owner(), app.member().await);
    let now = SecondFactorWithin::Days(0);
    assert!(problem(require(&app, now).await).fields().unwrap().get("second_factor").is_some(), "not out of one's own");
    set_up(&app, &owner).await;
    assert!(member::list(&ana.ctx, app.account, MemberFilter::default()).await.is_ok());
    require(&app, now).await.unwrap();

    let before = app.log_size().await;
    assert_eq!(problem(member::list(&ana.ctx, app.account, MemberFilter::default()).await), MISSING);
    assert_eq!(problem(organisation::standing(&ana.ctx, app.account).await), MISSING);
    assert_eq!(problem(contact::list(&ana.ctx, app.account, model::ContactFilter::default()).await), MISSING);
    let log = app.log().await;
    assert_eq!((log.len() as u64, log[0].outcome), (before + 3, Outcome::Refused));
    assert_eq!(log[0].what, "was refused: the policy requires a second factor");

    let known = second_factor::get(&ana.ctx).await.unwrap();
    assert_eq!(known.required_by.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Acme"]);
    set_up(&app, &ana).await;
    assert!(member::list(&ana.ctx, app.account, MemberFilter::default()).await.is_ok(), "back in at once");
    let stays = Problem::Refused(Refusal::SecondFactorRequired);
    assert_eq!(problem(second_factor::remove(&ana.ctx, by_password()).await), stays);
    require(&app, SecondFactorWithin::Never).await.unwrap();
    second_factor::remove(&ana.ctx, by_password()).await.unwrap();
    assert!(member::list(&ana.ctx, app.account, MemberFilter::default()).await.is_ok());
}

async fn required_after_a_while(on: Kind) {
    let app = App::new(on).await;
    let (ana, stranger) = (app.member().await, app.stranger().await);
    assert_eq!(organisation::standing(&ana.ctx, app.account).await.unwrap().second_factor_due, None);
    policy::make_safer(&app.owner().ctx, app.account).await.unwrap();
    let page = policy::get(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!(page.policy.second_factor.unwrap().days, 14);
    assert!(organisation::standing(&ana.ctx, app.account).await.unwrap().second_factor_due.is_some());
    // Saved once more, it gives no more time.
    app.move_clock(Duration::from_hours(13 * 24));
    require(&app, SecondFactorWithin::Days(14)).await.unwrap();
    assert!(organisation::standing(&ana.ctx, app.account).await.is_ok());
    app.move_clock(Duration::from_hours(25));
    for person in [&ana, &app.owner()] {
        assert_eq!(problem(organisation::standing(&person.ctx, app.account).await), MISSING);
    }
    assert!(organisation::standing(&stranger.ctx, stranger.account).await.is_ok(), "elsewhere nothing changes");
    set_up(&app, &app.owner()).await;
    // Who joins now sets it up first.
    let ben = app.viewer().await;
    assert_eq!(problem(organisation::standing(&ben.ctx, app.account).await), MISSING);
    set_up(&app, &ben).await;
    assert_eq!(organisation::standing(&ben.ctx, app.account).await.unwrap().second_factor_due, None);
}

/// The password alone does not accept an invitation for somebody who has to show a code.
async fn invited_and_known(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    set_up(&app, &stranger).await;
    let secret: Secret = app.invite(&app.owner().ctx, app.account, &stranger.email, Role::Viewer).await;
    let accepted = invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap();
    assert_eq!(accepted, invitation::Acceptance::ButCode(stranger.user));
    assert_eq!(invitation::open(&app.anonymous(), &secret).await.unwrap().state, InvitationState::Pending);
    assert_eq!(problem(organisation::standing(&stranger.ctx, app.account).await), Problem::NotFound);
    invitation::accept(&stranger.ctx, accept_form(&secret)).await.unwrap();
    assert!(organisation::standing(&stranger.ctx, app.account).await.is_ok());
}

async fn listed_and_counted(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let who = async |second_factor| {
        let filter = MemberFilter { second_factor, ..MemberFilter::default() };
        let page = member::list(&app.owner().ctx, app.account, filter).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.iter().map(|row| (row.user, row.second_factor)).collect::<Vec<_>>()
    };
    let without = async || policy::get(&app.owner().ctx, app.account).await.unwrap().without_second_factor;
    assert_eq!((who(Some(true)).await, who(Some(false)).await.len(), without().await), (vec![], 3, 3));
    set_up(&app, &ana).await;
    assert_eq!(who(Some(true)).await, [(ana.user, true)]);
    assert_eq!(who(Some(false)).await, [(app.owner().user, false), (ben.user, false)]);
    assert_eq!(who(None).await.iter().filter(|(_, has)| *has).count(), 1);
    assert_eq!(without().await, 2);
    assert!(app.owner().ctx.access(app.account, Permission::MemberRead).await.is_ok());
    second_factor::remove(&ana.ctx, by_password()).await.unwrap();
    assert_eq!(who(Some(true)).await, []);
}
