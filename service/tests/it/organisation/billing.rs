//! What stands on invoices: changed by those who manage billing, and by nobody else.

use crate::support::{App, Expected, Kind, on_both_databases, problem};
use model::{Address, BillingDetails, Country, Outcome, Permission, Problem, Refusal, Role, UpdateOrganisation};
use service::{billing, organisation};

on_both_databases!(changed, nothing_else, said_by_whom, by_role, held_at_the_root, faulty_form);

fn form() -> BillingDetails {
    let country = Country::read("DE");
    BillingDetails {
        address: Address {
            street: "Hauptstraße 1".to_owned(),
            postal_code: "10115".to_owned(),
            city: "Berlin".to_owned(),
            country,
            ..Address::default()
        },
        email: " Bills@Example.com ".to_owned(),
        vat_number: "de 123 456 789".to_owned(),
    }
}

async fn changed(on: Kind) {
    let app = App::new(on).await;
    let clerk = app.custom("billing").await;
    let before = app.log_size().await;
    billing::update(&clerk.ctx, app.account, form()).await.unwrap();
    let expected = Expected { who: &clerk, permission: Some(Permission::BillingManage), outcome: Outcome::Allowed };
    let entry = app.assert_logged("update", before, expected).await;
    assert_eq!(entry.what, "changed the billing address, the billing e-mail and the VAT number");
    let shown = billing::get(&clerk.ctx, app.account).await.unwrap();
    let lines = shown.details.lines(&shown.name, model::Locale::En);
    assert_eq!(lines, ["Acme", "Hauptstraße 1", "10115 Berlin", "Germany", "VAT DE123456789"]);
    assert_eq!(shown.details.email, "bills@example.com");
    billing::update(&clerk.ctx, app.account, form()).await.unwrap();
    assert_eq!(app.log_size().await, before + 1, "what is as before is no change");
}

async fn nothing_else(on: Kind) {
    let app = App::new(on).await;
    let physical_address = Address { city: "Cape Town".to_owned(), ..Address::default() };
    let details = UpdateOrganisation { name: "Acme".to_owned(), physical_address };
    organisation::update(&app.owner().ctx, app.account, details.clone()).await.unwrap();
    billing::update(&app.admin().await.ctx, app.account, form()).await.unwrap();
    let after = organisation::get(&app.owner().ctx, app.account).await.unwrap().details;
    assert_eq!(after, details);
    // Nor the other way.
    organisation::update(&app.owner().ctx, app.account, UpdateOrganisation { name: "Acme 2".to_owned(), ..details })
        .await
        .unwrap();
    let shown = billing::get(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!((shown.name.as_str(), shown.details.vat_number.as_str()), ("Acme 2", "DE123456789"));
}

async fn said_by_whom(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let updated = async || billing::get(&owner, app.account).await.unwrap().updated;
    assert_eq!(updated().await, None);
    billing::update(&app.admin().await.ctx, app.account, form()).await.unwrap();
    assert_eq!(updated().await.unwrap().by, "Ana Ruiz");
    let details = organisation::get(&owner, app.account).await.unwrap().details;
    let renamed = UpdateOrganisation { name: "Acme 2".to_owned(), ..details };
    organisation::update(&owner, app.account, renamed).await.unwrap();
    assert_eq!(updated().await, None, "a new name is no change of billing");
}

/// Admins manage billing; Members and Viewers have nothing to do with it.
async fn by_role(on: Kind) {
    let app = App::new(on).await;
    let refused = |permission| Problem::Refused(Refusal::Permission(permission));
    billing::update(&app.admin().await.ctx, app.account, form()).await.unwrap();
    for role in [Role::Member, Role::Viewer] {
        let who = app.join(app.account, role).await.ctx;
        assert_eq!(problem(billing::get(&who, app.account).await), refused(Permission::BillingRead), "{role:?}");
        let update = billing::update(&who, app.account, form()).await;
        assert_eq!(problem(update), refused(Permission::BillingManage), "{role:?}");
    }
    let reader = app.custom("billing.read").await.ctx;
    assert!(billing::get(&reader, app.account).await.is_ok());
    assert_eq!(problem(billing::update(&reader, app.account, form()).await), refused(Permission::BillingManage));
}

/// It is the whole organisation's: an Admin of an account below reads it and changes nothing.
async fn held_at_the_root(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Cape Town").await;
    let local = app.join(below, Role::Admin).await.ctx;
    assert!(billing::get(&local, below).await.is_ok());
    let refused = Problem::Refused(Refusal::Permission(Permission::BillingManage));
    assert_eq!(problem(billing::update(&local, below, form()).await), refused);
    billing::update(&app.admin().await.ctx, below, form()).await.unwrap();
}

async fn faulty_form(on: Kind) {
    let app = App::new(on).await;
    let faulty = BillingDetails { email: "bills".to_owned(), vat_number: "12".to_owned(), ..form() };
    let fault = problem(billing::update(&app.owner().ctx, app.account, faulty).await);
    for field in ["email", "vat_number"] {
        assert!(fault.fields().unwrap().get(field).is_some(), "{field}");
    }
    let country = Country::Typed("Freedonia".to_owned());
    let faulty = BillingDetails { address: Address { country, ..Address::default() }, ..BillingDetails::default() };
    let fault = problem(billing::update(&app.owner().ctx, app.account, faulty).await);
    assert!(fault.fields().unwrap().get("address[country]").is_some());
}
