use crate::{PlatformEventsText, locale::en::English};
use std::borrow::Cow;

impl English for PlatformEventsText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Platform events",
            Self::Purpose => "What your messaging platform reports. Kept for 90 days.",
            Self::Kind => "Kind",
            Self::Event => "Event",
            Self::Account => "Account",
            Self::Id => "ID",
            Self::Time => "Time",
            Self::NoMatch => "No platform events match.",
            Self::Empty => "No platform events yet. Your platform reports them with an API key.",
        }
        .into()
    }
}
