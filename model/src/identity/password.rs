use crate::{FieldErrors, limit};
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

    /// Notes what keeps this from being anybody's password.
    pub fn check_typed(&self, field: &'static str, errors: &mut FieldErrors) {
        if self.0.is_empty() {
            errors.add(field, "Type your password.");
        } else if self.0.chars().count() > limit::PASSWORD {
            errors.add(field, "This is longer than any password here.");
        }
    }

    /// Notes what is too long to be a password, typed or not.
    pub fn check_length(&self, field: &'static str, errors: &mut FieldErrors) {
        if self.0.chars().count() > limit::PASSWORD {
            errors.add(field, format!("Keep it to {} characters.", limit::PASSWORD));
        }
    }

    /// Notes what keeps this from being a new password.
    pub fn check_new(&self, field: &'static str, errors: &mut FieldErrors) {
        if self.0.chars().count() > limit::PASSWORD {
            errors.add(field, format!("Keep it to {} characters.", limit::PASSWORD));
        } else if let Some(rule) = PasswordRule::ALL.into_iter().find(|rule| !rule.holds(&self.0)) {
            errors.add(field, format!("The password needs {}.", rule.label()));
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What a new password must have (seed 001, "Change Password").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRule {
    Length,
    Lower,
    Upper,
    Digit,
    Special,
}

impl PasswordRule {
    pub const ALL: [Self; 5] = [Self::Length, Self::Lower, Self::Upper, Self::Digit, Self::Special];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Length => "10 characters",
            Self::Lower => "a lower-case letter",
            Self::Upper => "an upper-case letter",
            Self::Digit => "a number",
            Self::Special => "a special character",
        }
    }

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
