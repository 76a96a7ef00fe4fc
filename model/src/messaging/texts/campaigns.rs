/// The list of campaigns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CampaignsText {
    Title,
    Purpose,
    New,
    SearchHint,
    NoMatch,
    Empty,
    CreateFirst,
    Campaign,
    Recipients,
    AllContacts,
    Tagged {
        tag: String,
    },
    Messages,
    PerContact {
        messages: u64,
    },
    ChangedBy,
    Changed,
    /// With the recipients, and who changed it.
    Summary,
}

/// The drawers of a campaign and of a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CampaignText {
    NewTitle,
    Save,
    Saved,
    Title,
    Name,
    NameHint,
    Body,
    Tag,
    TagHint,
    Reaches { contacts: u64 },
    Recipients,
    DeleteAsk,
    DeleteQuestion,
    DeleteConsequence,
    Delete,
    Deleted,
}
