use crate::{
    CampaignText, CampaignsText,
    locale::en::{English, count, number},
};
use std::borrow::Cow;

impl English for CampaignsText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Campaigns",
            Self::Purpose => "Messages sent to many contacts.",
            Self::New => "New campaign",
            Self::SearchHint => "Campaign name",
            Self::NoMatch => "No campaigns match.",
            Self::Empty => "No campaigns in this account yet.",
            Self::CreateFirst => "Create one",
            Self::Campaign => "Campaign",
            Self::Recipients => "Recipients",
            Self::AllContacts => "All contacts",
            Self::Tagged { tag } => return format!("Tag: {tag}").into(),
            Self::Messages => "Messages",
            Self::PerContact { messages } => return format!("{} per contact", number(*messages)).into(),
            Self::ChangedBy => "Changed by",
            Self::Changed => "Changed",
            Self::Summary => "{0}, changed by {1}",
        }
        .into()
    }
}

impl English for CampaignText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::NewTitle => "New campaign",
            Self::Save => "Save campaign",
            Self::Saved => "Campaign saved.",
            Self::Title => "Campaign",
            Self::Name => "Name",
            Self::NameHint => "Only your team sees this name, never your contacts.",
            Self::Body => "Text",
            Self::Tag => "Tag",
            Self::TagHint => "Sent to contacts with this tag. Leave empty to include all contacts in this account.",
            Self::Reaches { contacts } => {
                return format!("Reaches {} with a mobile number.", count(*contacts, "contact", "contacts")).into();
            }
            Self::Recipients => "Recipients",
            Self::DeleteAsk => "Delete",
            Self::DeleteQuestion => "Delete this campaign?",
            Self::DeleteConsequence => "The campaign and its text will be deleted for everyone. This can't be undone.",
            Self::Delete => "Delete campaign",
            Self::Deleted => "Campaign deleted.",
        }
        .into()
    }
}
