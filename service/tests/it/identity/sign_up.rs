use crate::support::{App, Kind, PASSWORD, Setup, on_both_databases, problem, sign_up_form};
use model::{ConfirmSignUp, Password, Permission, PermissionSet, Problem, Refusal, Role, SignIn, SignUpId, UserId};
use service::{
    Actor, Secret, email_change, organisation,
    sign_up::{self, SignUpOutcome},
    user,
};
use std::time::Duration;

on_both_databases!(
    the_first_goes_straight_in,
    one_first_alone,
    the_same_for_every_address,
    confirmed_where_one_signed_up,
    elsewhere_by_the_password,
    one_login_for_one_address,
    links_end,
    closed,
    faulty_form,
    flood,
    one_recipient
);

const LINK: &str = "/sign-up/confirm/";

async fn ask(app: &App, email: &str, organisation: &str) -> SignUpId {
    match sign_up::ask(&app.anonymous(), sign_up_form(email, organisation)).await.unwrap() {
        SignUpOutcome::Asked(id) => id,
        SignUpOutcome::Founder(_) => panic!("somebody is here already"),
    }
}

async fn confirm(app: &App, secret: &Secret, password: &str, remembered: Option<SignUpId>) -> service::Result<UserId> {
    let form = ConfirmSignUp { secret: secret.reveal().to_owned(), password: Password::new(password), existing: false };
    Ok(sign_up::confirm(&app.anonymous(), form, remembered).await?.user())
}

async fn signs_in(app: &App, email: &str) -> bool {
    let form = SignIn { email: email.to_owned(), password: Password::new(PASSWORD), then: String::new() };
    user::sign_in(&app.anonymous(), form).await.is_ok()
}

async fn the_first_goes_straight_in(on: Kind) {
    let app = Setup::on(on).empty().await;
    let form = sign_up_form(" Olga@Example.com ", "Acme");
    let SignUpOutcome::Founder(id) = sign_up::ask(&app.anonymous(), form).await.unwrap() else {
        panic!("nobody is here")
    };
    let olga = app.request(Actor::User(id));
    let profile = user::profile(&olga).await.unwrap();
    assert_eq!((profile.email.as_str(), profile.name().as_str()), ("olga@example.com", "Olga Owens"));
    let [root] = &profile.accounts[..] else { panic!("one account") };
    assert_eq!((root.organisation_name.as_str(), root.depth), ("Acme", 0));
    let standing = organisation::standing(&olga, root.id).await.unwrap();
    assert_eq!((standing.role, standing.permissions), (Role::Owner, PermissionSet::ALL));
    assert_eq!(standing.trail, ["Acme"]);
    assert!(olga.access(root.id, Permission::OrganisationUpdate).await.is_ok());
    // A letter asks whether the address is theirs.
    assert!(!profile.confirmed);
    let secret = app.link("olga@example.com", "/email/").await;
    let form = model::ConfirmEmail { secret: secret.reveal().to_owned(), ..Default::default() };
    email_change::confirm(&olga, form).await.unwrap();
    assert!(user::profile(&olga).await.unwrap().confirmed);
}

async fn one_first_alone(on: Kind) {
    let app = Setup::on(on).empty().await;
    let (one, two) = (app.anonymous(), app.anonymous());
    let (one, two) = tokio::join!(
        sign_up::ask(&one, sign_up_form("olga@example.com", "First")),
        sign_up::ask(&two, sign_up_form("thief@example.com", "Second")),
    );
    let founders = [one.unwrap(), two.unwrap()].into_iter().filter(|up| matches!(up, SignUpOutcome::Founder(_)));
    assert_eq!(founders.count(), 1);
    assert_eq!((app.rows("user").await, app.rows("organisation").await), (1, 1));
}

