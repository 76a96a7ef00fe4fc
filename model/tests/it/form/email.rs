use model::{FieldErrors, email_fault, limit};
use proptest::prelude::*;

fn tidied(text: &str) -> Result<String, FieldErrors> {
    let mut text = text.to_owned();
    let mut errors = FieldErrors::default();
    errors.email("email", &mut text);
    if errors.is_empty() { Ok(text) } else { Err(errors) }
}

#[test]
fn one_person_has_one_address() {
    assert_eq!(tidied("  Ana.Ruiz+News@Example.COM ").unwrap(), "ana.ruiz+news@example.com");
}

#[test]
fn what_is_no_address_is_refused() {
    let faulty = [
        "",
        " ",
        "ana",
        "@example.com",
        "ana@",
        "ana@example",
        "ana@example.",
        "ana@.com",
        "ana@-a.com",
        "ana@a-.com",
        "a b@example.com",
        "ana@exa mple.com",
        "ana@example..com",
        ".ana@example.com",
        "ana.@example.com",
        "ana@exa_mple.com",
        "\"ana\"@example.com",
        "ana@example.com\nBcc: all@example.com",
        "ana@example.com>,b@c.de",
        "ana\0@example.com",
    ];
    for text in faulty {
        assert!(tidied(text).is_err(), "{text:?}");
    }
}

#[test]
fn an_address_has_an_end() {
    let long = |name: usize| format!("{}@example.com", "a".repeat(name));
    assert!(tidied(&long(limit::EMAIL - 12)).is_ok());
    assert!(tidied(&long(limit::EMAIL - 11)).is_err());
}

proptest! {
    #[test]
    fn tidying_twice_changes_nothing(text in "\\PC{0,40}@[a-zA-Z0-9.-]{1,20}\\.[a-z]{2,3}") {
        if let Ok(once) = tidied(&text) {
            prop_assert_eq!(tidied(&once).unwrap(), once);
        }
    }

    #[test]
    fn an_accepted_address_fits_one_header(text in any::<String>()) {
        if let Ok(address) = tidied(&text) {
            prop_assert!(email_fault(&address).is_ok());
            prop_assert!(!address.chars().any(|c| c.is_control() || c.is_whitespace() || "<>,;\"".contains(c)));
            prop_assert!(address.chars().count() <= limit::EMAIL);
        }
    }
}
