//! What the frame around the pages says.

use crate::Moment;

/// The pages that are not called like a resource of the permission tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsolePage {
    Overview,
    AccessExplorer,
    PlatformEvents,
    Policy,
    Settings,
}

/// What groups the pages of the sidebar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsoleSection {
    Work,
    Access,
    Organisation,
}

/// The frame: the sidebar, the bar above the page, and the notices below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameText {
    SkipToContent,
    Pages,
    ConfirmEmail,
    SendAgain,
    TwoFactorDue,
    SetUpTwoFactor,
    OpenMenu,
    Breadcrumb,
    Live,
    Reconnecting,
}

/// The menu at one's own name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnMenuText {
    Label,
    Theme,
    Light,
    Dark,
    System,
    Settings,
}

/// The way to any page, act, person or thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchText {
    Open,
    Prompt,
    Keys,
    Examples,
    Results,
    Pages,
    Actions,
    People,
    Contacts,
    Campaigns,
    ApiKeys,
    Accounts,
    NoMatch { searched: String },
}

/// What can be done from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionText {
    InvitePeople,
    NewContact,
    NewCampaign,
    NewApiKey,
    LightTheme,
    DarkTheme,
    SystemTheme,
    SignOut,
}

/// The way to another account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SwitcherText {
    Label { organisation: String },
    Find,
    NewOrganisation,
    BeingDeleted,
    More,
    NoMatch,
    MaybeMore,
    NoAccess,
}

/// What stands where an account cannot be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClosedText {
    AccessEnded { account: String },
    AskAdmin,
    NotFound,
    Suspended,
    AskToRestore,
    TwoFactorRequired,
    SetUpTwoFactor,
}

/// What stands in the place of an organisation that is being deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BeingDeletedText {
    Title,
    ByReader { organisation: String, ends: Moment },
    By { owner: String, organisation: String, ends: Moment },
    WithOwner { organisation: String, ends: Moment },
    Since(Moment),
    Restore,
}

/// A page that cannot be shown, or is not its reader's any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorPageText {
    Title,
    AnotherUser,
    Failed,
}

/// The page of letters that do not leave this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutboxText {
    Title,
    Purpose,
    Empty,
    Closed,
    To { address: String },
    Letters,
    TextMessages,
}

/// The first page of somebody without an organisation that is open to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomeText {
    NoOrganisation,
    NoOrganisationHint,
    Deleting,
    DeletingHint,
    BeingDeleted { name: String },
    MyInvitations,
    NewOrganisation,
}

/// A page that there is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFoundText {
    Title,
    Hint,
}
