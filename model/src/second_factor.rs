use crate::{FieldErrors, Form, Moment, Password, limit};
use serde::{Deserialize, Serialize};

/// Digits of a code that an authenticator app shows.
pub const CODE_DIGITS: usize = 6;

/// Recovery codes that are given out together.
pub const RECOVERY_CODES: usize = 10;

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

/// Begins to set up a second factor, or takes it away; the password shows that it is the person who does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmByPassword {
    pub password: Password,
}

impl Form for ConfirmByPassword {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.password.check_typed("password", errors);
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
            errors.add("code", "Type the code that the app shows, or a recovery code.");
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
