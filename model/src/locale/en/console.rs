use super::English;
use crate::{BeingDeletedText, ClosedText, ErrorPageText, HomeText, NotFoundText, OutboxText};
use std::borrow::Cow;

impl English for HomeText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::NoOrganisation => "You're not a member of any organisation",
            Self::NoOrganisationHint => "Ask an admin to invite you.",
            Self::Deleting => "You have no active organisation",
            Self::DeletingHint => "The owner can still restore an organisation that is being deleted.",
            Self::BeingDeleted { name } => return format!("{name} is being deleted").into(),
            Self::MyInvitations => "My invitations",
            Self::NewOrganisation => "New organisation",
        }
        .into()
    }
}

impl English for NotFoundText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Page not found",
            Self::Hint => "It doesn't exist, or you don't have access.",
        }
        .into()
    }
}

impl English for ClosedText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::AccessEnded { account } => return format!("You no longer have access to {account}").into(),
            Self::AskAdmin => "Ask an admin if this is a mistake.",
            Self::NotFound => "Page not found",
            Self::Suspended => "Your access is suspended",
            Self::AskToRestore => "Ask an admin of the organisation to restore it.",
            Self::TwoFactorRequired => "Two-factor authentication required",
            Self::SetUpTwoFactor => "Set up two-factor authentication",
        }
        .into()
    }
}

impl English for BeingDeletedText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "This organisation is being deleted".into(),
            Self::ByReader { organisation, ends } => format!(
                "You deleted {organisation}. It will be permanently deleted on {}. Until then you can restore it.",
                ends.exact
            )
            .into(),
            Self::By { owner, organisation, ends } => format!(
                "{owner} deleted {organisation}. It will be permanently deleted on {}. Ask {owner} to restore it if \
                 this is a mistake.",
                ends.exact
            )
            .into(),
            Self::WithOwner { organisation, ends } => format!(
                "The owner's login was closed, and nobody else can own {organisation}. It will be permanently deleted \
                 on {}.",
                ends.exact
            )
            .into(),
            Self::Since(deleted) => format!("Deleted on {}", deleted.exact).into(),
            Self::Restore => "Restore organisation".into(),
        }
    }
}

impl English for ErrorPageText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "This page can't be shown",
            Self::AnotherUser => "You're signed in as someone else",
            Self::Failed => "Something went wrong on our side. Try again.",
        }
        .into()
    }
}

impl English for OutboxText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Outbox",
            Self::Purpose => {
                "Messages that weren't sent, because no mail server or SMS gateway is set up. This page exists only on this machine."
            }
            Self::Empty => "No messages yet. Invite someone, then reload this page.",
            Self::Closed => {
                "Open the address that the server printed in its terminal when it started. It begins with “outbox:”."
            }
            Self::To { address } => return format!("To {address}").into(),
            Self::Letters => "E-mails",
            Self::TextMessages => "Text messages",
        }
        .into()
    }
}
