//! A code besides the password: nobody comes in without it, and nobody is kept out for good.

use crate::support::{App, Kind, PASSWORD, Person, accept_form, on_both_databases, problem};
use model::{
    CodeFault, ConfirmByCode, ConfirmIdentity, FieldFault, InvitationState, MemberFilter, Outcome, Password,
    Permission, PersonName, PolicyPoint, Problem, Refusal, Role, SecondFactorWithin, SignIn, SignInCode,
};
use service::{
    Login, Secret, contact, invitation, member, organisation, policy, second_factor,
    user::{self, SignInOutcome},
};
use std::time::Duration;

on_both_databases!(
    asked_once_it_is_confirmed,
    a_code_counts_once,
    recovery_codes,
    not_guessed,
    not_guessed_at_once,
    after_a_hundred_wrong_codes,
    recovery_codes_not_guessed,
    a_code_changes_it,
    counted_beside_a_flood,
    told_by_letter,
    halves_end,
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

fn by_password() -> ConfirmIdentity {
    by_code("")
}

fn by_code(code: &str) -> ConfirmIdentity {
    ConfirmIdentity { password: Password::new(PASSWORD), code: code.to_owned(), ..ConfirmIdentity::default() }
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

async fn password(app: &App, person: &Person) -> SignInOutcome {
    let form = SignIn { email: person.email.clone(), password: Password::new(PASSWORD), then: String::new() };
    user::sign_in(&app.anonymous(), form).await.unwrap()
}

/// What the password shows.
async fn login(app: &App, person: &Person) -> Login {
    match password(app, person).await {
        SignInOutcome::Complete(login) | SignInOutcome::NeedsSecondFactor(login) => login,
    }
}

async fn code(app: &App, person: &Person, code: &str) -> service::Result<()> {
    let login = login(app, person).await;
    guess(app, login, code).await
}

/// A code by somebody who has shown the password.
async fn guess(app: &App, login: Login, code: &str) -> service::Result<()> {
    second_factor::sign_in(&app.anonymous(), login, SignInCode { code: code.to_owned(), ..SignInCode::default() })
        .await
        .map(drop)
}

#[track_caller]
fn wrong<T>(result: service::Result<T>) {
    assert!(problem(result).fields().unwrap().get("code").is_some());
}

async fn require(app: &App, within: SecondFactorWithin) -> service::Result<()> {
    policy::update(&app.owner().ctx, app.account, PolicyPoint::SecondFactor(within)).await.map(drop)
}

async fn asked_once_it_is_confirmed(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let elsewhere = organisation::create(&ana.ctx, model::NewOrganisation { name: "Globex".to_owned() }).await.unwrap();
    let stolen = ConfirmIdentity {
        password: Password::new("Wrong-Otter-42"),
        code: String::new(),
        ..ConfirmIdentity::default()
    };
    assert!(problem(second_factor::begin(&ana.ctx, stolen).await).fields().unwrap().get("password").is_some());
    assert_eq!(second_factor::get(&ana.ctx).await.unwrap().offer, None);

    second_factor::begin(&ana.ctx, by_password()).await.unwrap();
    let (phone, codes) = Authenticator::scan(&ana).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(password(&app, &ana).await, SignInOutcome::Complete(Login::first(ana.user)), "shown is not confirmed");
    wrong(second_factor::confirm(&ana.ctx, ConfirmByCode { code: "000000".to_owned() }).await);
    assert_eq!(password(&app, &ana).await, SignInOutcome::Complete(Login::first(ana.user)));

    let typed = phone.code(&app);
    let typed = format!(" {} {} ", &typed[..3], &typed[3..]);
    second_factor::confirm(&ana.ctx, ConfirmByCode { code: typed }).await.unwrap();
    let known = second_factor::get(&ana.ctx).await.unwrap();
    assert_eq!((known.offer, known.recovery_codes), (None, 10));
    let before = app.log_size().await;
    assert!(matches!(password(&app, &ana).await, SignInOutcome::NeedsSecondFactor(_)));
    assert_eq!(app.log_size().await, before, "half a sign-in is none");
    app.move_clock(STEP);
    code(&app, &ana, &phone.code(&app)).await.unwrap();
    for (reader, account) in [(&app.owner().ctx, app.account), (&ana.ctx, elsewhere)] {
        let log = service::access_log::list(reader, account, model::AccessFilter::default()).await.unwrap();
        let what =
            log.rows.iter().map(|entry| entry.what.as_str()).filter(|what| *what != "viewed the data access log");
        let what: Vec<_> = what.take(3).collect();
        let begun = ["signed in", "set up an authenticator app", "signed in"];
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
    assert_eq!((entry.who.user, &entry.who.name, entry.outcome), (None, &PersonName::Unknown, Outcome::Refused));
    assert_eq!(entry.what, "tried to sign in as Ana Ruiz with a wrong code");
    app.move_clock(STEP);
    wrong(code(&app, &ana, &first).await);
    let second = phone.code(&app);
    let login = login(&app, &ana).await;
    let (one, two) = tokio::join!(guess(&app, login, &second), guess(&app, login, &second));
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
    assert_eq!(second_factor::get(&ana.ctx).await.unwrap().recovery_codes, 8);
    assert_eq!(app.log().await[1].what, "used a recovery code; 8 are left");
    code(&app, &ben, &others[0]).await.unwrap();
}

fn seconds_of<T>(result: service::Result<T>) -> u64 {
    let Problem::TooMany { seconds } = problem(result) else { panic!("no pause") };
    seconds
}

/// The pauses grow, and the right code waits for their end too.
async fn not_guessed(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let (phone, _) = set_up(&app, &ana).await;
    let (other, _) = set_up(&app, &ben).await;
    let login = login(&app, &ana).await;
    app.stop_clock();
    for _ in 0..4 {
        wrong(guess(&app, login, "000000").await);
    }
    for seconds in [1, 2, 4, 8] {
        wrong(guess(&app, login, "000000").await);
        assert_eq!(seconds_of(guess(&app, login, &phone.code(&app)).await), seconds);
        app.move_clock(Duration::from_secs(seconds));
    }
    code(&app, &ben, &other.code(&app)).await.unwrap();
    guess(&app, login, &phone.code(&app)).await.unwrap();
    for _ in 0..4 {
        wrong(guess(&app, login, "000000").await);
    }
    app.move_clock(STEP);
    guess(&app, login, &phone.code(&app)).await.unwrap();
    // Nobody without a second factor comes in by a code.
    wrong(code(&app, &app.owner(), &phone.code(&app)).await);
}

async fn not_guessed_at_once(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    set_up(&app, &ana).await;
    let login = login(&app, &ana).await;
    app.stop_clock();
    let answers = futures::future::join_all((0..20).map(|_| guess(&app, login, "000000"))).await;
    let tried = answers.into_iter().map(problem).filter(|answer| answer.fields().is_some()).count();
    assert_eq!(tried, 5, "the fifth wrong one begins a pause");
}

async fn after_a_hundred_wrong_codes(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (phone, codes) = set_up(&app, &ana).await;
    let login = login(&app, &ana).await;
    let guesses = async |number: usize| {
        for _ in 0..number {
            wrong(guess(&app, login, "000000").await);
            app.move_clock(Duration::from_mins(15));
        }
    };
    guesses(99).await;
    guess(&app, login, &phone.code(&app)).await.unwrap();
    guesses(100).await;
    let locked = problem(guess(&app, login, &phone.code(&app)).await);
    assert_eq!(locked.fields().unwrap().get("code"), Some(&FieldFault::Code(CodeFault::Locked)));
    app.move_clock(Duration::from_hours(24));
    wrong(guess(&app, login, &phone.code(&app)).await);
    guess(&app, login, &codes[0]).await.unwrap();
    guess(&app, login, &phone.code(&app)).await.unwrap();
}

/// Recovery codes have a limit of their own, by network: whoever guesses keeps nobody else out.
async fn recovery_codes_not_guessed(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (_, codes) = set_up(&app, &ana).await;
    let login = login(&app, &ana).await;
    let network = app.request_from(service::Actor::Anonymous, "203.0.113.9");
    let form = |code: &str| SignInCode { code: code.to_owned(), ..SignInCode::default() };
    for number in 0..10 {
        wrong(second_factor::sign_in(&network, login, form(&format!("guess{number}"))).await);
    }
    let right = second_factor::sign_in(&network, login, form(&codes[0])).await;
    assert!(matches!(problem(right), Problem::TooMany { .. }));
    guess(&app, login, &codes[0]).await.unwrap();
}

/// Refusals that are no longer written keep no wrong code from being counted, nor from the log.
async fn counted_beside_a_flood(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    set_up(&app, &ana).await;
    let nothing = model::ContactId(uuid::Uuid::nil());
    while problem(contact::delete(&ana.ctx, app.account, nothing).await).status() != 429 {}
    for _ in 0..5 {
        wrong(second_factor::remove(&ana.ctx, by_code("000000")).await);
    }
    assert!(matches!(problem(second_factor::remove(&ana.ctx, by_code("000000")).await), Problem::TooMany { .. }));
    let log = app.log().await;
    let codes = log.iter().filter(|entry| entry.what == "was refused: wrong code");
    assert_eq!(codes.map(|entry| entry.repeats).sum::<u64>(), 5);
}

/// The password alone neither replaces nor removes a second factor.
async fn a_code_changes_it(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (phone, codes) = set_up(&app, &ana).await;
    for code in ["", "000000", "no-such-code"] {
        wrong(second_factor::begin(&ana.ctx, by_code(code)).await);
        wrong(second_factor::remove(&ana.ctx, by_code(code)).await);
    }
    let entry = app.log().await.remove(0);
    assert_eq!((entry.who.user, entry.what.as_str()), (Some(ana.user), "was refused: wrong code"));
    assert_eq!(second_factor::get(&ana.ctx).await.unwrap().offer, None);
    let shown = phone.code(&app);
    second_factor::begin(&ana.ctx, by_code(&shown)).await.unwrap();
    wrong(second_factor::begin(&ana.ctx, by_code(&shown)).await);
    // They are wrong codes in a row, as those of signing in are.
    for _ in 0..3 {
        wrong(second_factor::remove(&ana.ctx, by_code("000000")).await);
    }
    assert_eq!(problem(second_factor::remove(&ana.ctx, by_code("000000")).await).fields().map(|_| ()), Some(()));
    assert!(matches!(problem(second_factor::remove(&ana.ctx, by_code("000000")).await), Problem::TooMany { .. }));
    second_factor::remove(&ana.ctx, by_code(&codes[0])).await.unwrap();
    let what: Vec<_> = app.log().await.into_iter().take(2).map(|entry| entry.what).collect();
    assert!(what.contains(&"used a recovery code; 9 are left".to_owned()), "{what:?}");
}

async fn told_by_letter(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let subjects = async || {
        app.deliver().await;
        let letters = app.service.mailer().local_letters().unwrap().into_iter();
        letters.filter(|letter| letter.to == ana.email).map(|letter| letter.subject).collect::<Vec<_>>()
    };
    let before = subjects().await.len();
    let (_, codes) = set_up(&app, &ana).await;
    assert_eq!(subjects().await[0], "Two-factor authentication is on");
    second_factor::begin(&ana.ctx, by_code(&codes[0])).await.unwrap();
    assert_eq!(subjects().await[0], "A recovery code was used");
    let (phone, codes) = Authenticator::scan(&ana).await;
    second_factor::confirm(&ana.ctx, ConfirmByCode { code: phone.code(&app) }).await.unwrap();
    assert_eq!(subjects().await[0], "Your authenticator app was replaced");
    code(&app, &ana, &codes[0]).await.unwrap();
    assert_eq!(subjects().await[0], "A recovery code was used");
    app.move_clock(STEP);
    second_factor::remove(&ana.ctx, by_code(&phone.code(&app))).await.unwrap();
    assert_eq!(subjects().await[0], "Two-factor authentication is off");
    assert_eq!(subjects().await.len(), before + 5);
}

/// A password that was shown before the credentials changed signs nobody in after.
async fn halves_end(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (phone, codes) = set_up(&app, &ana).await;
    let half = login(&app, &ana).await;
    second_factor::begin(&ana.ctx, by_code(&codes[0])).await.unwrap();
    let (new, codes) = Authenticator::scan(&ana).await;
    second_factor::confirm(&ana.ctx, ConfirmByCode { code: new.code(&app) }).await.unwrap();
    app.move_clock(STEP);
    for code in [phone.code(&app), new.code(&app), codes[0].clone()] {
        assert_eq!(problem(guess(&app, half, &code).await), Problem::SignedOut);
    }
    code(&app, &ana, &new.code(&app)).await.unwrap();
}

async fn set_up_anew(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (old, lost) = set_up(&app, &ana).await;
    second_factor::begin(&ana.ctx, by_code(&old.code(&app))).await.unwrap();
    app.move_clock(STEP);
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
    assert_eq!(password(&app, &ana).await, SignInOutcome::Complete(Login::first(ana.user)));
}

async fn taken_away(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (_, codes) = set_up(&app, &ana).await;
    let stolen = ConfirmIdentity {
        password: Password::new("Wrong-Otter-42"),
        code: String::new(),
        ..ConfirmIdentity::default()
    };
    assert!(problem(second_factor::remove(&ana.ctx, stolen).await).fields().is_some());
    assert!(matches!(password(&app, &ana).await, SignInOutcome::NeedsSecondFactor(_)));
    second_factor::remove(&ana.ctx, by_code(&codes[0])).await.unwrap();
    assert!(matches!(password(&app, &ana).await, SignInOutcome::Complete(_)));
    wrong(code(&app, &ana, &codes[1]).await);
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
    assert_eq!(
        (app.log_size().await, log[0].outcome),
        (before + 2, Outcome::Refused),
        "nothing of looking at the page"
    );
    assert_eq!(log[0].what, "was refused: the policy requires two-factor authentication");

    let known = second_factor::get(&ana.ctx).await.unwrap();
    assert_eq!(known.required_by.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Acme"]);
    let (phone, codes) = set_up(&app, &ana).await;
    assert!(member::list(&ana.ctx, app.account, MemberFilter::default()).await.is_ok(), "back in at once");
    let stays = Problem::Refused(Refusal::SecondFactorRequired);
    for code in [phone.code(&app), codes[0].clone()] {
        assert_eq!(problem(second_factor::remove(&ana.ctx, by_code(&code)).await), stays, "and no code is used up");
    }
    require(&app, SecondFactorWithin::Never).await.unwrap();
    second_factor::remove(&ana.ctx, by_code(&codes[0])).await.unwrap();
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
    let login = login(&app, &stranger).await;
    assert_eq!(accepted, invitation::Acceptance::NeedsSecondFactor(login));
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
        page.rows.iter().map(|row| (row.user, row.second_factor.unwrap())).collect::<Vec<_>>()
    };
    let without = async || policy::get(&app.owner().ctx, app.account).await.unwrap().without_second_factor;
    assert_eq!((who(Some(true)).await, who(Some(false)).await.len(), without().await), (vec![], 3, 3));
    let (_, codes) = set_up(&app, &ana).await;
    assert_eq!(who(Some(true)).await, [(ana.user, true)]);
    assert_eq!(who(Some(false)).await, [(app.owner().user, false), (ben.user, false)]);
    assert_eq!(who(None).await.iter().filter(|(_, has)| *has).count(), 1);
    assert_eq!(without().await, 2);
    assert!(app.owner().ctx.access(app.account, Permission::MemberRead).await.is_ok());
    second_factor::remove(&ana.ctx, by_code(&codes[0])).await.unwrap();
    assert_eq!(who(Some(true)).await, []);
}
