use crate::{FieldErrors, Form, Moment, Password, limit};
use serde::{Deserialize, Serialize};

/// Digits of a code that an authenticator app shows.
pub const CODE_DIGITS: usize = 6;

/// Recovery codes that are given out together.
pub const RECOVERY_CODES: usize = 10;

/// What is said where a code is to be entered and was not.
pub const CODE_MISSING: &str = "Enter the code that your app shows, or a recovery code.";

/// What is said once so many codes were wrong that the app's no longer count.
pub const APP_CODES_LOCKED: &str =
    "There were too many wrong codes, so your app's codes no longer work. Enter one of your recovery codes.";

/// How somebody's sign-in is kept: by the password alone, or by a code as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    pub set_up: Option<SecondFactorSetUp>,
    /// Begun and not confirmed yet.
    pub offer: Option<SecondFactorOffer>,
    /// The organisations of the reader that require one, with the day from which they do.
    pub required_by: Vec<(String, Moment)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorSetUp {
    pub at: Moment,
    pub recovery_codes: u64,
}

/// What an authenticator app has to know, and the codes for the day when it is lost. Shown until a code of
/// the app confirms it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorOffer {
    /// In Base32, in groups of four.
    pub key: String,
    /// The same for a camera.
    pub picture: QrCode,
    pub recovery_codes: Vec<String>,
}

/// The dark squares of a QR code, as the path of an SVG whose unit is a square.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    pub path: String,
    /// Squares on a side, with the quiet zone.
    pub side: u16,
}

/// Begins to set up a second factor, or turns it off. The password shows that it is the person who does, and where there
/// is a second factor already, a code as well: of the app, or a recovery code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmIdentity {
    pub password: Password,
    #[serde(default)]
    pub code: String,
}

impl Form for ConfirmIdentity {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.password.check_typed("password", errors);
        tidy(&mut self.code);
        if self.code.chars().count() > limit::NAME {
            errors.add("code", CODE_MISSING);
        }
    }
}

/// A code of the app, to show that it has the key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmByCode {
    pub code: String,
}

impl Form for ConfirmByCode {
    fn check(&mut self, errors: &mut FieldErrors) {
        tidy(&mut self.code);
        if !is_app_code(&self.code) {
            errors.add("code", format!("Type the {CODE_DIGITS} digits that the app shows."));
        }
    }
}

/// The second step of signing in: a code of the app, or a recovery code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInCode {
    pub code: String,
}

impl Form for SignInCode {
    fn check(&mut self, errors: &mut FieldErrors) {
        tidy(&mut self.code);
        if self.code.is_empty() || self.code.chars().count() > limit::NAME {
            errors.add("code", CODE_MISSING);
        }
    }
}

/// Whether a tidied code is one of an app; otherwise it may be a recovery code.
pub fn is_app_code(code: &str) -> bool {
    code.len() == CODE_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Codes are typed with blanks and hyphens, in small letters and large.
fn tidy(code: &mut String) {
    *code = code.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect();
}

/// What happened to somebody's two-factor authentication, for the letter that tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorNotice {
    SetUp,
    Replaced,
    Removed,
    RecoveryCodeUsed { left: u64 },
}

impl SecondFactorNotice {
    pub const fn subject(self) -> &'static str {
        match self {
            Self::SetUp => "Two-factor authentication is on",
            Self::Replaced => "Your authenticator app was replaced",
            Self::Removed => "Two-factor authentication is off",
            Self::RecoveryCodeUsed { .. } => "A recovery code was used",
        }
    }

    /// The letter, to somebody with this first name.
    pub fn letter(self, first_name: &str, public_url: &str) -> String {
        let happened = match self {
            Self::SetUp => {
                "Two-factor authentication was set up for your account. From now on you sign in with a code \
                from your authenticator app as well as your password."
                    .to_owned()
            }
            Self::Replaced => "A new authenticator app was set up for your account. The one from before and its \
                recovery codes no longer work."
                .to_owned(),
            Self::Removed => {
                "Two-factor authentication was turned off. From now on your password alone signs you in.".to_owned()
            }
            Self::RecoveryCodeUsed { left: 0 } => "Your last recovery code was used. Set up two-factor authentication \
                again to get new ones."
                .to_owned(),
            Self::RecoveryCodeUsed { left: 1 } => "One of your recovery codes was used. 1 is left.".to_owned(),
            Self::RecoveryCodeUsed { left } => format!("One of your recovery codes was used. {left} are left."),
        };
        format!(
            "Hello {first_name},\n\n{happened}\n\nIf this was not you, tell an admin of your organisation at \
             once.\n\n{public_url}/second-factor\n"
        )
    }
}
