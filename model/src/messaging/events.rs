use crate::{CampaignId, ContactId, Facts, Topic};
use serde::{Deserialize, Serialize};

/// What happens to contacts and campaigns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessagingEvent {
    /// Personal details were shown.
    ContactsRead {
        records: u64,
    },
    /// One contact's personal details were shown.
    ContactRead {
        contact: ContactId,
    },
    /// Contacts were chosen by their personal details. What matched was disclosed, be it nothing; this many were shown.
    ContactsSearched {
        records: u64,
    },
    /// How many contacts with a mobile number a campaign would reach.
    RecipientsCounted {
        recipients: u64,
    },
    ContactCreated {
        contact: ContactId,
    },
    ContactUpdated {
        contact: ContactId,
    },
    ContactDeleted {
        contact: ContactId,
    },
    CampaignCreated {
        campaign: CampaignId,
        name: String,
    },
    CampaignUpdated {
        campaign: CampaignId,
        name: String,
    },
    CampaignDeleted {
        campaign: CampaignId,
        name: String,
    },
}

impl MessagingEvent {
    pub(crate) fn facts(&self) -> Facts {
        match self {
            Self::ContactsRead { records } => Facts::of("contact.read").records(*records),
            Self::ContactRead { contact } => Facts::of("contact.view").contact(*contact),
            Self::ContactsSearched { records } => Facts::of("contact.search").records(*records),
            Self::RecipientsCounted { .. } => Facts::of("contact.count").records(0),
            Self::ContactCreated { contact } => Facts::of("contact.create").contact(*contact).on(Topic::Contacts),
            Self::ContactUpdated { contact } => Facts::of("contact.update").contact(*contact).on(Topic::Contacts),
            Self::ContactDeleted { contact } => {
                Facts::of("contact.delete").contact(*contact).notable().on(Topic::Contacts)
            }
            Self::CampaignCreated { .. } => Facts::of("campaign.create").on(Topic::Campaigns),
            Self::CampaignUpdated { .. } => Facts::of("campaign.update").on(Topic::Campaigns),
            Self::CampaignDeleted { .. } => Facts::of("campaign.delete").notable().on(Topic::Campaigns),
        }
    }
}