/// Neither the answer nor what is written tells who has a login: the letter does, which its reader alone sees.
async fn the_same_for_every_address(on: Kind) {
    let app = App::new(on).await;
    let squatter = app.squatter("squatter@example.com").await;
    let known = app.owner().email;
    let logins = app.rows("user").await;
    for email in [known.to_uppercase(), squatter.email.clone(), "new@example.com".to_owned()] {
        let (asked, letters, log) = (app.rows("sign_up").await, app.rows("outbox").await, app.log_size().await);
        ask(&app, &email, "Copycat").await;
        let written = (app.rows("sign_up").await, app.rows("outbox").await, app.log_size().await);
        assert_eq!(written, (asked + 1, letters + 1, log), "{email}");
    }
    assert!(app.links(&known, LINK).await.is_empty(), "nothing to open");
    let letters = app.service.mailer().local_letters().unwrap();
    let told = letters.iter().find(|letter| letter.to == known).unwrap();
    assert_eq!(told.subject, "You already have a login");
    assert!(told.text.contains("https://tenantry.example/sign-in") && !told.text.contains("Copycat"));
    for email in [&*squatter.email, "new@example.com"] {
        assert_eq!(app.links(email, LINK).await.len(), 2 - usize::from(email == "new@example.com"), "{email}");
    }
    assert_eq!(app.rows("user").await, logins, "asked is not signed up");
    assert!(!signs_in(&app, "new@example.com").await);
}

async fn confirmed_where_one_signed_up(on: Kind) {
    let app = App::new(on).await;
    let id = ask(&app, "nora@example.com", "Initech").await;
    let secret = app.link("nora@example.com", LINK).await;
    for _ in 0..2 {
        let open = sign_up::open(&app.anonymous(), &secret, Some(id)).await.unwrap();
        assert_eq!((open.email.as_str(), open.organisation.as_str()), ("nora@example.com", "Initech"));
        assert!(open.same_browser && !open.known && !open.unconfirmed);
    }
    let nora = app.request(Actor::User(confirm(&app, &secret, "", Some(id)).await.unwrap()));
    let profile = user::profile(&nora).await.unwrap();
    assert!(profile.confirmed);
    assert_eq!(organisation::standing(&nora, profile.accounts[0].id).await.unwrap().role, Role::Owner);
    assert!(signs_in(&app, "nora@example.com").await);
    assert_eq!(problem(confirm(&app, &secret, "", Some(id)).await), Problem::NotFound, "a link works once");
}

/// Whoever reads the letter has the address, but another may have chosen the password.
async fn elsewhere_by_the_password(on: Kind) {
    let app = App::new(on).await;
    let id = ask(&app, "nora@example.com", "Initech").await;
    let other = ask(&app, "other@example.com", "Other").await;
    let secret = app.link("nora@example.com", LINK).await;
    assert!(!sign_up::open(&app.anonymous(), &secret, Some(other)).await.unwrap().same_browser);
    for remembered in [None, Some(other)] {
        for password in ["", "Wrong-Otter-42"] {
            let fault = problem(confirm(&app, &secret, password, remembered).await);
            assert!(fault.fields().unwrap().get("password").is_some(), "{password}");
        }
    }
    assert!(!signs_in(&app, "nora@example.com").await);
    confirm(&app, &secret, PASSWORD, None).await.unwrap();
    assert!(signs_in(&app, "nora@example.com").await);
    // Nobody guesses on.
    let secret = app.link("other@example.com", LINK).await;
    for _ in 0..10 {
        assert!(problem(confirm(&app, &secret, "Wrong-Otter-42", Some(id)).await).fields().is_some());
    }
    assert_eq!(problem(confirm(&app, &secret, PASSWORD, None).await).status(), 429);
}

/// Whoever signed up first with an address keeps nobody else from it; whoever confirms first has it.
async fn one_login_for_one_address(on: Kind) {
    let app = App::new(on).await;
    let (thief, nora) = (ask(&app, "nora@example.com", "Trap").await, ask(&app, "nora@example.com", "Initech").await);
    let secrets = app.links("nora@example.com", LINK).await;
    let mut own = None;
    for secret in &secrets {
        if sign_up::open(&app.anonymous(), secret, None).await.unwrap().organisation == "Initech" {
            own = Some(secret);
        }
    }
    let trap = secrets.iter().find(|secret| Some(secret.reveal()) != own.map(Secret::reveal)).unwrap();
    let user = confirm(&app, own.unwrap(), "", Some(nora)).await.unwrap();
    assert_eq!(user::profile(&app.request(Actor::User(user))).await.unwrap().accounts[0].name, "Initech");
    assert!(sign_up::open(&app.anonymous(), trap, None).await.unwrap().known);
    assert_eq!(problem(confirm(&app, trap, "", Some(thief)).await).status(), 409);
}

