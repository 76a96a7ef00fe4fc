use crate::{
    Cursor, FieldErrors, FieldFault, Form, Moment, Segments, Timestamp, UserId, limit, messaging::contact::check_tag,
    tag_list, text,
};
use serde::{Deserialize, Serialize};

id! { CampaignId }

/// A message to many contacts of an account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Campaign {
    pub id: CampaignId,
    pub name: String,
    pub text: String,
    /// The tag of the contacts it goes to; empty for all of the account.
    pub tag: String,
    /// Who wrote or changed it last, and when.
    pub updated_by: String,
    /// `None` for somebody who is gone.
    pub updated_by_id: Option<UserId>,
    pub updated: Moment,
    /// As [`Campaign::updated`], to the microsecond: what a form says that it started from.
    pub version: Timestamp,
}

/// A campaign with what it would reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignDetails {
    pub campaign: Campaign,
    /// Contacts with a mobile number that it goes to; `None` for a reader without `contact.read`.
    pub recipients: Option<u64>,
}

/// The form of a new campaign, and of one that is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub tag: String,
    /// Of the campaign as the form shows it; without one it saves over whatever was saved since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Timestamp>,
}

impl Form for CampaignForm {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.required("name", &mut self.name, limit::NAME);
        // A browser ends the lines of a text with two characters.
        let text = self.text.replace("\r\n", "\n").replace('\r', "\n");
        // Characters that nobody sees may be meant: a message is not compared with another.
        self.text = text::tidied(&text);
        if self.text.is_empty() {
            errors.add("text", FieldFault::Required);
        } else if text::looks_empty(&self.text) {
            errors.add("text", FieldFault::LooksEmpty);
        } else if self.text.chars().any(|char| char.is_control() && char != '\n') {
            errors.add("text", FieldFault::ControlCharacter);
        } else if Segments::of(&self.text).count > limit::SEGMENTS {
            errors.add("text", FieldFault::TooManyMessages { limit: limit::SEGMENTS });
        }
        let mut tags = tag_list(&self.tag);
        self.tag = tags.pop().unwrap_or_default();
        if tags.is_empty() {
            check_tag("tag", &self.tag, errors);
        } else {
            errors.add("tag", FieldFault::SeveralTags);
        }
    }
}

/// Which campaigns a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CampaignFilter {
    /// Part of the name.
    pub search: String,
    pub cursor: Option<Cursor>,
}
