use crate::support::{App, Kind, on_both_databases, problem};
use model::{Address, Permission, Problem, Refusal, UpdateOrganisation};
use service::organisation;

on_both_databases!(updated, refused, faulty_form);

fn form() -> UpdateOrganisation {
    let address =
        |street: &str| Address { street: street.to_owned(), city: "Łódź".to_owned(), ..Address::default() };
    UpdateOrganisation {
        name: " Acme & Söhne ".to_owned(),
        physical_address: address(" 1 Long Street "),
        billing_address: address("2 \"Short\" Street"),
    }
}

async fn updated(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    assert!(organisation::get(&admin.ctx, app.account).await.unwrap().updated.is_none());
    organisation::update(&admin.ctx, app.account, form()).await.unwrap();
    let shown = organisation::get(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!(shown.details.name, "Acme & Söhne");
    assert_eq!(shown.details.physical_address.street, "1 Long Street");
    assert_eq!(shown.details.billing_address, form().billing_address);
    assert_eq!(shown.owner, "Olga Owens");
    let (by, at) = shown.updated.unwrap();
    assert_eq!((by.as_str(), at.text.as_str()), ("Ana Ruiz", "just now"));
    assert!(at.exact.starts_with("21 November 2026, 12:00:0"), "{}", at.exact);
    assert_eq!(organisation::standing(&admin.ctx, app.account).await.unwrap().organisation_name, "Acme & Söhne");
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
    let faulty = UpdateOrganisation { name: String::new(), billing_address: address, ..form() };
    let fault = problem(organisation::update(&app.owner().ctx, app.account, faulty).await);
    assert!(fault.fields().unwrap().get("name").is_some());
    assert!(fault.fields().unwrap().get("billing_address[city]").is_some());
    assert_eq!(organisation::get(&app.owner().ctx, app.account).await.unwrap().details.name, "Acme");
}
