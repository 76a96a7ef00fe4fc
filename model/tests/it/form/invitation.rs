use super::fault;
use model::{Form, InviteMembers, Role, is_address, limit};
use proptest::prelude::*;

fn invite(emails: &str) -> InviteMembers {
    InviteMembers { emails: emails.to_owned(), role: Role::Viewer, also: Vec::new() }
}

#[test]
fn addresses_may_be_pasted_in_any_way() {
    let form = invite("Ana@example.com, ben@example.com;ana@EXAMPLE.com\n  cy@example.com\t");
    assert_eq!(form.addresses(), ["ana@example.com", "ben@example.com", "cy@example.com"]);
    assert!(form.validated().is_ok());
}

#[test]
fn a_faulty_address_is_told_apart() {
    assert!(is_address("ana@example.com"));
    for text in ["ben", "a\0b@example.com", "@example.com", &format!("{}@example.com", "a".repeat(limit::EMAIL))] {
        assert!(!is_address(text), "{text}");
        assert!(fault(invite(text), "emails").is_some(), "{text} alone");
    }
    assert!(fault(invite(" ,; "), "emails").is_some());
    assert!(fault(invite("ana@example.com, ben"), "emails").is_none(), "the others are invited");
}

#[test]
fn the_number_of_addresses_has_a_limit() {
    let many = |count: usize| (0..count).map(|at| format!("p{at}@example.com")).collect::<Vec<_>>().join(" ");
    assert_eq!(fault(invite(&many(limit::INVITED)), "emails"), None);
    assert!(fault(invite(&many(limit::INVITED + 1)), "emails").is_some());
}

#[test]
fn nobody_is_invited_as_owner() {
    assert!(fault(InviteMembers { role: Role::Owner, ..invite("ana@example.com") }, "role").is_some());
}

proptest! {
    #[test]
    fn no_address_is_listed_twice(text in "[a-cA-C@.,; \\n]{0,60}") {
        let addresses = invite(&text).addresses();
        for (position, address) in addresses.iter().enumerate() {
            prop_assert!(!addresses[position + 1..].contains(address));
        }
    }
}
