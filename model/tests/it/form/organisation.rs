use super::{CONTROLS, fault};
use model::{Address, Form, UpdateOrganisation, limit};

fn update(street: &str) -> UpdateOrganisation {
    let billing_address = Address { street: street.to_owned(), ..Address::default() };
    UpdateOrganisation { name: "Acme".to_owned(), billing_address, ..UpdateOrganisation::default() }
}

#[test]
fn a_fault_stands_beside_the_line_it_is_in() {
    for text in CONTROLS {
        assert!(fault(update(text), "billing_address[street]").is_some(), "{text:?}");
        assert!(fault(update(text), "physical_address[street]").is_none());
    }
    assert!(fault(update(&"s".repeat(limit::LINE + 1)), "billing_address[street]").is_some());
    assert!(fault(UpdateOrganisation { name: " ".to_owned(), ..update("") }, "name").is_some());
}

#[test]
fn an_address_may_be_empty_and_is_trimmed() {
    assert_eq!(update("  1 Long Street ").validated().unwrap().billing_address.street, "1 Long Street");
    assert!(update("").validated().is_ok());
}
