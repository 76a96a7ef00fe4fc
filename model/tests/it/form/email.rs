use model::{EmailFault, FieldErrors, FieldFault, email_fault, email_for_smtp, limit};
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
fn a_domain_has_one_form_in_whatever_letters_it_was_typed() {
    let same = [
        "ana@bücher.example",
        "ana@BU\u{308}CHER.example",
        "ana@xn--bcher-kva.example",
        "Ana@XN--Bcher-KVA.Example",
        "ana@bücher。example",
        "\u{200B}ana@bücher.example\u{200B}",
    ];
    for typed in same {
        assert_eq!(tidied(typed).unwrap(), "ana@bücher.example", "{typed}");
    }
    assert_eq!(tidied("ana@faß.example").unwrap(), "ana@faß.example", "another domain than fass.example");
    assert_eq!(email_for_smtp("ana@bücher.example"), "ana@xn--bcher-kva.example");
    assert_eq!(email_for_smtp("ana@example.com"), "ana@example.com");
    assert_ne!(tidied("ａna@example.com").unwrap(), "ana@example.com", "another person's, for all anybody knows");
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
        "ben..botha@example.com",
        "ana@10.0.0.1",
        "ana@xn--a.example",
        "ana@bü\u{202E}cher.example",
        "ana@-bücher.example",
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
    let long = |name: usize, label: usize, more: usize| {
        tidied(&format!(
            "{}@{}{}.com",
            "a".repeat(name),
            "b".repeat(label),
            format!(".{}", "c".repeat(60)).repeat(more)
        ))
    };
    assert!(long(64, 63, 0).is_ok());
    assert_eq!(long(65, 1, 0).unwrap_err().get("email"), Some(&FieldFault::Email(EmailFault::LocalPartTooLong)));
    assert_eq!(long(1, 64, 0).unwrap_err().get("email"), Some(&FieldFault::Email(EmailFault::LabelTooLong)));
    // 250, and at the end 254 and 255 characters.
    assert_eq!(64 + 1 + 61 + 61 * 2 + 4, limit::EMAIL - 2);
    assert!(long(64, 63, 2).is_ok());
    assert!(long(64, 3, 3).is_err());
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
