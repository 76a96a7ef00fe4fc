//! One's own name, as everybody sees it, and who can change one's roles.

use crate::support::{App, Kind, Person, accept_form, on_both_databases, problem};
use model::{AccessFilter, MemberFilter, MemberSort, OwnProfile, PolicyPoint, Problem, Role, RoleChanges, UpdateName};
use service::{Actor, invitation, member, policy, profile, user};

on_both_databases!(
    renamed_everywhere,
    renamed_without_an_organisation,
    the_same_name_is_no_change,
    refused,
    roles_of_every_account,
    roles_as_the_policy_says,
    roles_that_are_over
);

const OWNER: &str = "Olga Owens";
/// What everybody is called who joins.
const ADMIN: &str = "Ana Ruiz";

async fn rename(person: &Person, first: &str, last: &str) -> service::Result<()> {
    let form = UpdateName { first_name: first.to_owned(), last_name: last.to_owned() };
    profile::update_name(&person.ctx, form).await
}

async fn own(person: &Person) -> OwnProfile {
    profile::get(&person.ctx).await.unwrap()
}

/// Each account that somebody has a role in, with the role and who can change it.
async fn roles(person: &Person) -> Vec<(String, Role, Vec<String>)> {
    own(person).await.places.into_iter().map(|place| (place.account_name, place.role, place.changed_by)).collect()
}

async fn renamed_everywhere(on: Kind) {
    let app = App::new(on).await;
    let (ana, globex) = (app.member().await, app.stranger().await);
    let secret = app.invite(&globex.ctx, globex.account, &ana.email, Role::Viewer).await;
    invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap();
    let named = async |reader: &Person, search: &str| {
        let filter = MemberFilter { search: search.to_owned(), sort: MemberSort::Name, ..MemberFilter::default() };
        let page = member::list(&reader.ctx, reader.account, filter).await.unwrap();
        page.rows.iter().map(|member| member.name.clone()).collect::<Vec<_>>()
    };
    // What is kept of the lists is read before.
    assert_eq!(named(&app.owner(), "").await, [ADMIN, OWNER]);
    assert_eq!(user::profile(&ana.ctx).await.unwrap().name(), ADMIN);
    let (before, elsewhere) = (app.log_size().await, log_of(&globex).await.len());

    rename(&ana, " Zoë ", "Åkesson").await.unwrap();
    for reader in [&app.owner(), &globex] {
        assert_eq!(named(reader, "").await, [OWNER, "Zoë Åkesson"], "in the order of the names");
        assert_eq!(named(reader, "ZOË ÅKESSON").await, ["Zoë Åkesson"]);
        assert!(named(reader, "ruiz").await.is_empty());
    }
    assert_eq!(user::profile(&ana.ctx).await.unwrap().name(), "Zoë Åkesson");
    assert_eq!((own(&ana).await.first_name, own(&ana).await.last_name), ("Zoë".to_owned(), "Åkesson".to_owned()));
    assert_eq!(app.log_size().await, before + 1);
    let entry = app.log().await.remove(0);
    assert_eq!((entry.who.user, entry.what.as_str()), (Some(ana.user), "changed their name"));
    assert_eq!(log_of(&globex).await.len(), elsewhere + 1, "in the log of every organisation");
}

/// What stands in the log of somebody's organisation, reads of the log aside.
async fn log_of(person: &Person) -> Vec<String> {
    let page = service::access_log::list(&person.ctx, person.account, AccessFilter::default()).await.unwrap();
    page.rows.iter().map(|entry| entry.what.clone()).filter(|what| !what.starts_with("viewed")).collect()
}

async fn renamed_without_an_organisation(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    member::remove(&app.owner().ctx, app.account, ana.member).await.unwrap();
    assert_eq!(user::profile(&ana.ctx).await.unwrap().name(), ADMIN);
    rename(&ana, "Zoë", "Ruiz").await.unwrap();
    assert_eq!(user::profile(&ana.ctx).await.unwrap().name(), "Zoë Ruiz");
    assert!(own(&ana).await.places.is_empty());
}

async fn the_same_name_is_no_change(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let before = app.log_size().await;
    rename(&ana, "Ana ", " Ruiz").await.unwrap();
    assert_eq!(app.log_size().await, before);
}

async fn refused(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    for (first, last, field) in [("", "Ruiz", "first_name"), ("Ana", "See evil.example", "last_name")] {
        let refused = problem(rename(&ana, first, last).await);
        assert!(refused.fields().unwrap().get(field).is_some(), "{refused:?}");
    }
    assert_eq!(own(&ana).await.first_name, "Ana");
    let form = UpdateName { first_name: "No".to_owned(), last_name: "Body".to_owned() };
    assert_eq!(problem(profile::update_name(&app.anonymous(), form.clone()).await), Problem::SignedOut);
    let key = app.key(&app.owner(), "contact").await;
    assert!(matches!(problem(profile::update_name(&key.ctx, form).await), Problem::Refused(_)), "a key has no name");
    assert_eq!(problem(profile::get(&app.request(Actor::Anonymous)).await), Problem::SignedOut);
}

async fn roles_of_every_account(on: Kind) {
    let app = App::new(on).await;
    let durban = app.account_below(app.account, "Durban").await;
    let ana = app.join(durban, Role::Viewer).await;
    let named = |account: &str, role, by: &[&str]| {
        (account.to_owned(), role, by.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(roles(&ana).await, [named("Durban", Role::Viewer, &[OWNER])]);
    app.join(durban, Role::Member).await;
    assert_eq!(roles(&ana).await, [named("Durban", Role::Viewer, &[OWNER])], "a Member changes no roles");
    let admin = app.admin().await;
    assert_eq!(roles(&ana).await, [named("Durban", Role::Viewer, &[OWNER, ADMIN])], "also from above");
    assert_eq!(roles(&admin).await, [named("Acme", Role::Admin, &[OWNER])], "only the owner changes an Admin");
    assert_eq!(roles(&app.owner()).await, [named("Acme", Role::Owner, &[])], "it is transferred");
    for _ in 0..3 {
        app.join(durban, Role::Admin).await;
    }
    assert_eq!(roles(&ana).await, [named("Durban", Role::Viewer, &[OWNER, ADMIN, ADMIN])], "three are enough");
    let globex = app.stranger().await;
    app.join_too(&globex, app.account, Role::Viewer).await;
    let (there, here) = (named("Globex", Role::Owner, &[]), named("Acme", Role::Viewer, &[OWNER, ADMIN]));
    assert_eq!(roles(&globex).await, [here, there], "by organisation");
    let places = own(&globex).await.places;
    assert_eq!(places[0].organisation_name, "Acme");
}

async fn roles_as_the_policy_says(on: Kind) {
    let app = App::new(on).await;
    let (viewer, _admin) = (app.viewer().await, app.admin().await);
    assert_eq!(own(&viewer).await.places[0].changed_by, [OWNER, ADMIN]);
    let by_owner = PolicyPoint::RoleChanges(RoleChanges::Owner);
    policy::update(&app.owner().ctx, app.account, by_owner).await.unwrap();
    assert_eq!(own(&viewer).await.places[0].changed_by, [OWNER]);
}

async fn roles_that_are_over(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let before = app.log_size().await;
    member::suspend(&app.owner().ctx, app.account, ana.member).await.unwrap();
    assert!(own(&ana).await.places.is_empty());
    member::restore(&app.owner().ctx, app.account, ana.member).await.unwrap();
    assert_eq!(own(&ana).await.places.len(), 1);
    assert_eq!(app.log_size().await, before + 2, "looking at one's own roles leaves no entry");
}
