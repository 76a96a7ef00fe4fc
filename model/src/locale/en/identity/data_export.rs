use crate::{
    DataExportText,
    locale::en::{English, number},
};
use std::borrow::Cow;

impl English for DataExportText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Export my data",
            Self::Purpose => {
                "Get a JSON file with everything stored about you: your details, sessions, memberships, invitations, \
                 API keys and log entries. Passwords and other secrets aren't included."
            }
            Self::Start => "Prepare export",
            Self::StartAgain => "Prepare again",
            Self::Preparing => "Preparing your export…",
            Self::Progress { done, total } => {
                return format!("Preparing your export: {} of about {} records.", number(*done), number(*total)).into();
            }
            Self::Refresh => "Check again",
            Self::Ready => "Prepared {0}. The download expires {1}.",
            Self::Download => "Download",
        }
        .into()
    }
}
