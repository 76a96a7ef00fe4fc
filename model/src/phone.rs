/// The number in the one form that it is stored in: `+` and the digits of ITU-T E.164, such as `+27821234567`.
///
/// `country` is the one that numbers without a country code belong to, as its code of ISO 3166-1; without it such
/// numbers are refused. In the browser, which does not have the tables of numbering plans, a number that may be one
/// is given back as it was typed.
///
/// # Errors
/// The sentence for the form: what is no number by the plan of its country (Google's metadata), what no message can
/// be sent to, an extension, two numbers, and what a spreadsheet made of one.
pub fn phone(typed: &str, country: Option<&str>) -> Result<String, &'static str> {
    let typed = typed.trim().trim_start_matches('\'');
    let mut letters = typed.chars().filter(char::is_ascii_alphabetic);
    if letters.next().is_some_and(|letter| letter.eq_ignore_ascii_case(&'e')) && letters.next().is_none() {
        return Err("A spreadsheet has shortened this number. Copy it again from a column formatted as text.");
    }
    let numbers = typed.split(['/', ',', ';', '|']).filter(|part| digits(part) > 6);
    if numbers.count() > 1 {
        return Err("Give one number only.");
    }
    if country.is_none() && !typed.starts_with(['+', '＋']) {
        return Err("Begin with + and the country code, such as +27.");
    }
    exact(typed, country)
}

fn digits(text: &str) -> usize {
    text.chars().filter(|c| c.is_numeric()).count()
}

#[cfg(feature = "normalize")]
fn exact(typed: &str, country: Option<&str>) -> Result<String, &'static str> {
    use rlibphonenumber::{PhoneNumber, PhoneNumberType as Type, Region};
    let region = country.and_then(|code| Region::try_from(code).ok());
    let number = PhoneNumber::parse(typed, region).map_err(|_| INVALID)?;
    if number.extension.is_some() {
        return Err("Leave out the extension: messages go to the number itself.");
    }
    if typed.chars().any(char::is_alphabetic) {
        return Err("Use digits only, after the +.");
    }
    if !number.is_valid() {
        return Err(INVALID);
    }
    match number.get_type() {
        Type::Mobile | Type::FixedLine | Type::FixedLineOrMobile | Type::VoIP | Type::PersonalNumber => {
            Ok(number.to_string())
        }
        _ => Err("Messages can't be sent to this kind of number, such as toll-free or premium."),
    }
}

#[cfg(feature = "normalize")]
const INVALID: &str = "This isn't a number of that country. Check the digits and the country code.";

#[cfg(not(feature = "normalize"))]
fn exact(typed: &str, _: Option<&str>) -> Result<String, &'static str> {
    if !typed.chars().all(|c| c.is_numeric() || c.is_whitespace() || "+-().–＋".contains(c) || c == '/') {
        return Err("Use digits only, after the +.");
    }
    if crate::limit::MOBILE_DIGITS.contains(&digits(typed)) {
        Ok(typed.to_owned())
    } else {
        Err("A number has 7 to 15 digits, country code included.")
    }
}
