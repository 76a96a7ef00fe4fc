use super::English;
use crate::{ActionText, ConsolePage, ConsoleSection, FrameText, OwnMenuText, SearchText, SwitcherText};
use std::borrow::Cow;

impl English for ConsolePage {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Overview => "Overview",
            Self::AccessExplorer => "Access explorer",
            Self::PlatformEvents => "Platform events",
            Self::Policy => "Policy",
            Self::Settings => "My settings",
        }
        .into()
    }
}

impl English for ConsoleSection {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Work => "Work",
            Self::Access => "Access",
            Self::Organisation => "Organisation",
        }
        .into()
    }
}

impl English for FrameText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::SkipToContent => "Skip to content",
            Self::Pages => "Pages",
            Self::ConfirmEmail => "Confirm your e-mail address: open the link in the message we sent to {0}. {1}",
            Self::SendAgain => "Send it again",
            // An hour or a date: "in 5 h", "21 Nov, 23:04".
            Self::TwoFactorDue => "This organisation requires two-factor authentication. Deadline: {0}. {1}",
            Self::SetUpTwoFactor => "Set it up now",
            Self::OpenMenu => "Open menu",
            Self::Breadcrumb => "Breadcrumb",
            Self::Live => "Live",
            Self::Reconnecting => "Reconnecting…",
        }
        .into()
    }
}

impl English for OwnMenuText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Label => "My menu",
            Self::Theme => "Theme",
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::System => "System",
            Self::Settings => "My settings",
        }
        .into()
    }
}

impl English for SearchText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Open => "Search or jump to a page",
            Self::Prompt => "Search or jump to…",
            Self::Keys => "Ctrl K",
            Self::Examples => "Pages, actions, people, contacts, campaigns…",
            Self::Results => "Results",
            Self::Pages => "Pages",
            Self::Actions => "Actions",
            Self::People => "People",
            Self::Contacts => "Contacts",
            Self::Campaigns => "Campaigns",
            Self::ApiKeys => "API keys",
            Self::Accounts => "Accounts",
            Self::NoMatch { searched } => return format!("Nothing matches “{searched}”.").into(),
        }
        .into()
    }
}

impl English for ActionText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::InvitePeople => "Invite people",
            Self::NewContact => "New contact",
            Self::NewCampaign => "New campaign",
            Self::NewApiKey => "New API key",
            Self::LightTheme => "Switch to light theme",
            Self::DarkTheme => "Switch to dark theme",
            Self::SystemTheme => "Switch to system theme",
            Self::SignOut => "Sign out",
        }
        .into()
    }
}

impl English for SwitcherText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Label { organisation } => return format!("Switch account, now in {organisation}").into(),
            Self::Find => "Find an account",
            Self::NewOrganisation => "New organisation",
            Self::BeingDeleted => "Being deleted",
            Self::More => "There are more accounts. Search to find them.",
            Self::NoMatch => "No accounts match.",
            Self::MaybeMore => "There may be more. Type more of the name to narrow them down.",
            Self::NoAccess => "No access",
        }
        .into()
    }
}
