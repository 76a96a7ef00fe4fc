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
            Self::ContactsSearched { records } => Facts::of("contact.search").records(*records),
            Self::RecipientsCounted { .. } => Facts::of("contact.count").records(0),
            Self::ContactCreated { .. } => Facts::of("contact.create").on(Topic::Contacts),
            Self::ContactUpdated { .. } => Facts::of("contact.update").on(Topic::Contacts),
            Self::ContactDeleted { .. } => Facts::of("contact.delete").notable().on(Topic::Contacts),
            Self::CampaignCreated { .. } => Facts::of("campaign.create").on(Topic::Campaigns),
            Self::CampaignUpdated { .. } => Facts::of("campaign.update").on(Topic::Campaigns),
            Self::CampaignDeleted { .. } => Facts::of("campaign.delete").notable().on(Topic::Campaigns),
        }
    }

    /// What happened, after the name of who did it.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::ContactsRead { records: 1 } => "read a contact".to_owned(),
            Self::ContactsRead { records } => format!("read {records} contacts"),
            Self::ContactsSearched { records: 0 } => "searched contacts and saw none".to_owned(),
            Self::ContactsSearched { records: 1 } => "searched contacts and saw one".to_owned(),
            Self::ContactsSearched { records } => format!("searched contacts and saw {records}"),
            Self::RecipientsCounted { recipients } => {
                format!("counted the contacts a campaign would reach: {recipients}")
            }
            Self::ContactCreated { .. } => "added a contact".to_owned(),
            Self::ContactUpdated { .. } => "changed a contact".to_owned(),
            Self::ContactDeleted { .. } => "deleted a contact".to_owned(),
            Self::CampaignCreated { name, .. } => format!("wrote the campaign {name}"),
            Self::CampaignUpdated { name, .. } => format!("changed the campaign {name}"),
            Self::CampaignDeleted { name, .. } => format!("deleted the campaign {name}"),
        }
    }
}
