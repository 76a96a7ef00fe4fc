use crate::{FieldErrors, Form, Moment, Password, Refusal};
use serde::{Deserialize, Serialize};

/// The address that somebody signs in with, and what they may do with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEmail {
    pub email: String,
    /// Another that waits for its confirmation.
    pub asked: Option<AskedEmail>,
    /// Whether they may change it themselves, or why not.
    pub change: Result<(), Refusal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedEmail {
    pub email: String,
    pub expires: Moment,
}

/// Asks for another address to sign in with; the password shows that it is the person who does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeEmail {
    pub email: String,
    pub password: Password,
}

impl Form for ChangeEmail {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.email("email", &mut self.email);
        self.password.check_typed("password", errors);
    }
}
