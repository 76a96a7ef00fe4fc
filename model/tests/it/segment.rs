use crate::support::en;
use model::Segments;
use proptest::prelude::*;

fn count(text: &str) -> (usize, usize) {
    let Segments { count, places, .. } = Segments::of(text);
    (count, places)
}

#[test]
fn one_message_or_several() {
    assert_eq!(count(""), (0, 0));
    assert_eq!(count(&"a".repeat(160)), (1, 160));
    assert_eq!(count(&"a".repeat(161)), (2, 161));
    assert_eq!(count(&"a".repeat(306)), (2, 306));
    assert_eq!(count(&"a".repeat(307)), (3, 307));
}

#[test]
fn other_alphabets_hold_less() {
    assert_eq!(count(&"ж".repeat(70)), (1, 70));
    assert_eq!(count(&"ж".repeat(71)), (2, 71));
    assert_eq!(count(&"ж".repeat(135)), (3, 135));
    let almost = format!("{}ş", "a".repeat(69));
    assert_eq!((count(&almost), Segments::of(&almost).outside), ((1, 70), Some('ş')), "one is enough");
    assert_eq!(Segments::of("é à ñ Ω £ €").outside, None);
    // What many take for the same: typographic quotes and dashes.
    assert_eq!(Segments::of("“Sale” – today").outside, Some('“'));
}

#[test]
fn some_characters_take_two_places() {
    assert_eq!(count(&"€".repeat(80)), (1, 160));
    assert_eq!(count(&"😀".repeat(35)), (1, 70));
    // None is cut in two: the one that does not fit begins the next message.
    assert_eq!(count(&format!("{}€{}", "a".repeat(152), "a".repeat(152))), (3, 306));
    assert_eq!(count(&format!("{}😀{}", "ж".repeat(66), "ж".repeat(66))), (3, 134));
}

#[test]
fn said_in_words() {
    assert_eq!(en(Segments::of("Hello")), "1 message for each contact, 5 of 160 characters.");
    let long = "a".repeat(161);
    assert_eq!(en(Segments::of(&long)), "2 messages for each contact, 161 of 306 characters.");
    let because = "1 message for each contact, 1 of 70 characters. “ж” isn't in the SMS alphabet, so each message holds 70 characters.";
    assert_eq!(en(Segments::of("ж")), because);
    let several = en(Segments::of(&"ж".repeat(71)));
    assert!(several.contains("71 of 134") && several.ends_with("so each message holds 67 characters."), "{several}");
    // What does not show is named, or nobody finds it.
    assert!(en(Segments::of("20\u{a0}%")).contains("A special space isn't"));
    assert!(en(Segments::of("sale\u{200b}")).contains("An invisible character isn't"));
}

/// Texts of the basic alphabet, and with others among them.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9 @€{}~\n]{0,400}", "[a-zжş😀€“ ]{0,400}"]
}

proptest! {
    #[test]
    fn more_text_is_never_less(text in text(), more in text()) {
        let (before, after) = (Segments::of(&text), Segments::of(&format!("{text}{more}")));
        prop_assert!(after.count >= before.count);
    }

    #[test]
    fn a_message_holds_what_it_says(text in text()) {
        let Segments { count, places, outside } = Segments::of(&text);
        let (alone, joined) = if outside.is_some() { (70, 67) } else { (160, 153) };
        match count {
            0 => prop_assert!(text.is_empty()),
            1 => prop_assert!(places <= alone),
            // At most one place of each is left free, for a character that takes two.
            _ => prop_assert!(places > alone && places <= count * joined && places > (count - 1) * (joined - 1)),
        }
    }
}
