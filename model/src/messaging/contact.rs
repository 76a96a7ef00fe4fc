use crate::{Cursor, FieldErrors, FieldFault, Form, Moment, Timestamp, limit, text};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

id! { ContactId }

/// Somebody the organisation writes to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Contact {
    pub id: ContactId,
    /// `None` for a reader without `contact.read.pii`: the fields have not left the server.
    pub personal: Option<PersonalDetails>,
    pub tags: Vec<String>,
    pub created: Moment,
    /// When it was last changed: what a form says that it started from.
    pub version: Timestamp,
}

/// The fields that make a contact a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonalDetails {
    pub name: String,
    pub mobile: String,
    pub email: String,
}

/// The form of a new contact, and of one that is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub mobile: String,
    #[serde(default)]
    pub email: String,
    /// With commas between.
    #[serde(default)]
    pub tags: String,
    /// Of the contact as the form shows it; without one it saves over whatever was saved since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Timestamp>,
}

/// The single tags of a text with commas between: in NFC and lowered, by which they are stored and compared, in
/// the order of the alphabet; those that people take for the same once.
pub fn tag_list(text: &str) -> Vec<String> {
    let tags = text.split(',').map(tag).filter(|tag| !tag.is_empty());
    let mut tags: Vec<(String, String)> = tags.map(|tag| (text::fold(&tag), tag)).collect();
    tags.sort();
    tags.dedup_by(|one, other| one.0 == other.0);
    let mut tags: Vec<String> = tags.into_iter().map(|(_, tag)| tag).collect();
    tags.sort();
    tags
}

/// A tag as it is stored: not folded, since it is shown.
pub fn tag(typed: &str) -> String {
    text::tidied(&typed.trim().to_lowercase())
}

impl Form for ContactForm {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.required("name", &mut self.name, limit::NAME);
        errors.mobile("mobile", &mut self.mobile);
        if self.email.trim().is_empty() {
            self.email.clear();
        } else {
            errors.email("email", &mut self.email);
        }
        if self.mobile.is_empty() && self.email.is_empty() {
            errors.add("mobile", FieldFault::NoEmailOrMobile);
        }
        check_tags(&self.tags, errors);
    }
}

/// The tags alone, for those who may change nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagForm {
    #[serde(default)]
    pub tags: String,
    /// As in [`ContactForm`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Timestamp>,
}

impl Form for TagForm {
    fn check(&mut self, errors: &mut FieldErrors) {
        check_tags(&self.tags, errors);
    }
}

pub(crate) fn check_tags(tags: &str, errors: &mut FieldErrors) {
    let tags = tag_list(tags);
    if tags.len() > limit::TAGS {
        errors.add("tags", FieldFault::TooManyTags { limit: limit::TAGS });
    }
    for tag in tags {
        check_tag("tags", &tag, errors);
    }
}

/// Notes what keeps one tag from standing.
pub(crate) fn check_tag(field: &'static str, tag: &str, errors: &mut FieldErrors) {
    if let Err(fault) = text::line_fault(tag) {
        errors.add(field, fault);
    } else if tag.chars().count() > limit::TAG {
        errors.add(field, FieldFault::TagTooLong { limit: limit::TAG });
    }
}

/// Which contacts a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactFilter {
    /// Part of a name, mobile number or e-mail address; needs `contact.read.pii`.
    pub search: String,
    pub tag: String,
    pub sort: ContactSort,
    pub cursor: Option<Cursor>,
}

/// In which order a list shows contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactSort {
    #[default]
    Newest,
    Oldest,
    /// By name, which needs `contact.read.pii`.
    Name,
    NameDescending,
}

impl ContactSort {
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Name, Self::NameDescending];

    /// Its name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Name => "name",
            Self::NameDescending => "name_descending",
        }
    }

    pub const fn is_by_name(self) -> bool {
        matches!(self, Self::Name | Self::NameDescending)
    }

    pub const fn is_descending(self) -> bool {
        matches!(self, Self::Newest | Self::NameDescending)
    }
}

/// The text names no order of contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownContactSort;

impl FromStr for ContactSort {
    type Err = UnknownContactSort;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|sort| sort.name() == name).ok_or(UnknownContactSort)
    }
}
