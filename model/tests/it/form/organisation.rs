use super::{CONTROLS, fault};
use crate::support::en;
use model::{Address, BillingDetails, Country, Form, UpdateOrganisation, limit};

fn update(street: &str) -> UpdateOrganisation {
    let physical_address = Address { street: street.to_owned(), ..Address::default() };
    UpdateOrganisation { name: "Acme".to_owned(), physical_address }
}

#[test]
fn a_fault_stands_beside_the_line_it_is_in() {
    for text in CONTROLS {
        assert!(fault(update(text), "physical_address[street]").is_some(), "{text:?}");
        assert!(fault(update(text), "physical_address[city]").is_none());
    }
    assert!(fault(update(&"s".repeat(limit::LINE + 1)), "physical_address[street]").is_some());
    assert!(fault(UpdateOrganisation { name: " ".to_owned(), ..update("") }, "name").is_some());
}

#[test]
fn an_address_may_be_empty_and_is_trimmed() {
    assert_eq!(update("  1 Long Street ").validated().unwrap().physical_address.street, "1 Long Street");
    assert!(update("").validated().is_ok());
}

fn billed(country: &str, vat: &str) -> BillingDetails {
    let address = Address { country: Country::read(country), ..Address::default() };
    BillingDetails { address, vat_number: vat.to_owned(), ..BillingDetails::default() }
}

#[test]
fn a_vat_number_is_that_of_the_country() {
    for (country, typed, stored) in [
        ("DE", "de 123.456-789", "DE123456789"),
        ("GR", "EL123456789", "EL123456789"),
        ("ES", "ESX1234567X", "ESX1234567X"),
        ("NL", "NL123456789B01", "NL123456789B01"),
        ("AT", "ATU12345678", "ATU12345678"),
        ("FR", "FR12 345 678 901", "FR12345678901"),
        ("ZA", "4012345678", "4012345678"),
        ("GB", "GB123456789", "GB123456789"),
        ("", "DE12", "DE12"),
        ("DE", " ", ""),
    ] {
        assert_eq!(billed(country, typed).validated().unwrap().vat_number, stored, "{country} {typed}");
    }
    for (country, typed) in [
        ("DE", "123456789"),
        ("DE", "DE12345678"),
        ("DE", "DE12345678A"),
        ("DE", "FR12345678901"),
        ("GR", "GR123456789"),
        ("AT", "AT123456789"),
        ("DE", "DE12345678\u{0669}"),
        ("ZA", "123"),
        ("ZA", "123456789012345678901"),
        ("ZA", "1234/56"),
        ("", "ZÄ123456"),
    ] {
        assert!(fault(billed(country, typed), "vat_number").is_some(), "{country} {typed}");
    }
    let said = billed("DE", "1").validated().unwrap_err();
    assert_eq!(said.get("vat_number").map(en).as_deref(), Some("A VAT number in Germany looks like DE123456789."));
}

#[test]
fn a_billing_address_is_one_or_none() {
    let with = |email: &str| BillingDetails { email: email.to_owned(), ..BillingDetails::default() };
    assert_eq!(with("  ").validated().unwrap().email, "");
    assert_eq!(with(" Bills@Example.com").validated().unwrap().email, "bills@example.com");
    assert!(fault(with("bills"), "email").is_some());
}

#[test]
fn what_changed_is_said() {
    let (before, after) = (billed("", ""), billed("ZA", "4012345678"));
    assert_eq!(en(before.changed_to(&before)), "changed the organisation's details");
    assert_eq!(en(before.changed_to(&after)), "changed the billing address and the VAT number");
}
