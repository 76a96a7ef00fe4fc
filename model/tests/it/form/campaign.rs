use super::{CONTROLS, fault};
use model::{CampaignForm, Form, limit};

fn campaign() -> CampaignForm {
    CampaignForm { name: "Spring sale".to_owned(), text: "20% off".to_owned(), tag: String::new(), version: None }
}

fn with_text(text: &str) -> CampaignForm {
    CampaignForm { text: text.to_owned(), ..campaign() }
}

#[test]
fn a_text_keeps_its_lines() {
    let form = with_text("  20% off\r\ntoday\rand tomorrow \n").validated().unwrap();
    assert_eq!(form.text, "20% off\ntoday\nand tomorrow");
    assert_eq!(form.clone().validated(), Ok(form));
}

#[test]
fn a_text_is_there_and_not_too_long() {
    assert!(fault(with_text(" \r\n "), "text").is_some());
    for text in ["a\0b", "a\u{1b}[31mb", "a\u{85}b", "a\tb"] {
        assert!(fault(with_text(text), "text").is_some(), "{text:?}");
    }
    assert_eq!(fault(with_text(&"a".repeat(153 * limit::SEGMENTS)), "text"), None);
    assert!(fault(with_text(&"a".repeat(153 * limit::SEGMENTS + 1)), "text").is_some());
    assert!(fault(with_text(&"ж".repeat(67 * limit::SEGMENTS + 1)), "text").is_some());
}

#[test]
fn a_name_is_a_line() {
    for text in CONTROLS {
        assert!(fault(CampaignForm { name: text.to_owned(), ..campaign() }, "name").is_some(), "{text:?}");
    }
    assert!(fault(CampaignForm { name: " ".to_owned(), ..campaign() }, "name").is_some());
}

#[test]
fn one_tag_or_none() {
    let with = |tag: &str| CampaignForm { tag: tag.to_owned(), ..campaign() };
    assert_eq!(with(" VIP, vip ,").validated().unwrap().tag, "vip", "as the tags of contacts are written");
    assert_eq!(with(" ").validated().unwrap().tag, "");
    assert!(fault(with("vip, news"), "tag").is_some());
    assert!(fault(with(&"t".repeat(limit::TAG + 1)), "tag").is_some());
    assert!(fault(with("a\0b"), "tag").is_some());
}
