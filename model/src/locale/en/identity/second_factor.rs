use crate::{
    SecondFactorText,
    locale::en::{English, count},
};
use std::borrow::Cow;

impl English for SecondFactorText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Authenticator app",
            Self::Purpose => {
                "Sign in with a code from an authenticator app as well as your password. A stolen password alone won't \
                 be enough."
            }
            Self::On => "Authenticator app set up.",
            Self::Off => "Authenticator app removed.",
            Self::RequiredFrom => "{0} requires two-factor authentication from {1}.",
            Self::SetUpAt => "Set up {0}.",
            Self::CurrentCode => "Current code",
            Self::CurrentCodeHint => "From your authenticator app or a text message, or one of your recovery codes.",
            Self::RecoveryCode => "Recovery code",
            Self::RecoveryCodeHint => "Or use one of your passkeys.",
            Self::SetUp => "Set up",
            Self::Scan => "1. Scan this with an authenticator app",
            Self::QrCode => "QR code for your authenticator app",
            Self::EnterKey => "Or enter this key in the app:",
            Self::SaveCodes => "Save your recovery codes",
            Self::ThenSaveCodes => "2. Save your recovery codes",
            Self::SaveCodesHint => {
                "Each code signs you in once if you lose your phone. Save them now: they won't be shown again."
            }
            Self::RecoveryCodes => "Recovery codes",
            Self::RecoveryCodesPurpose => {
                "Each code signs you in once if you lose your phone, your passkey or your authenticator app."
            }
            Self::CodesLeft { recovery_codes: 0 } => "You have no recovery codes left.",
            Self::CodesLeft { recovery_codes } => {
                let codes = count(*recovery_codes, "recovery code", "recovery codes");
                return format!("You have {codes} left.").into();
            }
            Self::RenewCodes => "Get new codes",
            Self::RenewCodesHint => "Your current codes stop working.",
            Self::CodesRenewed => "Recovery codes replaced.",
            Self::CopyCodes => "Copy codes",
            Self::DownloadCodes => "Download codes",
            Self::PrintCodes => "Print codes",
            Self::EnterCode => "3. Enter the code from the app",
            Self::Code => "Code",
            Self::TurnOn => "Turn on",
            Self::SetUpAgain => "Set up again",
            Self::SetUpAgainHint => "For a new phone. Your current setup stays active until you confirm the new one.",
            Self::Required { organisations } => {
                return match organisations.as_slice() {
                    [one] => format!("{one} requires two-factor authentication, so you can't remove it."),
                    several => {
                        format!("{} require two-factor authentication, so you can't remove it.", several.join(", "))
                    }
                }
                .into();
            }
            Self::TurnOff => "Remove app",
            Self::TurnOffHint => "You'll then sign in with your password alone.",
        }
        .into()
    }
}
