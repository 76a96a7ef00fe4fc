use crate::{CodeFault, FieldErrors, Form, Moment, PasskeyAnswer, Password, limit, text};
use serde::{Deserialize, Serialize};

/// Digits of a code that an authenticator app shows.
pub const CODE_DIGITS: usize = 6;

/// Recovery codes that are given out together.
pub const RECOVERY_CODES: usize = 10;

/// For how long a browser is remembered that asks for no second factor.
pub const REMEMBERED_DAYS: u16 = 30;

/// What somebody can show besides the password when they sign in. Any of them is a second factor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorMethods {
    /// A code of an authenticator app.
    pub app: bool,
    /// A code by text message: the end of the number it goes to, such as `•••• 4567`.
    pub phone: Option<String>,
    pub passkeys: bool,
}

impl FactorMethods {
    pub fn any(&self) -> bool {
        let Self { app, phone, passkeys } = self;
        *app || phone.is_some() || *passkeys
    }

    /// Whether codes are typed, besides recovery codes.
    pub fn codes(&self) -> bool {
        self.app || self.phone.is_some()
    }
}

/// What is asked of somebody whose password was right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondStep {
    pub methods: FactorMethods,
    /// Whether all organisations of theirs let a browser be remembered.
    pub may_remember: bool,
    /// No text message goes out now.
    pub is_sms_down: bool,
}

/// How somebody's sign-in is kept: by the password alone, or by a code as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    /// All that the reader has, whatever is set up here.
    pub methods: FactorMethods,
    /// Since when an app is set up.
    pub set_up: Option<Moment>,
    /// How many are left.
    pub recovery_codes: u64,
    /// Begun and not confirmed yet.
    pub offer: Option<SecondFactorOffer>,
    /// The organisations of the reader that require one, with the day from which they do.
    pub required_by: Vec<(String, Moment)>,
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

/// What shows that it is the person who does something: their password, or a code of their app or a text message, a
/// recovery code or a passkey. Where the last proof of the session is recent enough, a form may bring none of them; what changes a second
/// factor of somebody who has one always takes a code or a passkey.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmIdentity {
    #[serde(default)]
    pub password: Password,
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub passkey: PasskeyAnswer,
}

impl Form for ConfirmIdentity {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.password.check_length("password", errors);
        self.passkey.check("code", errors);
        check_code(&mut self.code, errors);
    }
}

/// A code that may be missing.
pub(super) fn check_code(code: &mut String, errors: &mut FieldErrors) {
    tidy(code);
    if code.chars().count() > limit::NAME {
        errors.add("code", CodeFault::Missing);
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
            errors.add("code", CodeFault::NotOfApp);
        }
    }
}

/// The second step of signing in: a code of the app or a text message, or a recovery code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInCode {
    pub code: String,
    /// Asks this browser for no second factor for [`REMEMBERED_DAYS`].
    #[serde(default)]
    pub remember: bool,
}

impl Form for SignInCode {
    fn check(&mut self, errors: &mut FieldErrors) {
        tidy(&mut self.code);
        if self.code.is_empty() || self.code.chars().count() > limit::NAME {
            errors.add("code", CodeFault::Missing);
        }
    }
}

/// Whether a tidied code may be one of an app or of a text message; otherwise it may be a recovery code.
pub fn is_app_code(code: &str) -> bool {
    code.len() == CODE_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Codes are typed with blanks and hyphens, in small letters and large, and with the digits of the keyboard.
pub(super) fn tidy(code: &mut String) {
    let letters = code.chars().filter(|c| !c.is_whitespace() && !text::is_hidden(*c) && *c != '-');
    *code = letters.map(plain_digit).flat_map(char::to_lowercase).collect();
}

/// The digit of ASCII for one of Arabic, Persian or Urdu, or of full width.
fn plain_digit(typed: char) -> char {
    let zero = match typed {
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '０'..='９' => '０',
        _ => return typed,
    };
    char::from_digit(u32::from(typed) - u32::from(zero), 10).unwrap_or(typed)
}

/// What happened to somebody's two-factor authentication, for the letter that tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorNotice {
    SetUp,
    Replaced,
    Removed,
    RecoveryCodeUsed {
        left: u64,
    },
    /// Another second factor is left.
    AppRemoved,
    PasskeyAdded,
    PasskeyRemoved,
    /// A copy of one may be in use somewhere else.
    PasskeyCopied,
    /// By somebody else: an admin, or whoever runs the installation.
    Reset,
    /// Codes by text message.
    SmsSetUp,
    SmsRemoved,
    CodesRenewed,
}
