use super::fault;
use model::{Form, InviteMembers, Role, is_address, limit};
use proptest::prelude::*;

fn invite(emails: &str) -> InviteMembers {
    InviteMembers { emails: emails.to_owned(), role: Role::Viewer, also: Vec::new(), permissions: "".into() }
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

/// As mail programs and spreadsheets copy them.
#[test]
fn names_beside_addresses_are_no_recipients() {
    for typed in [
        "Bar, Erin <erin@example.com>",
        "\"Bar; Erin, Dr.\" <erin@example.com>",
        "Erin Bar erin@example.com",
        "Erin\tBar\terin@example.com",
        "erin@example.com (Bar, Erin)",
        "\"Bar, Erin\",\"erin@example.com\"",
        "<mailto:erin@example.com?subject=Hello>",
        "MAILTO:Erin@Example.com",
        "Erin <erin@example.com",
        "erin@example.com <erin@example.com>;",
        "erin@example.com.",
    ] {
        assert_eq!(invite(typed).addresses(), ["erin@example.com"], "{typed}");
    }
    let mixed = "ana@example.com, Bar, Erin <erin@example.com>; ben, \"C, D\" <cy@example.com>\r\ndi@example.com";
    assert_eq!(
        invite(mixed).addresses(),
        ["ana@example.com", "erin@example.com", "cy@example.com", "di@example.com"],
        "ben may be a first half of a name"
    );
    assert_eq!(invite("ana@example.com, ben").addresses(), ["ana@example.com", "ben"]);
    assert_eq!(invite("ana@example.com \"").addresses(), ["ana@example.com"]);
}

#[test]
fn as_many_lines_as_people() {
    let line = |at: usize| format!("Bar, Erin {at} <erin{at}@example.com>");
    for separator in ["\n", "\r\n", "; ", ", "] {
        let form = invite(&(0..340).map(line).collect::<Vec<_>>().join(separator));
        assert_eq!(form.addresses().len(), 340, "{separator:?}");
        assert!(form.addresses().iter().all(|address| is_address(address)));
        assert_eq!(fault(form, "emails"), None);
    }
    let many = invite(&(0..=limit::INVITED).map(line).collect::<Vec<_>>().join("\n"));
    assert!(fault(many, "emails").unwrap().contains("1000"));
}

#[test]
fn one_recipient_in_two_spellings_is_one() {
    let form = invite("ana@bücher.example, Ana <ana@xn--bcher-kva.example> ANA@BÜCHER.EXAMPLE");
    assert_eq!(form.addresses(), ["ana@bücher.example"]);
}

proptest! {
    #[test]
    fn every_recipient_is_there_once(
        people in prop::collection::vec(("[A-Z][a-z]{1,8}", "[A-Z][a-z]{1,8}", 0..7_usize), 1..20),
        separator in prop::sample::select(vec!["\n", ";", ", ", " ;\r\n", ",\n"]),
    ) {
        let entry = |(at, (first, last, style)): (usize, &(String, String, usize))| {
            let address = format!("p{at}@example.com");
            match style {
                0 => address,
                1 => format!("<{address}>"),
                2 => format!("{first} {last} <{address}>"),
                3 => format!("{last}, {first} <{address}>"),
                4 => format!("\"{last}, {first}; MA\" <{address}>"),
                5 => format!("{address} ({last}, {first})"),
                _ => format!("mailto:{address}"),
            }
        };
        let typed = people.iter().enumerate().map(entry).collect::<Vec<_>>().join(separator);
        let expected: Vec<String> = (0..people.len()).map(|at| format!("p{at}@example.com")).collect();
        prop_assert_eq!(invite(&typed).addresses(), expected, "{}", typed);
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let recipients = invite(&text).addresses();
        prop_assert!(recipients.iter().all(|recipient| !recipient.is_empty() && !recipient.contains('\n')));
    }

    #[test]
    fn no_address_is_listed_twice(text in "[a-cA-C@.,; \\n]{0,60}") {
        let addresses = invite(&text).addresses();
        for (position, address) in addresses.iter().enumerate() {
            prop_assert!(!addresses[position + 1..].contains(address));
        }
    }
}

#[test]
fn permissions_are_checkboxes_or_text() {
    let read = |permissions: &str| {
        let json = format!(r#"{{"emails":"ana@example.com","role":"custom","permissions":{permissions}}}"#);
        serde_json::from_str::<InviteMembers>(&json).map(|form| form.permissions)
    };
    assert_eq!(read(r#""contact.read campaign""#).unwrap(), "contact.read campaign".into());
    assert_eq!(
        read(r#"{"contact.read.basic":"on","campaign.read":"on"}"#).unwrap(),
        "contact.read.basic campaign.read".into()
    );
    assert!(
        read(r#""contact.raed""#).is_err() && read(r#"{"contact.raed":"on"}"#).is_err(),
        "what is mistyped is told"
    );
}

#[test]
fn without_permissions_there_are_none() {
    let form: InviteMembers = serde_json::from_str(r#"{"emails":"ana@example.com","role":"custom"}"#).unwrap();
    assert!(form.permissions.is_empty());
}
