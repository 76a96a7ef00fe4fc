use model::{Address, Country, countries};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn address(country: &str) -> Address {
    Address {
        street: "1 Long Street".to_owned(),
        extra: String::new(),
        city: "City".to_owned(),
        region: "Region".to_owned(),
        postal_code: "12345".to_owned(),
        country: Country::read(country),
    }
}

#[test]
fn every_country_has_its_way() {
    let told = |country: &str| address(country).lines();
    for country in ["DE", "FR", "ES", "SE"] {
        assert_eq!(told(country)[1..3], ["12345 City", "Region"], "{country}");
    }
    for country in ["US", "CA", "AU"] {
        assert_eq!(told(country)[1], "City Region 12345", "{country}");
    }
    for country in ["GB", "ZA", "IE"] {
        assert_eq!(told(country)[1..4], ["City", "Region", "12345"], "{country}");
    }
    assert_eq!(told("ZA")[4], "South Africa");
    let short = Address { region: String::new(), street: String::new(), ..address("") };
    assert_eq!(short.lines(), ["12345 City"]);
    assert!(Address::default().lines().is_empty());
}

#[test]
fn the_list_is_that_of_the_standard() {
    let codes: BTreeSet<&str> = countries().map(|(code, _)| code).collect();
    let names: BTreeSet<&str> = countries().map(|(_, name)| name).collect();
    assert_eq!((codes.len(), names.len()), (249, 249));
    assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
    for (code, name) in countries() {
        for text in [code, name, &code.to_lowercase(), &name.to_uppercase()] {
            assert_eq!(Country::read(text), Country::Listed(code), "{text}");
        }
    }
    // A rule names no country that is none.
    let source = include_str!("../../src/organisation/address.rs");
    let quoted = source.split('"').skip(1).step_by(2).filter(|text| text.len() == 2);
    assert!(quoted.filter(|text| text.bytes().all(|byte| byte.is_ascii_uppercase())).all(|code| codes.contains(code)));
}

proptest! {
    /// Nothing that was typed is lost, whatever it was.
    #[test]
    fn a_country_survives(text in "\\PC{0,30}") {
        let country = Country::read(&text);
        let again: Country = serde_json::from_str(&serde_json::to_string(&country).unwrap()).unwrap();
        prop_assert_eq!(&again, &country);
        match country {
            Country::Unset => prop_assert!(text.trim().is_empty()),
            Country::Typed(kept) => prop_assert_eq!(kept, text.trim()),
            Country::Listed(code) => prop_assert!(countries().any(|(known, _)| known == code)),
        }
    }

    /// Every line that is filled in is shown once.
    #[test]
    fn no_line_is_lost(country in prop::sample::select(countries().collect::<Vec<_>>())) {
        let shown = address(country.0).lines().join("\n");
        for part in ["1 Long Street", "City", "Region", "12345", country.1] {
            prop_assert!(shown.contains(part), "{} in {}", part, shown);
        }
    }
}
