//! Names go into letters to people who do not know whoever typed them.

use model::{FieldErrors, FieldFault, has_link, in_letter, quoted};

const LINKS: [&str; 25] = [
    "https://evil.example",
    "HTTP://EVIL.EXAMPLE/x",
    "Your account is locked: evil.example/login",
    "evil.example",
    "www.evil.example",
    "Evil.Com",
    "(evil.com)",
    "pay@evil.com",
    "bücher.example",
    "evil。com",
    "xn--bcher-kva.xn--p1ai",
    "t.co/x",
    "203.0.113.7",
    "203.0.113.7/login",
    "evil.com:8080",
    "ftp://x",
    "a.b.evil.example?x=1",
    "Visit x.com",
    "t.co",
    "T.ME.",
    "a.b.io",
    "x。com",
    "a@x.com",
    "a@x.link",
    "pay＠evil",
];

const NAMES: [&str; 22] = [
    "Thandi",
    "O'Brien-Smith",
    "J.R.R. Tolkien",
    "J.R.Tolkien",
    "St. John",
    "Ph.D.",
    "Acme Inc.",
    "Acme Ltd.",
    "U.S.A",
    "Version 2.0",
    "and/or",
    "9.5/10",
    "No.1",
    "山田 太郎",
    "...",
    "Smith, Jones & Co.",
    "J.R. Smith",
    "A.B.",
    "J.de Vries",
    "S. A. & Co",
    "Comme des Garçons @ Home",
    "@home",
];

#[test]
fn a_link_is_told_from_a_name() {
    for text in LINKS {
        assert!(has_link(text), "{text}");
    }
    for text in NAMES {
        assert!(!has_link(text), "{text}");
    }
}

#[test]
fn a_form_says_the_true_reason() {
    let fault = |text: &str| {
        let (mut errors, mut text) = (FieldErrors::default(), text.to_owned());
        errors.name("name", &mut text);
        errors.get("name").map(ToOwned::to_owned)
    };
    assert_eq!(fault(" Thandi "), None);
    assert!(matches!(fault("Visit evil.example"), Some(FieldFault::NameWithLink)));
    assert!(fault("").is_some());
}

#[test]
fn a_letter_repeats_no_link_and_no_other_line() {
    for text in LINKS {
        assert!(!has_link(&in_letter(text)), "{text}: {}", in_letter(text));
    }
    for text in NAMES {
        assert_eq!(in_letter(text), text);
    }
    assert_eq!(quoted("Acme\r\nBcc: x@y"), "“Acme  Bcc: x y”");
    assert_eq!(quoted("“Acme” \"Ltd\""), "“'Acme' 'Ltd'”");
    assert_eq!(in_letter(&"x".repeat(100)).chars().count(), 61);
}
