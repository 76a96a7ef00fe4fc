use crate::{Account, ApiKeyId, CampaignId, ContactId, MemberId};
use serde::{Deserialize, Serialize};

/// What a search across an account found, as far as the reader may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchResults {
    pub people: Vec<FoundPerson>,
    pub contacts: Vec<FoundContact>,
    pub campaigns: Vec<FoundCampaign>,
    pub api_keys: Vec<FoundApiKey>,
    /// Those that are open to the reader, in all of their organisations.
    pub accounts: Vec<Account>,
}

impl SearchResults {
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
            && self.contacts.is_empty()
            && self.campaigns.is_empty()
            && self.api_keys.is_empty()
            && self.accounts.is_empty()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPerson {
    pub id: MemberId,
    pub name: String,
    pub email: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundContact {
    pub id: ContactId,
    pub name: String,
    /// The mobile number, or the e-mail address where there is none.
    pub reached_at: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCampaign {
    pub id: CampaignId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundApiKey {
    pub id: ApiKeyId,
    pub name: String,
    /// The first letters of its secret.
    pub begins: String,
}
