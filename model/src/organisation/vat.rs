use crate::{Country, FieldErrors, FieldFault};

/// VAT numbers of the European Union: the country, and how its numbers look, prefix included. In a
/// pattern 9 is a digit, A a letter, X either, and anything else itself.
/// From "VAT identification number structure" of the European Commission's VIES.
const EU: &[(&str, &[&str])] = &[
    ("AT", &["ATU99999999"]),
    ("BE", &["BE9999999999"]),
    ("BG", &["BG999999999", "BG9999999999"]),
    ("CY", &["CY99999999A"]),
    ("CZ", &["CZ99999999", "CZ999999999", "CZ9999999999"]),
    ("DE", &["DE999999999"]),
    ("DK", &["DK99999999"]),
    ("EE", &["EE999999999"]),
    ("ES", &["ESX9999999X"]),
    ("FI", &["FI99999999"]),
    ("FR", &["FRXX999999999"]),
    ("GR", &["EL999999999"]),
    ("HR", &["HR99999999999"]),
    ("HU", &["HU99999999"]),
    ("IE", &["IE9999999A", "IE9999999AA", "IE9A99999A"]),
    ("IT", &["IT99999999999"]),
    ("LT", &["LT999999999", "LT999999999999"]),
    ("LU", &["LU99999999"]),
    ("LV", &["LV99999999999"]),
    ("MT", &["MT99999999"]),
    ("NL", &["NL999999999B99"]),
    ("PL", &["PL9999999999"]),
    ("PT", &["PT999999999"]),
    (
        "RO",
        &["RO99", "RO999", "RO9999", "RO99999", "RO999999", "RO9999999", "RO99999999", "RO999999999", "RO9999999999"],
    ),
    ("SE", &["SE999999999999"]),
    ("SI", &["SI99999999"]),
    ("SK", &["SK9999999999"]),
];

/// Tidies a VAT number, and notes under `field` why it cannot be one of the country it is billed in.
pub(crate) fn check(field: &'static str, number: &mut String, country: &Country, errors: &mut FieldErrors) {
    number.retain(|c| !c.is_whitespace() && !matches!(c, '.' | '-'));
    *number = number.to_uppercase();
    if number.is_empty() {
        return;
    }
    let patterns = EU.iter().find(|(code, _)| country.code() == Some(code)).map(|(_, patterns)| *patterns);
    match patterns {
        Some(patterns) if !patterns.iter().any(|pattern| fits(pattern, number)) => {
            let example = example(patterns.last().copied().unwrap_or_default());
            errors.add(field, FieldFault::VatNumber { country: country.clone(), example });
        }
        None if !(4..=20).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            errors.add(field, FieldFault::VatNumberLength);
        }
        Some(_) | None => {}
    }
}

fn fits(pattern: &str, number: &str) -> bool {
    let fit = |(pattern, c): (char, char)| match pattern {
        '9' => c.is_ascii_digit(),
        'A' => c.is_ascii_uppercase(),
        'X' => c.is_ascii_digit() || c.is_ascii_uppercase(),
        itself => c == itself,
    };
    // The prefix is itself, letters among it that mean something else further on.
    pattern.len() == number.len()
        && pattern.get(..2) == number.get(..2)
        && pattern.chars().zip(number.chars()).skip(2).all(fit)
}

fn example(pattern: &str) -> String {
    let (prefix, rest) = pattern.split_at_checked(2).unwrap_or_default();
    let digits = "1234567890".chars().cycle();
    let shown = rest.chars().zip(digits).map(|(pattern, digit)| match pattern {
        '9' | 'X' => digit,
        itself => itself,
    });
    prefix.chars().chain(shown).collect()
}
