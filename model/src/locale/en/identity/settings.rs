use crate::{SettingsText, locale::en::English};
use std::borrow::Cow;

impl English for SettingsText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "My settings",
            Self::Purpose => "Your profile, how you sign in, and who has invited you. The same in all your accounts.",
            Self::Sections => "Sections",
        }
        .into()
    }
}
