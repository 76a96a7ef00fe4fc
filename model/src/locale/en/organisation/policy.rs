use crate::{
    PolicyText,
    locale::en::{English, number},
};
use std::borrow::Cow;

impl English for PolicyText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Policy",
            Self::Purpose => {
                "Rules that apply to everyone in the organisation. Changes are recorded in the data access log."
            }
            Self::Save => "Save",
            Self::Saved => "Policy saved.",
            Self::Undone => "Change undone.",
            Self::TwoFactorFrom => "Required from {0}.",
            Self::WithoutTwoFactor { people: 0 } => "Everyone has set it up.",
            Self::WithoutTwoFactor { people: 1 } => "1 person hasn't set it up.",
            Self::WithoutTwoFactor { people } => {
                return format!("{} people haven't set it up.", number(*people)).into();
            }
            Self::SeeWho => "See who",
            Self::Safer => "Safer defaults",
            Self::SaferQuestion => "Apply the safer defaults?",
            Self::SaferConsequence => "These settings will change immediately, for everyone:",
            Self::Setting => "Setting",
            Self::Now => "Now",
            Self::Then => "New",
            Self::SaferApplied => "Safer defaults applied.",
        }
        .into()
    }
}
