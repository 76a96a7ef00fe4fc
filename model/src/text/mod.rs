//! How text is stored, compared and judged: the one place for it.
//!
//! - stored: [`tidied`], which is NFC, so that one text has one form whatever keyboard it came from;
//! - compared, searched and sorted: [`fold`], in a column of its own where a query compares;
//! - judged: [`line_fault`], which finds what nobody sees.
//!
//! E-mail addresses have rules of their own, [`canonical_email`](crate::canonical_email).
//!
//! The tables of Unicode are behind the feature `normalize`, which the service switches on. Without them, in the
//! browser, text is trimmed and lowered, which is enough for what a page filters by itself and for showing
//! faults early; everything that is stored or compared with what is stored passes the service.

mod hidden;
#[cfg(feature = "normalize")]
mod tables;

use std::borrow::Cow;

pub use hidden::{is_hidden, line_fault, looks_empty};

/// The canonical composition (NFC, Unicode Standard Annex 15). Any length; never fails.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    #[cfg(feature = "normalize")]
    return tables::nfc(text);
    #[cfg(not(feature = "normalize"))]
    Cow::Borrowed(text)
}

/// The text as it is stored: NFC, without blanks around it or a byte order mark before it.
pub fn tidied(text: &str) -> String {
    nfc(text.trim_start_matches('\u{FEFF}').trim()).into_owned()
}

/// What two texts have in common that people take for the same: for comparing, searching and sorting, never for
/// showing. Any length; never fails.
///
/// This is compatibility caseless matching (The Unicode Standard, 3.13, D146): full case folding between NFKD
/// and NFKC. Compatibility, because a name in full-width letters or with a ligature is the same name to whoever
/// searches for it, and must not pass beside it as another one. Besides, what nobody sees is left out, any run of
/// blanks is one, and the four letters i of Turkish are one (capital dotless folds to a dotted one otherwise, so
/// that nobody would find IŞIK by ışık).
pub fn fold(text: &str) -> String {
    #[cfg(feature = "normalize")]
    if !text.is_ascii() {
        return one_blank(&tables::fold(text));
    }
    one_blank(&text.to_lowercase())
}

/// Whether two texts are the same to people.
pub fn same(one: &str, other: &str) -> bool {
    one == other || fold(one) == fold(other)
}

/// Whether a name could be taken for `plain`, which is written in Latin letters: the same after folding, and with
/// those Greek, Cyrillic and Armenian letters that look like Latin ones (Unicode Technical Standard 39).
pub fn resembles(name: &str, plain: &str) -> bool {
    let latin = |letter| match letter {
        'а' | 'α' => 'a',
        'в' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'і' | 'ι' => 'i',
        'м' => 'm',
        'ո' => 'n',
        'о' | 'ο' | 'օ' => 'o',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ѵ' | 'ν' => 'v',
        'ѡ' | 'ԝ' => 'w',
        other => other,
    };
    fold(name).chars().map(latin).eq(fold(plain).chars())
}

/// The one form of an IP address, as it is stored and compared: `::FFFF:192.0.2.1` gives `192.0.2.1`,
/// `2001:DB8:0::1` gives `2001:db8::1` (RFC 5952). What is none is given back as it is.
pub fn canonical_ip(typed: &str) -> String {
    typed.parse::<std::net::IpAddr>().map_or_else(|_| typed.to_owned(), |ip| ip.to_canonical().to_string())
}

fn one_blank(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, word| text + " " + word)
}
