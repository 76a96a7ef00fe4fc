use crate::{BrowserFamily, Device, OperatingSystem, PasskeysText, UsePasskeyText, locale::en::English};
use std::borrow::Cow;

impl English for PasskeysText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Passkeys",
            Self::Purpose => {
                "Sign in with your fingerprint, face, screen lock or security key instead of your password and a code."
            }
            Self::NeedsCode => "Turn on JavaScript in your browser to add or change passkeys.",
            Self::NeedsBrowser => "This browser can't use passkeys. Open this page in a current browser.",
            Self::NoPasskeys => "No passkeys yet.",
            Self::Passkeys => "Your passkeys",
            Self::AddedAt => "Added {0} · Never used",
            Self::AddedAndUsedAt => "Added {0} · Last used {1}",
            Self::Name => "Name",
            Self::SuggestedName(Device { browser: BrowserFamily::Other, system: OperatingSystem::Other }) => "Passkey",
            Self::SuggestedName(device) => return device.en(),
            Self::Add => "Add passkey",
            Self::Added => "Passkey added.",
            Self::NotMade => "No passkey was created. Try again when your device asks you to confirm.",
            Self::Rename => "Rename",
            Self::Renamed => "Passkey renamed.",
            Self::Remove => "Remove",
            Self::Removed => "Passkey removed.",
            Self::RemoveQuestion { name } => return format!("Remove {name}?").into(),
            Self::LastRequired { organisations } => {
                return match organisations.as_slice() {
                    [one] => {
                        format!("{one} requires two-factor authentication, so you can't remove your last passkey.")
                    }
                    several => format!(
                        "{} require two-factor authentication, so you can't remove your last passkey.",
                        several.join(", ")
                    ),
                }
                .into();
            }
        }
        .into()
    }
}

impl English for UsePasskeyText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::SignIn => "Sign in with a passkey",
            Self::InsteadOfCode => "Use a passkey",
            Self::NotShown => "No passkey was used. Try again, or sign in another way.",
            Self::Or => "or",
        }
        .into()
    }
}
