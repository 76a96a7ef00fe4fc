use super::{CONTROLS, fault};
use model::{Country, Form, TimeZoneChoice, UpdateRegion, limit};

fn region(country: &str, time_zone: &str) -> UpdateRegion {
    UpdateRegion { country: Country::read(country), time_zone: time_zone.to_owned() }
}

#[test]
fn a_country_is_one_of_the_list() {
    for (typed, code) in [("ZA", "ZA"), (" za ", "ZA"), ("South Africa", "ZA"), ("", "")] {
        assert_eq!(region(typed, "").validated().unwrap().country.value(), code, "{typed}");
    }
    for unknown in ["Atlantis", "ZZ", "<b>ZA</b>", "\0"] {
        assert_eq!(
            fault(region(unknown, ""), "country").as_deref(),
            Some("Choose a country from the list."),
            "{unknown:?}"
        );
        assert!(fault(region(unknown, ""), "time_zone").is_none());
    }
}

#[test]
fn a_zone_may_be_sent_as_the_list_offers_it() {
    for (typed, name) in [
        ("Africa/Johannesburg", "Africa/Johannesburg"),
        (" Africa/Johannesburg (UTC+02:00) ", "Africa/Johannesburg"),
        ("America/St_Johns (UTC-03:30)", "America/St_Johns"),
        ("", ""),
        (" ", ""),
    ] {
        assert_eq!(region("", typed).validated().unwrap().time_zone, name, "{typed:?}");
    }
    let long = "x".repeat(limit::LINE + 1);
    for bad in CONTROLS.into_iter().chain([&*long]) {
        assert!(fault(region("", bad), "time_zone").is_some(), "{bad:?}");
    }
}

#[test]
fn a_choice_says_how_far_it_is_from_utc() {
    for (offset, text) in [
        (0, "Somewhere (UTC+00:00)"),
        (120, "Somewhere (UTC+02:00)"),
        (345, "Somewhere (UTC+05:45)"),
        (-210, "Somewhere (UTC-03:30)"),
        (-30, "Somewhere (UTC-00:30)"),
        (840, "Somewhere (UTC+14:00)"),
    ] {
        assert_eq!(TimeZoneChoice { name: "Somewhere".to_owned(), offset }.to_string(), text);
    }
}