async fn links_end(on: Kind) {
    let app = App::new(on).await;
    let id = ask(&app, "nora@example.com", "Initech").await;
    let secret = app.link("nora@example.com", LINK).await;
    app.move_clock(Duration::from_hours(24));
    assert_eq!(problem(sign_up::open(&app.anonymous(), &secret, Some(id)).await), Problem::NotFound);
    assert_eq!(problem(confirm(&app, &secret, PASSWORD, Some(id)).await), Problem::NotFound);
    service::sweep::run(&app.service).await.unwrap();
    assert_eq!(app.rows("sign_up").await, 0);
}

async fn closed(on: Kind) {
    let app = Setup { open_sign_up: false, ..Setup::on(on) }.empty().await;
    let form = sign_up_form("olga@example.com", "Acme");
    assert_eq!(problem(sign_up::ask(&app.anonymous(), form).await), Problem::Refused(Refusal::SignUpClosed));
}

async fn faulty_form(on: Kind) {
    let app = Setup::on(on).empty().await;
    let form = model::SignUp { password: Password::new("short"), ..sign_up_form("no address", " ") };
    let fault = problem(sign_up::ask(&app.anonymous(), form).await);
    for field in ["email", "organisation", "password"] {
        assert!(fault.fields().unwrap().get(field).is_some(), "{field}");
    }
}

/// One address on the network signs up so often in an hour, and no more.
async fn flood(on: Kind) {
    let app = Setup::on(on).empty().await;
    let network = app.request_from(Actor::Anonymous, "203.0.113.9");
    let mut refused = None;
    for number in 0..100 {
        let form = sign_up_form(&format!("olga{number}@example.com"), "Acme");
        match sign_up::ask(&network, form).await {
            Ok(_) => {}
            Err(error) => {
                refused = Some((number, error.into_problem(network.request().id)));
                break;
            }
        }
    }
    let (number, problem) = refused.expect("a limit");
    assert!(number >= 20 && matches!(problem, Problem::TooMany { .. }), "{number}: {problem:?}");
    app.move_clock(Duration::from_secs(3601));
    assert!(sign_up::ask(&network, sign_up_form("later@example.com", "Acme")).await.is_ok());
}

/// Nobody is flooded with letters, whether they have a login or not, and no stranger uses up those of somebody else: not
/// by all networks of their site, not by other spellings of the mailbox, and not in a day.
async fn one_recipient(on: Kind) {
    let app = App::new(on).await;
    let letters = async |email: &str| {
        app.deliver().await;
        app.service.mailer().local_letters().unwrap().iter().filter(|letter| letter.to == email).count()
    };
    for (email, site) in [(app.owner().email.as_str(), "2001:db8:1"), ("nora@example.com", "2001:db8:2")] {
        let (name, domain) = email.split_once('@').unwrap();
        let mut asked = Vec::new();
        for _hour in 0..6 {
            let mut of_hour = 0;
            for number in 0..5 {
                let stranger = app.request_from(Actor::Anonymous, &format!("{site}:{number}::7"));
                let form = sign_up_form(&format!("{name}+{number}@{domain}"), "Trap");
                of_hour += u32::from(sign_up::ask(&stranger, form).await.is_ok());
            }
            asked.push(of_hour);
            let before = letters(email).await;
            sign_up::ask(&app.anonymous(), sign_up_form(email, "Initech")).await.expect("a stranger keeps nobody out");
            assert_eq!(letters(email).await, before + 1, "{email}: {asked:?}");
            app.move_clock(Duration::from_mins(61));
        }
        assert_eq!(asked, [3, 3, 3, 1, 0, 0], "{email}");
    }
}
