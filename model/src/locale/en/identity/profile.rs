use crate::{ProfileText, locale::en::English};
use std::borrow::Cow;

impl English for ProfileText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Profile".into(),
            Self::Purpose => "Other members of your organisations see your name and e-mail address.".into(),
            Self::FirstName => "First name".into(),
            Self::LastName => "Last name".into(),
            Self::Saved => "Profile saved.".into(),
            Self::Email => "E-mail address".into(),
            Self::Confirmed => "Confirmed".into(),
            Self::Unconfirmed => "Not confirmed".into(),
            Self::ChangeEmail => "Change e-mail address".into(),
            Self::ConfirmEmail => "Confirm e-mail address".into(),
            Self::Mobile => "Mobile number".into(),
            Self::ChangeMobile => "Change mobile number".into(),
            Self::AddMobile => "Add mobile number".into(),
            Self::Roles => "Your roles".into(),
            Self::AccountOf { account, organisation } => format!("{account}, in {organisation}").into(),
            Self::ChangedBy(names) => match names.as_slice() {
                [] => "An admin can change it.".into(),
                [one] => format!("{one} can change it.").into(),
                [others @ .., last] => format!("{} or {last} can change it.", others.join(", ")).into(),
            },
            Self::Owner => "To give it up, transfer ownership on the Organisation page.".into(),
            Self::NoRoles => "You're not a member of any account.".into(),
            Self::MoreRoles => {
                "You have more roles than are shown here. Open an account to see your role in it.".into()
            }
        }
    }
}
