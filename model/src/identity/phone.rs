use super::second_factor::{check_code, is_app_code, tidy};
use crate::{
    CodeFault, ConfirmIdentity, Country, FactorMethods, FieldErrors, FieldFault, Form, Moment, PasskeyAnswer, Password,
    Refusal, SmsState, limit, mobile_number, text,
};
use serde::{Deserialize, Serialize};

id! {
    /// A code that went out by text message.
    SmsCodeId
}

/// How long the code of a text message works.
pub const SMS_CODE_MINUTES: u64 = 10;

/// Another is sent at the earliest after this.
pub const SMS_RESEND_SECONDS: u64 = 30;

/// The mobile number of the reader, and what they may do with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPhone {
    pub verified: Option<VerifiedPhone>,
    /// One that waits for the code that was sent to it, in this session.
    pub asked: Option<PendingPhone>,
    /// What their sign-in takes besides the password.
    pub methods: FactorMethods,
    pub sms: SmsState,
    /// Where the form for a number begins.
    pub country: Country,
    /// Whether they may sign in without codes by text message, or why not.
    pub remove: Result<(), Refusal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedPhone {
    /// In groups.
    pub number: String,
    pub at: Moment,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingPhone {
    /// In groups.
    pub number: String,
    pub expires: Moment,
}

/// Asks for a mobile number, which a code in a text message verifies. The password shows that it is the person who does,
/// and where there is a second factor, a code or a passkey as well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePhone {
    /// The one that a number without its own belongs to.
    #[serde(default)]
    pub country: Country,
    /// As people type it; once it is checked by the service, in E.164.
    pub number: String,
    pub password: Password,
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub passkey: PasskeyAnswer,
}

impl ChangePhone {
    /// The number, and what shows who asks.
    pub fn split(self) -> (String, ConfirmIdentity) {
        let Self { country: _, number, password, code, passkey } = self;
        (number, ConfirmIdentity { password, code, passkey })
    }
}

impl Form for ChangePhone {
    fn check(&mut self, errors: &mut FieldErrors) {
        if matches!(self.country, Country::Typed(_)) {
            errors.add("country", FieldFault::CountryNotListed);
        }
        // Copied from an address book it comes wrapped in marks of direction.
        self.number.retain(|letter| !text::is_hidden(letter));
        errors.required("number", &mut self.number, limit::NAME);
        if errors.get("number").is_none() {
            match mobile_number(&self.number, self.country.code()) {
                Ok(number) => self.number = number,
                Err(fault) => errors.add("number", fault),
            }
        }
        self.password.check_typed("password", errors);
        self.passkey.check("code", errors);
        check_code(&mut self.code, errors);
    }
}

/// The code of a text message, to show that its reader has the number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmPhone {
    pub code: String,
}

impl Form for ConfirmPhone {
    fn check(&mut self, errors: &mut FieldErrors) {
        tidy(&mut self.code);
        if !is_app_code(&self.code) {
            errors.add("code", CodeFault::NotOfMessage);
        }
    }
}

/// A code is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsCodeSent {
    /// The end of the number.
    pub to: String,
}

/// What happened to somebody's mobile number, for the letter that tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneNotice {
    Changed,
    Removed,
}
