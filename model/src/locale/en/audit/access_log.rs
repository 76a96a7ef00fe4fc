use crate::{
    AccessEntryText, AccessLogText, DownloadText,
    locale::en::{English, count, number},
};
use std::borrow::Cow;

impl English for AccessLogText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Data access log",
            Self::Purpose => "Who accessed which data, from where, and whether they were allowed to.",
            Self::Time => "Time",
            Self::Who => "Who",
            Self::WhoHint => "Name of a person or API key",
            Self::Person => "Person",
            Self::OnePerson => "One person",
            Self::ApiKey => "API key",
            Self::OneKey => "One API key",
            Self::Period => "Period",
            Self::From => "From",
            Self::To => "To",
            Self::IpAddress => "IP address",
            Self::ActionPath => "Action path",
            Self::Permission => "Permission",
            Self::Records => "Records",
            Self::Result => "Result",
            Self::NoMatch => "No entries match. Change the filters to see more.",
            Self::RequestFrom => "{0} from {1}",
            Self::ActionPathHint => "/accounts",
            Self::IpAddresses => "IP addresses",
            Self::IpAddressesHint => "196.25.1.14, 41.13.8.90",
        }
        .into()
    }
}

impl English for AccessEntryText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Time => "Time",
            Self::LastTime => "Last time",
            Self::Person => "Person",
            Self::ApiKey => "API key",
            Self::AllEntries => "All entries",
            Self::Concerns => "Concerns",
            Self::Contact => "Contact",
            Self::ViewContact => "View contact",
            Self::Request => "Request",
            Self::IpAddress => "IP address",
            Self::Permission => "Permission",
            Self::PermissionPath => "{0} ({1})",
            Self::Action => "Action",
            Self::Records => "Records",
            Self::Result => "Result",
            Self::Reason => "Reason",
            Self::RequestId => "Request ID",
        }
        .into()
    }
}

impl English for DownloadText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Download => "Download",
            Self::Csv => "CSV, for spreadsheets",
            Self::JsonLines => "JSON Lines, for programs",
            Self::Preparing => "Preparing the file…",
            Self::Progress { rows, of } => {
                return format!("{} of {}", number(*rows), count(*of, "entry", "entries")).into();
            }
            Self::Saved { rows } => return format!("Downloaded {}.", count(*rows, "entry", "entries")).into(),
        }
        .into()
    }
}
