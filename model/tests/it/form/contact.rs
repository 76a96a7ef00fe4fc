use super::{CONTROLS, fault};
use model::{ContactAct, ContactForm, ContactSort, FieldFault, Form, TagForm, limit, tag_list};
use proptest::prelude::*;

fn contact() -> ContactForm {
    ContactForm {
        name: "Ana Ruiz".to_owned(),
        mobile: "+27 82 123-4567".to_owned(),
        email: String::new(),
        tags: String::new(),
        version: None,
    }
}

#[test]
fn a_contact_can_be_reached() {
    let unreachable = ContactForm { mobile: " ".to_owned(), email: String::new(), ..contact() };
    assert!(fault(unreachable.clone(), "mobile").is_some());
    let blank = ContactForm { email: "  ".to_owned(), ..unreachable.clone() };
    assert!(fault(blank, "mobile").is_some(), "blanks are no address");
    let by_email = ContactForm { email: "Ana@Example.com".to_owned(), ..unreachable };
    assert_eq!(by_email.validated().unwrap().email, "ana@example.com");
}

#[test]
fn blanks_are_not_kept() {
    let form = ContactForm { email: "   ".to_owned(), ..contact() }.validated().unwrap();
    assert_eq!(form.email, "");
}

#[test]
fn a_mobile_number_is_written_one_way() {
    for written in ["+27 82 123-4567", "+27(82)123.4567", " +27/82/1234567 ", "\u{202A}+27 82 123 4567\u{202C}"] {
        let form = ContactForm { mobile: written.to_owned(), ..contact() }.validated().unwrap();
        assert_eq!(form.mobile, "+27821234567");
    }
    for written in ["0821234567", "+2782x", "+123456", "+1234567890123456", "+27\n821234567", "-", "+0825550100"] {
        assert!(fault(ContactForm { mobile: written.to_owned(), ..contact() }, "mobile").is_some(), "{written:?}");
    }
}

#[test]
fn lines_hold_no_control_characters() {
    for text in CONTROLS {
        assert!(fault(ContactForm { name: text.to_owned(), ..contact() }, "name").is_some(), "{text:?}");
        assert!(fault(ContactForm { mobile: text.to_owned(), ..contact() }, "mobile").is_some(), "{text:?}");
        assert!(fault(ContactForm { email: text.to_owned(), ..contact() }, "email").is_some(), "{text:?}");
        assert!(fault(TagForm { tags: text.to_owned(), version: None }, "tags").is_some(), "{text:?}");
    }
}

#[test]
fn tags_have_limits() {
    let many = |count: usize| (0..count).map(|tag| format!("tag{tag}")).collect::<Vec<_>>().join(",");
    assert_eq!(fault(TagForm { tags: many(limit::TAGS), version: None }, "tags"), None);
    assert!(fault(TagForm { tags: many(limit::TAGS + 1), version: None }, "tags").is_some());
    assert_eq!(fault(TagForm { tags: "é".repeat(limit::TAG), version: None }, "tags"), None);
    assert!(fault(TagForm { tags: "é".repeat(limit::TAG + 1), version: None }, "tags").is_some());
}

proptest! {
    #[test]
    fn a_tag_list_reads_back_as_itself(text in "\\PC{0,60}") {
        let tags = tag_list(&text);
        prop_assert_eq!(tag_list(&tags.join(", ")), tags.clone());
        prop_assert!(tags.is_sorted() && !tags.iter().any(String::is_empty));
    }

    #[test]
    fn validating_twice_changes_nothing(name in "\\PC{0,30}", mobile in "[+0-9 ()./-]{0,20}", email in "[ a-zA-Z@.]{0,20}") {
        let form = ContactForm { name, mobile, email, tags: String::new(), version: None };
        if let Ok(once) = form.validated() {
            prop_assert!(!once.name.is_empty() && (!once.mobile.is_empty() || !once.email.is_empty()));
            prop_assert_eq!(once.clone().validated(), Ok(once));
        }
    }
}

#[test]
fn an_act_on_many_needs_tags() {
    let fault = |act: ContactAct| act.validated().err().and_then(|errors| errors.get("tags").cloned());
    assert_eq!(fault(ContactAct::Tag(" , ".to_owned())), Some(FieldFault::Required));
    assert_eq!(fault(ContactAct::Untag(String::new())), Some(FieldFault::Required));
    assert_eq!(fault(ContactAct::Tag("vip, news".to_owned())), None);
    assert!(fault(ContactAct::Untag("é".repeat(limit::TAG + 1))).is_some());
    assert_eq!(fault(ContactAct::Delete), None);
}

#[test]
fn an_order_is_known_by_its_name() {
    for sort in ContactSort::ALL {
        assert_eq!(sort.name().parse(), Ok(sort));
        assert_eq!(serde_json::to_value(sort).unwrap(), sort.name());
    }
    assert!("size".parse::<ContactSort>().is_err());
}
