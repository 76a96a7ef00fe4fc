use crate::support::{App, Kind, Setup, on_both_databases, problem, sign_up_form};
use model::{Permission, PermissionSet, Problem, Refusal, Role};
use service::{Actor, organisation, user};

on_both_databases!(founds_an_organisation, address_taken, address_taken_at_the_same_time, closed, faulty_form, flood);

async fn founds_an_organisation(on: Kind) {
    let app = Setup::on(on).empty().await;
    let id = user::sign_up(&app.anonymous(), sign_up_form(" Olga@Example.com ", "Acme")).await.unwrap();
    let olga = app.request(Actor::User(id));
    let profile = user::profile(&olga).await.unwrap();
    assert_eq!((profile.email.as_str(), profile.name().as_str()), ("olga@example.com", "Olga Owens"));
    let [root] = &profile.accounts[..] else { panic!("one account") };
    assert_eq!((root.organisation_name.as_str(), root.depth), ("Acme", 0));
    let standing = organisation::standing(&olga, root.id).await.unwrap();
    assert_eq!((standing.role, standing.permissions), (Role::Owner, PermissionSet::ALL));
    assert_eq!(standing.trail, ["Acme"]);
    assert!(olga.access(root.id, Permission::OrganisationUpdate).await.is_ok());
}

async fn address_taken(on: Kind) {
    let app = App::new(on).await;
    let again = sign_up_form(&app.owner().email.to_uppercase(), "Copycat");
    let fault = problem(user::sign_up(&app.anonymous(), again).await);
    assert!(fault.fields().unwrap().get("email").unwrap().contains("login already"));
    assert_eq!(user::profile(&app.owner().ctx).await.unwrap().accounts.len(), 1);
}

async fn address_taken_at_the_same_time(on: Kind) {
    let app = Setup::on(on).empty().await;
    let (one, two) = (app.anonymous(), app.anonymous());
    let (first, second) = tokio::join!(
        user::sign_up(&one, sign_up_form("olga@example.com", "First")),
        user::sign_up(&two, sign_up_form("olga@example.com", "Second")),
    );
    let (winner, loser) = if first.is_ok() { (first, second) } else { (second, first) };
    assert!(problem(loser).fields().unwrap().get("email").is_some());
    let olga = app.request(Actor::User(winner.unwrap()));
    assert_eq!(user::profile(&olga).await.unwrap().accounts.len(), 1);
}

async fn closed(on: Kind) {
    let app = Setup { open_sign_up: false, ..Setup::on(on) }.empty().await;
    let form = sign_up_form("olga@example.com", "Acme");
    assert_eq!(problem(user::sign_up(&app.anonymous(), form).await), Problem::Refused(Refusal::SignUpClosed));
}

async fn faulty_form(on: Kind) {
    let app = Setup::on(on).empty().await;
    let form = model::SignUp { password: model::Password::new("short"), ..sign_up_form("no address", " ") };
    let fault = problem(user::sign_up(&app.anonymous(), form).await);
    for field in ["email", "organisation", "password"] {
        assert!(fault.fields().unwrap().get(field).is_some(), "{field}");
    }
}

/// One address on the network founds so many organisations in an hour, and no more.
async fn flood(on: Kind) {
    let app = Setup::on(on).empty().await;
    let network = app.request_from(Actor::Anonymous, "203.0.113.9");
    let mut refused = None;
    for number in 0..100 {
        let form = sign_up_form(&format!("olga{number}@example.com"), "Acme");
        match user::sign_up(&network, form).await {
            Ok(_) => {}
            Err(error) => {
                refused = Some((number, error.into_problem(network.request().id)));
                break;
            }
        }
    }
    let (number, problem) = refused.expect("a limit");
    assert!(number >= 20 && matches!(problem, Problem::TooMany { .. }), "{number}: {problem}");
    app.move_clock(std::time::Duration::from_secs(3601));
    assert!(user::sign_up(&network, sign_up_form("later@example.com", "Acme")).await.is_ok());
}
