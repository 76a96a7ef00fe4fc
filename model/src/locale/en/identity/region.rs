use crate::{RegionText, locale::en::English};
use std::borrow::Cow;

impl English for RegionText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Region".into(),
            Self::Purpose => {
                "Dates in pages, e-mails and downloads are in your time zone. Forms for a new address start with your country."
                    .into()
            }
            Self::Country => "Country".into(),
            Self::NoCountry => "Not set".into(),
            Self::TimeZone => "Time zone".into(),
            Self::TimeZoneHint(browser) => {
                format!("Type a city, or choose from the list. Leave empty to follow your device: {browser}.").into()
            }
            Self::Saved => "Region saved.".into(),
        }
    }
}
