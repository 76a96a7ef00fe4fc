use crate::support::en;
use model::{ChangePhone, ConfirmPhone, Country, Form, Password, Phone, dialling_codes, mobile_number, phone};

/// With the country that numbers without a code belong to.
fn e164(typed: &str, country: &str) -> Result<String, String> {
    phone(typed, (!country.is_empty()).then_some(country)).map_err(en)
}

#[test]
fn what_a_number_belongs_to() {
    let of = |text: &str| {
        let phone = Phone::from_e164(text).unwrap();
        (phone.prefix().to_owned(), phone.dialling_code(), phone.country())
    };
    assert_eq!(of("+27821234567"), ("+2782123".to_owned(), 27, Some("ZA".to_owned())));
    // Two countries of one dialling code.
    assert_eq!(of("+16135550123"), ("+1613555".to_owned(), 1, Some("CA".to_owned())));
    assert_eq!(of("+12125550123"), ("+1212555".to_owned(), 1, Some("US".to_owned())));
    // No plan has it.
    assert_eq!(of("+9991234567"), ("+999123".to_owned(), 0, None));
    for text in
        ["", "+", "27821234567", "+0821234567", "+27 82 123 4567", "+2782123456789012", "+123456", "+2782123456٧"]
    {
        assert_eq!(Phone::from_e164(text), None, "{text}");
        assert!(serde_json::from_value::<Phone>(text.into()).is_err(), "{text}");
    }
    let stored = serde_json::to_value(Phone::from_e164("+27821234567").unwrap()).unwrap();
    assert_eq!(stored, "+27821234567");
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
        assert_eq!(e164(typed, country), Ok(number.to_owned()), "{typed} {country}");
    }
}

#[test]
fn what_no_message_can_be_sent_to() {
    for (typed, country, part) in [
        ("+44 7700 900123", "", "isn't a valid number"),
        ("+0825550100", "", "isn't a valid number"),
        ("0800 123 456", "ZA", "kind of number"),
        ("+1 900 555 0123", "", "kind of number"),
        ("112", "DE", "isn't a valid number"),
        ("4.47911E+11", "GB", "spreadsheet"),
        ("4.47911E+11", "", "spreadsheet"),
        ("082 123 4567 / 083 765 4321", "ZA", "one number"),
        ("415-555-2671 x123", "US", "extension"),
        ("+1 415-555-2671 ext. 123", "", "extension"),
        ("+1 800 FLOWERS", "", "digits only"),
        ("082 123 4567", "", "Start with +"),
        ("+", "", "isn't a valid number"),
        ("++27821234567x", "", "i"),
    ] {
        let fault = e164(typed, country).unwrap_err();
        assert!(fault.contains(part), "{typed} {country}: {fault}");
    }
}

/// As [`e164`], where a code is to be sent to.
fn mobile(typed: &str, country: &str) -> Result<String, String> {
    mobile_number(typed, (!country.is_empty()).then_some(country)).map_err(en)
}

#[test]
fn codes_go_to_mobile_phones_alone() {
    for (typed, country, number) in [
        ("082 123 4567", "ZA", "+27821234567"),
        ("+27 (0)82 123 4567", "", "+27821234567"),
        ("0151 23456789", "DE", "+4915123456789"),
        ("011 15-2345-6789", "AR", "+5491123456789"),
        ("٠٥٠١٢٣٤٥٦٧", "SA", "+966501234567"),
        // There mobile numbers look as all others do.
        ("415-555-2671", "US", "+14155552671"),
    ] {
        assert_eq!(mobile(typed, country), Ok(number.to_owned()), "{typed} {country}");
    }
    for (typed, country, part) in [
        ("+27 11 234 5678", "", "isn't a mobile number"),
        ("030 901820", "DE", "isn't a mobile number"),
        ("0800 123 456", "ZA", "kind of number"),
        ("+1 900 555 0123", "", "kind of number"),
        ("112", "DE", "isn't a valid number"),
        ("+44 7700 900123", "", "isn't a valid number"),
        ("4.47911E+11", "GB", "spreadsheet"),
        ("082 123 4567 / 083 765 4321", "ZA", "one number"),
        ("415-555-2671 x123", "US", "extension"),
    ] {
        let fault = mobile(typed, country).unwrap_err();
        assert!(fault.contains(part), "{typed} {country}: {fault}");
    }
}

fn change_phone(number: &str, country: Country) -> ChangePhone {
    ChangePhone {
        country,
        number: number.to_owned(),
        password: Password::new("Quiet-Otter-42"),
        ..ChangePhone::default()
    }
}

#[test]
fn the_form_takes_a_number_as_it_is_copied() {
    let za = || Country::Listed("ZA");
    for typed in ["\u{202A}+27 82 123 4567\u{202C}", "'+27821234567", "＋２７８２１２３４５６７", " 082 123 4567 "]
    {
        assert_eq!(change_phone(typed, za()).validated().unwrap().number, "+27821234567", "{typed}");
    }
    let errors = change_phone("", Country::Typed("Atlantis".to_owned())).validated().unwrap_err();
    assert!(errors.get("number").is_some() && errors.get("country").is_some());
}

#[test]
fn codes_are_typed_with_the_digits_of_the_keyboard() {
    for typed in ["012345", " 012 345 ", "٠١٢٣٤٥", "۰۱۲۳۴۵", "０１２３４５", "\u{200E}012-345"] {
        let form = ConfirmPhone { code: typed.to_owned() }.validated().unwrap();
        assert_eq!(form.code, "012345", "{typed}");
    }
    for typed in ["", "01234", "0123456", "abcdef"] {
        assert!(ConfirmPhone { code: typed.to_owned() }.validated().unwrap_err().get("code").is_some(), "{typed}");
    }
}

#[test]
fn what_of_a_number_is_shown() {
    let phone = Phone::from_e164("+27821234567").unwrap();
    assert_eq!((phone.masked().as_str(), phone.grouped().as_str()), ("•••• 4567", "+27 82 123 4567"));
}

/// The list of the form against the plans that numbers are read by.
#[test]
fn countries_dial_as_the_list_says() {
    use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};
    assert!(dialling_codes().count() > 200);
    for (country, code) in dialling_codes() {
        let region = Region::try_from(country).ok();
        let known = region.and_then(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(region));
        assert_eq!(known.map(|code| code.to_string()).as_deref(), Some(code), "{country}");
    }
}
