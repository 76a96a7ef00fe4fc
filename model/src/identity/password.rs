use crate::{FieldErrors, FieldFault, Form, Moment, PasswordFault, limit};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A password as it was typed. It cannot be printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The characters themselves, for hashing alone.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes what keeps this from being anybody's password.
    pub fn check_typed(&self, field: &'static str, errors: &mut FieldErrors) {
        if self.0.is_empty() {
            errors.add(field, PasswordFault::Missing);
        } else if self.0.chars().count() > limit::PASSWORD {
            errors.add(field, PasswordFault::TooLong);
        }
    }

    /// Notes what is too long to be a password, typed or not.
    pub fn check_length(&self, field: &'static str, errors: &mut FieldErrors) {
        if self.0.chars().count() > limit::PASSWORD {
            errors.add(field, FieldFault::TooLong { limit: limit::PASSWORD });
        }
    }

    /// Notes what keeps this from being a new password.
    pub fn check_new(&self, field: &'static str, errors: &mut FieldErrors) {
        if self.0.chars().count() > limit::PASSWORD {
            errors.add(field, FieldFault::TooLong { limit: limit::PASSWORD });
        } else if let Some(rule) = PasswordRule::ALL.into_iter().find(|rule| !rule.holds(&self.0)) {
            errors.add(field, PasswordFault::Lacks(rule));
        }
    }
}

impl Password {
    /// As [`Password::check_new`], for one that is typed twice; `first` and `second` name the fields.
    fn check_repeated(&self, first: &'static str, repeated: &Self, second: &'static str, errors: &mut FieldErrors) {
        self.check_new(first, errors);
        if self != repeated {
            errors.add(second, PasswordFault::NotRepeated);
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What a new password must have (seed 001, "Change Password").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordRule {
    Length,
    Lower,
    Upper,
    Digit,
    Special,
}

impl PasswordRule {
    pub const ALL: [Self; 5] = [Self::Length, Self::Lower, Self::Upper, Self::Digit, Self::Special];

    pub fn holds(self, password: &str) -> bool {
        match self {
            Self::Length => password.chars().count() >= 10,
            Self::Lower => password.chars().any(char::is_lowercase),
            Self::Upper => password.chars().any(char::is_uppercase),
            Self::Digit => password.chars().any(char::is_numeric),
            Self::Special => password.chars().any(|c| !c.is_alphanumeric() && !c.is_control()),
        }
    }
}

id! {
    /// A request for a new password in the place of a forgotten one.
    PasswordResetId
}

/// Changes the password; the current one shows who does it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePassword {
    pub password: Password,
    pub new_password: Password,
    pub repeated_password: Password,
}

impl Form for ChangePassword {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.password.check_typed("password", errors);
        self.new_password.check_repeated("new_password", &self.repeated_password, "repeated_password", errors);
        if !self.password.0.is_empty() && self.new_password == self.password {
            errors.add("new_password", PasswordFault::Unchanged);
        }
    }
}

/// Asks for a link to choose a new password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskPasswordReset {
    pub email: String,
}

impl Form for AskPasswordReset {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.email("email", &mut self.email);
    }
}

/// What that link opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPasswordReset {
    /// Of the login whose password it is.
    pub email: String,
    pub expires: Moment,
}

/// Chooses a new password by such a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetPassword {
    pub secret: String,
    pub new_password: Password,
    pub repeated_password: Password,
}

impl Form for ResetPassword {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.new_password.check_repeated("new_password", &self.repeated_password, "repeated_password", errors);
    }
}
