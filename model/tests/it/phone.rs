use model::phone;

/// With the country that numbers without a code belong to.
fn e164(typed: &str, country: &str) -> Result<String, &'static str> {
    phone(typed, (!country.is_empty()).then_some(country))
}

#[test]
fn numbers_as_people_write_them() {
    for (typed, country, number) in [
        ("082 123 4567", "ZA", "+27821234567"),
        ("0027821234567", "ZA", "+27821234567"),
        ("27821234567", "ZA", "+27821234567"),
        ("+27 (0)82 123 4567", "ZA", "+27821234567"),
        ("+27 (0)82 123 4567", "", "+27821234567"),
        ("0151 23456789", "DE", "+4915123456789"),
        ("011 15-2345-6789", "AR", "+5491123456789"),
        ("٠٥٠١٢٣٤٥٦٧", "SA", "+966501234567"),
        ("＋２７８２１２３４５６７", "", "+27821234567"),
        ("'+27821234567", "", "+27821234567"),
        ("+44 (0)20 7946 0018", "", "+442079460018"),
        ("+27 11 234 5678", "", "+27112345678"),
        ("+27/82/1234567", "", "+27821234567"),
    ] {
        assert_eq!(e164(typed, country).as_deref(), Ok(number), "{typed} {country}");
    }
}

#[test]
fn what_no_message_can_be_sent_to() {
    for (typed, country, part) in [
        ("+44 7700 900123", "", "isn't a number"),
        ("+0825550100", "", "isn't a number"),
        ("0800 123 456", "ZA", "kind of number"),
        ("+1 900 555 0123", "", "kind of number"),
        ("112", "DE", "isn't a number"),
        ("4.47911E+11", "GB", "spreadsheet"),
        ("4.47911E+11", "", "spreadsheet"),
        ("082 123 4567 / 083 765 4321", "ZA", "one number"),
        ("415-555-2671 x123", "US", "extension"),
        ("+1 415-555-2671 ext. 123", "", "extension"),
        ("+1 800 FLOWERS", "", "digits only"),
        ("082 123 4567", "", "Begin with +"),
        ("+", "", "isn't a number"),
        ("++27821234567x", "", "i"),
    ] {
        let fault = e164(typed, country).unwrap_err();
        assert!(fault.contains(part), "{typed} {country}: {fault}");
    }
}
