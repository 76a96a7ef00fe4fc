mod campaigns;
mod contacts;

use super::{English, number};
use crate::{MessagingEvent, Segments};
use std::borrow::Cow;

/// What happened, after the name of who did it.
impl English for MessagingEvent {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::ContactRead { .. } | Self::ContactsRead { records: 1 } => "viewed a contact".into(),
            Self::ContactsRead { records } => format!("viewed {} contacts", number(*records)).into(),
            Self::ContactsSearched { records: 0 } => "searched contacts and found none".into(),
            Self::ContactsSearched { records: 1 } => "searched contacts and saw 1".into(),
            Self::ContactsSearched { records } => format!("searched contacts and saw {}", number(*records)).into(),
            Self::RecipientsCounted { recipients } => {
                format!("counted the contacts that a campaign would reach: {}", number(*recipients)).into()
            }
            Self::ContactCreated { .. } => "added a contact".into(),
            Self::ContactUpdated { .. } => "changed a contact".into(),
            Self::ContactDeleted { .. } => "deleted a contact".into(),
            Self::CampaignCreated { name, .. } => format!("created the campaign {name}").into(),
            Self::CampaignUpdated { name, .. } => format!("changed the campaign {name}").into(),
            Self::CampaignDeleted { name, .. } => format!("deleted the campaign {name}").into(),
        }
    }
}

/// "2 messages for each contact, 171 of 306 characters."
impl English for Segments {
    fn en(&self) -> Cow<'static, str> {
        let each = self.per_message();
        let count = match self.count {
            0 | 1 => "1 message".to_owned(),
            count => format!("{count} messages"),
        };
        let because = match self.outside {
            Some(char) => {
                format!(" {} isn't in the SMS alphabet, so each message holds {each} characters.", name(char))
            }
            None => String::new(),
        };
        format!("{count} for each contact, {} of {} characters.{because}", self.places, each * self.count.max(1)).into()
    }
}

/// A character as one can find it: some show nothing.
fn name(char: char) -> String {
    match char {
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}' => {
            "An invisible character".to_owned()
        }
        char if char.is_whitespace() => "A special space".to_owned(),
        char => format!("“{char}”"),
    }
}
