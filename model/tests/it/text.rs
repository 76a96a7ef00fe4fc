use crate::support::en;
use model::{
    FieldFault, Form, Role, RoleForm,
    text::{fold, is_hidden, line_fault, same, tidied},
};
use proptest::prelude::*;

#[test]
fn one_text_is_stored_in_one_form() {
    assert_eq!(tidied(" Zoe\u{301} \n"), "Zoé");
    assert_eq!(tidied("\u{FEFF}Ana"), "Ana");
    assert_eq!(tidied("각"), tidied("\u{1100}\u{1161}\u{11A8}"), "Korean, in syllables and in letters");
    assert_eq!(tidied("ﬁ"), "ﬁ", "what looks different stays");
}

#[test]
fn texts_that_people_take_for_the_same_are_the_same() {
    let alike = [
        ("Zoé", "ZOE\u{301}"),
        ("Straße", "STRASSE"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        ("Юрий", "ЮРИЙ"),
        ("ԱՆԻ", "անի"),
        ("Ａｄｍｉｎ", "admin"),
        ("ﬁnance", "FINANCE"),
        ("Ana  Ruiz", "ana\u{A0}ruiz"),
        ("Ad\u{200B}min", "admin"),
        ("IŞIK", "ışık"),
        ("İstanbul", "istanbul"),
        ("ǅ", "ǆ"),
    ];
    for (one, other) in alike {
        assert!(same(one, other), "{one} {other}: {:?} {:?}", fold(one), fold(other));
    }
    for (one, other) in [("Zoé", "Zoe"), ("Åsa", "Asa"), ("o", "0"), ("l", "I")] {
        assert!(!same(one, other), "{one} {other}");
    }
}

#[test]
fn names_in_all_scripts_are_lines() {
    let names = [
        "Ana Ruiz",
        "O’Brien-Smith",
        "می\u{200C}خواهم",
        "ශ\u{DCA}\u{200D}රී ලංකා",
        "നന്\u{200D}",
        "辻\u{E0100}",
        "ᠮᠣᠩᠭᠣᠯ",
        "🧑\u{200D}🌾 Farm",
        "❤\u{FE0F} Hearts",
        "🏳\u{FE0F}\u{200D}🌈",
        "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
        "שרה",
        "هند",
        "",
    ];
    for name in names {
        assert_eq!(line_fault(name), Ok(()), "{name:?}");
    }
}

#[test]
fn what_nobody_sees_is_refused_with_the_reason() {
    for name in ["\u{200B}", "\u{3164}", "\u{202E}", " \u{2800} ", "\u{200D}", "\u{FE0F}", "\u{115F}\u{AD}"] {
        let fault = line_fault(name).unwrap_err();
        assert!(matches!(fault, FieldFault::LooksEmpty), "{name:?}: {fault:?}");
    }
    for (name, fault) in [
        ("Admin\u{200B}", "Remove the invisible character (U+200B) after “Admin”."),
        ("Ana \u{202E}ziuR", "Remove the invisible character (U+202E) after “Ana”."),
        ("\u{2066}Ana", "Remove the invisible character (U+2066) at the start."),
        ("Ad\u{200D}min", "Remove the invisible character (U+200D) after “Ad”."),
        ("A\u{2028}B", "Remove the invisible character (U+2028) after “A”."),
        ("😀\u{200D}x", "Remove the invisible character (U+200D) after “😀”."),
    ] {
        assert_eq!(en(line_fault(name).unwrap_err()), fault);
    }
    assert!(en(line_fault("a\nb").unwrap_err()).contains("line breaks"));
}

#[test]
fn no_role_passes_for_one_that_every_organisation_has() {
    let fault = |name: &str| {
        let form = RoleForm { name: name.to_owned(), like: None };
        form.validated().err().and_then(|errors| errors.get("name").map(en))
    };
    for role in Role::ALL {
        assert!(fault(&en(role).to_uppercase()).is_some(), "{role:?}");
    }
    for name in ["Ａｄｍｉｎ", "ADMİN", "vıewer", "Аdmin", "Οwner", "Меmber"] {
        assert!(fault(name).unwrap().contains("built-in role"), "{name}");
    }
    assert!(fault("Admin\u{200B}").unwrap().contains("invisible character"));
    for name in ["Администратор", "Admins", "Владелец", "Campaign viewer"] {
        assert_eq!(fault(name), None, "{name}");
    }
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in any::<String>()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert!(!once.chars().any(is_hidden));
    }

    #[test]
    fn the_form_does_not_matter(text in "[\\p{Latin}\\p{Greek}\\p{Hangul}\\p{Devanagari}\\p{M} ]{0,12}") {
        prop_assert_eq!(fold(&tidied(&text)), fold(&text));
    }

    // Without marks of their own: capitals of Greek turn one of them into a letter.
    #[test]
    fn the_case_does_not_matter(text in "[[\\p{Latin}\\p{Greek}\\p{Cyrillic}\\p{Armenian}\\p{Georgian}]&&\\p{L}]{0,12}") {
        prop_assert_eq!(fold(&text.to_lowercase()), fold(&text));
        prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
    }

    #[test]
    fn tidying_twice_changes_nothing(text in any::<String>()) {
        let once = tidied(&text);
        prop_assert_eq!(tidied(&once), once);
    }
}
