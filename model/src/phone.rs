use crate::PhoneFault;
use serde::{Deserialize, Serialize};

/// A number in the one form that it is stored in, as [`phone`] gives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Of a subscriber, within the block that the numbers of their network were given out in.
const LAST_DIGITS: usize = 4;

impl Phone {
    /// Reads `+` and the digits of ITU-T E.164; `None` for any other text. What people type is read by [`phone`].
    pub fn from_e164(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let digits = text.strip_prefix('+')?;
        let is_number = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && crate::limit::MOBILE_DIGITS.contains(&digits.len())).then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number without its last four digits: the block of ten thousand that it lies in.
    pub fn prefix(&self) -> &str {
        &self.0[..self.0.len() - LAST_DIGITS]
    }

    /// Its last four digits, by which its owner knows it again and nobody else learns it: `•••• 4567`.
    pub fn masked(&self) -> String {
        format!("•••• {}", &self.0[self.0.len() - LAST_DIGITS..])
    }
}

#[cfg(feature = "normalize")]
impl Phone {
    /// The digits that lead into its country, or into its network if it is of none; 0 if no plan has it.
    pub fn dialling_code(&self) -> u16 {
        self.parsed().and_then(|number| u16::try_from(number.country_code).ok()).unwrap_or(0)
    }

    /// The country of its plan, as its code of ISO 3166-1; `None` if it is of none.
    pub fn country(&self) -> Option<String> {
        let region = self.parsed()?.get_region_code()?;
        Some(region.to_string())
    }

    /// As it is written in international use: `+27 82 123 4567`.
    pub fn grouped(&self) -> String {
        let grouped = |number: rlibphonenumber::PhoneNumber| {
            number.format_as(rlibphonenumber::PhoneNumberFormat::International).into_owned()
        };
        self.parsed().map_or_else(|| self.0.clone(), grouped)
    }

    fn parsed(&self) -> Option<rlibphonenumber::PhoneNumber> {
        rlibphonenumber::PhoneNumber::parse(&self.0, None).ok()
    }
}

impl TryFrom<String> for Phone {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::from_e164(text).ok_or("not a number of E.164")
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

/// The number in the one form that it is stored in: `+` and the digits of ITU-T E.164, such as `+27821234567`.
///
/// `country` is the one that numbers without a country code belong to, as its code of ISO 3166-1; without it such
/// numbers are refused. In the browser, which does not have the tables of numbering plans, a number that may be one
/// is given back as it was typed.
///
/// # Errors
/// What is no number by the plan of its country (Google's metadata), what no message can
/// be sent to, an extension, two numbers, and what a spreadsheet made of one.
pub fn phone(typed: &str, country: Option<&str>) -> Result<String, PhoneFault> {
    let typed = typed.trim().trim_start_matches('\'');
    let mut letters = typed.chars().filter(char::is_ascii_alphabetic);
    if letters.next().is_some_and(|letter| letter.eq_ignore_ascii_case(&'e')) && letters.next().is_none() {
        return Err(PhoneFault::FromSpreadsheet);
    }
    let numbers = typed.split(['/', ',', ';', '|']).filter(|part| digits(part) > 6);
    if numbers.count() > 1 {
        return Err(PhoneFault::Several);
    }
    if country.is_none() && !typed.starts_with(['+', '＋']) {
        return Err(PhoneFault::NoCountryCode);
    }
    exact(typed, country)
}

/// As [`phone`], for a number that codes are sent to: a mobile one. The plan of North America does not tell mobile numbers
/// from fixed lines, so there either will do.
///
/// # Errors
/// As [`phone`], and [`PhoneFault::NotMobile`] for a fixed line and what else rings elsewhere.
pub fn mobile_number(typed: &str, country: Option<&str>) -> Result<String, PhoneFault> {
    let number = phone(typed, country)?;
    if is_mobile(&number) { Ok(number) } else { Err(PhoneFault::NotMobile) }
}

fn digits(text: &str) -> usize {
    text.chars().filter(|c| c.is_numeric()).count()
}

#[cfg(feature = "normalize")]
fn exact(typed: &str, country: Option<&str>) -> Result<String, PhoneFault> {
    use rlibphonenumber::{PhoneNumber, PhoneNumberType as Type, Region};
    let region = country.and_then(|code| Region::try_from(code).ok());
    let number = PhoneNumber::parse(typed, region).map_err(|_| PhoneFault::Invalid)?;
    if number.extension.is_some() {
        return Err(PhoneFault::Extension);
    }
    if typed.chars().any(char::is_alphabetic) {
        return Err(PhoneFault::NotDigits);
    }
    if !number.is_valid() {
        return Err(PhoneFault::Invalid);
    }
    match number.get_type() {
        Type::Mobile | Type::FixedLine | Type::FixedLineOrMobile | Type::VoIP | Type::PersonalNumber => {
            Ok(number.to_string())
        }
        _ => Err(PhoneFault::NoMessages),
    }
}

#[cfg(not(feature = "normalize"))]
fn exact(typed: &str, _: Option<&str>) -> Result<String, PhoneFault> {
    if !typed.chars().all(|c| c.is_numeric() || c.is_whitespace() || "+-().–＋".contains(c) || c == '/') {
        return Err(PhoneFault::NotDigits);
    }
    if crate::limit::MOBILE_DIGITS.contains(&digits(typed)) { Ok(typed.to_owned()) } else { Err(PhoneFault::Length) }
}

#[cfg(feature = "normalize")]
fn is_mobile(number: &str) -> bool {
    use rlibphonenumber::{PhoneNumber, PhoneNumberType as Type};
    PhoneNumber::parse(number, None)
        .is_ok_and(|number| matches!(number.get_type(), Type::Mobile | Type::FixedLineOrMobile))
}

#[cfg(not(feature = "normalize"))]
const fn is_mobile(_: &str) -> bool {
    true
}
