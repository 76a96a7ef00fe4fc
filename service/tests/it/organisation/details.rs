use crate::support::{App, Kind, en, on_both_databases, problem};
use model::{Address, Country, FieldFault, LastUpdate, Permission, Problem, Refusal, UpdateOrganisation};
use service::{billing, organisation};

on_both_databases!(
    updated,
    renames_its_first_account,
    said_what,
    of_an_earlier_version,
    typed_before_the_list,
    refused,
    faulty_form
);

fn form() -> UpdateOrganisation {
    let (street, city) = (" 1 \"Long\" Street ".to_owned(), "Łódź".to_owned());
    UpdateOrganisation {
        name: " Acme & Söhne ".to_owned(),
        physical_address: Address { street, city, ..Address::default() },
    }
}

async fn updated(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    assert!(organisation::get(&admin.ctx, app.account).await.unwrap().updated.is_none());
    organisation::update(&admin.ctx, app.account, form()).await.unwrap();
    let shown = organisation::get(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!(shown.details.name, "Acme & Söhne");
    assert_eq!(shown.details.physical_address.street, "1 \"Long\" Street");
    assert_eq!(shown.owner, "Olga Owens");
    let LastUpdate { by, fields, at, .. } = shown.updated.unwrap();
    assert_eq!((by.as_str(), at.text.as_str()), ("Ana Ruiz", "just now"));
    assert_eq!(en(&fields), "changed the name and the physical address");
    assert_eq!(app.log().await[0].what, en(&fields));
    assert!(at.exact.starts_with("21 November 2026, 12:00:0"), "{}", at.exact);
    assert_eq!(organisation::standing(&admin.ctx, app.account).await.unwrap().organisation_name, "Acme & Söhne");
}

/// The first account is called as the organisation, and is not renamed by itself.
async fn renames_its_first_account(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let town = app.account_below(app.account, "Cape Town").await;
    organisation::update(&owner, app.account, form()).await.unwrap();
    let trail = async |account| organisation::standing(&owner, account).await.unwrap().trail;
    assert_eq!(trail(town).await, ["Acme & Söhne", "Cape Town"]);
    let found = service::account::list(&owner, app.account, "söhne").await.unwrap();
    assert_eq!((found.total, found.rows[0].name.as_str()), (1, "Acme & Söhne"));
    let other = model::AccountForm { name: "Head office".to_owned() };
    let refused = problem(service::account::rename(&owner, app.account, other.clone()).await);
    assert_eq!(refused, Problem::Conflict(model::Conflict::RootAccountName));
    service::account::rename(&owner, town, other).await.unwrap();
    assert_eq!(trail(town).await, ["Acme & Söhne", "Head office"]);
}

/// What was changed last is what was changed, and a save without a change is none.
async fn said_what(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner().ctx, app.admin().await.ctx);
    organisation::update(&owner, app.account, form()).await.unwrap();
    let renamed = UpdateOrganisation { name: "Acme 2".to_owned(), ..form() };
    organisation::update(&admin, app.account, renamed.clone()).await.unwrap();
    let before = app.log_size().await;
    organisation::update(&owner, app.account, renamed).await.unwrap();
    assert_eq!(app.log_size().await, before);
    let shown = organisation::get(&owner, app.account).await.unwrap();
    let LastUpdate { by, fields, .. } = shown.updated.unwrap();
    assert_eq!((by.as_str(), en(&fields).as_str()), ("Ana Ruiz", "changed the name"));
}

/// A change from before it was noted what it changed says no more than it knows.
async fn of_an_earlier_version(on: Kind) {
    let app = App::new(on).await;
    organisation::update(&app.owner().ctx, app.account, form()).await.unwrap();
    app.forget_what_changed().await;
    let what = "changed the organisation's details";
    assert_eq!(app.log().await[0].what, what);
    assert_eq!(en(organisation::get(&app.owner().ctx, app.account).await.unwrap().updated.unwrap().fields), what);
}

/// Countries that were typed survive; those of the list are known by their name.
async fn typed_before_the_list(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    app.typed_countries("Ruritania", "south africa").await;
    let billed = billing::get(&owner, app.account).await.unwrap().details;
    assert_eq!(billed.address.country, Country::Listed("ZA"));
    let shown = organisation::get(&owner, app.account).await.unwrap().details;
    assert_eq!(shown.physical_address.country, Country::Typed("Ruritania".to_owned()));
    let renamed = UpdateOrganisation { name: "Acme 2".to_owned(), ..shown.clone() };
    organisation::update(&owner, app.account, renamed).await.unwrap();
    assert_eq!(app.log().await[0].what, "changed the name");
    let kept = organisation::get(&owner, app.account).await.unwrap().details.physical_address;
    assert_eq!(kept.country.name(), "Ruritania");
    let country = Country::Typed("Freedonia".to_owned());
    let typed = UpdateOrganisation { physical_address: Address { country, ..kept }, ..shown };
    let fault = problem(organisation::update(&owner, app.account, typed).await);
    assert_eq!(fault.fields().unwrap().get("physical_address[country]"), Some(&FieldFault::CountryNotListed));
}

async fn refused(on: Kind) {
    let app = App::new(on).await;
    let update = Problem::Refused(Refusal::Permission(Permission::OrganisationUpdate));
    for person in [app.member().await, app.viewer().await] {
        assert_eq!(problem(organisation::update(&person.ctx, app.account, form()).await), update);
        assert!(organisation::get(&person.ctx, app.account).await.is_ok());
    }
    let nobody = app.custom("").await;
    let read = Problem::Refused(Refusal::Permission(Permission::OrganisationRead));
    assert_eq!(problem(organisation::get(&nobody.ctx, app.account).await), read);
    assert_eq!(organisation::get(&app.owner().ctx, app.account).await.unwrap().details.name, "Acme");
}

async fn faulty_form(on: Kind) {
    let app = App::new(on).await;
    let address = Address { city: "a\nb".to_owned(), ..Address::default() };
    let faulty = UpdateOrganisation { name: String::new(), physical_address: address };
    let fault = problem(organisation::update(&app.owner().ctx, app.account, faulty).await);
    assert!(fault.fields().unwrap().get("name").is_some());
    assert!(fault.fields().unwrap().get("physical_address[city]").is_some());
    assert_eq!(organisation::get(&app.owner().ctx, app.account).await.unwrap().details.name, "Acme");
}
