use crate::{FieldErrors, FieldFault, limit};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Code and name of every country, a line each, in the order of the names.
const LIST: &str = include_str!("country.txt");

/// ISO 3166-1: every country's code with its name in English, in the order of the names.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static str)> {
    LIST.lines().filter_map(|line| line.split_once(' '))
}

/// The country of an address. Its text, in the database and on the wire, is the code; what was typed
/// before there was a list is read as the country it names, and kept as it is if it names none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Country {
    #[default]
    Unset,
    /// The code of ISO 3166-1, as [`countries`] has it.
    Listed(&'static str),
    Typed(String),
}

impl Country {
    /// The country that a code or a name means.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::Unset;
        }
        let known = countries().find(|(code, name)| code.eq_ignore_ascii_case(text) || same(name, text));
        known.map_or_else(|| Self::Typed(text.to_owned()), |(code, _)| Self::Listed(code))
    }

    /// Its code, if it is one of the list.
    pub const fn code(&self) -> Option<&'static str> {
        if let Self::Listed(code) = self { Some(code) } else { None }
    }

    /// Its text, as a form sends it.
    pub fn value(&self) -> &str {
        match self {
            Self::Unset => "",
            Self::Listed(code) => code,
            Self::Typed(text) => text,
        }
    }

    /// What it is called in English.
    pub fn name(&self) -> &str {
        match self {
            Self::Listed(code) => countries().find(|(known, _)| known == code).map_or("", |(_, name)| name),
            Self::Unset | Self::Typed(_) => self.value(),
        }
    }

    /// Whether it may stand where `before` stood: what was typed before there was a list may stay, and no other.
    ///
    /// # Errors
    /// What is wrong with `field`.
    pub(crate) fn may_replace(&self, before: &Self, field: &'static str) -> Result<(), FieldErrors> {
        if matches!(self, Self::Typed(_)) && self != before {
            return Err(FieldErrors::one(field, FieldFault::CountryNotListed));
        }
        Ok(())
    }

    pub(crate) fn check(&mut self, field: String, errors: &mut FieldErrors) {
        if let Self::Typed(text) = self {
            errors.optional(field, text, limit::LINE);
        }
    }
}

fn same(name: &str, text: &str) -> bool {
    name.chars().flat_map(char::to_lowercase).eq(text.chars().flat_map(char::to_lowercase))
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.value())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::read(&text))
    }
}
