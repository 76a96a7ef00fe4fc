use crate::{FieldErrors, Form, Moment, Password, Refusal};
use serde::{Deserialize, Serialize};

/// The address that somebody signs in with, and what they may do with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEmail {
    pub email: String,
    /// Whether the address was shown to be theirs.
    pub confirmed: bool,
    /// One that waits for its confirmation: another, or this one.
    pub asked: Option<PendingEmail>,
    /// Whether they may change it themselves, or why not.
    pub change: Result<(), Refusal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingEmail {
    pub email: String,
    pub expires: Moment,
}

/// What the link in a letter about an address opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenEmail {
    pub email: String,
    /// Whether it takes the place of another address.
    pub is_new: bool,
    /// Whether the reader is signed in with the login that it is for. Elsewhere its password is asked for.
    pub is_mine: bool,
}

/// Confirms an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmEmail {
    pub secret: String,
    /// Empty for somebody who is signed in with the login that it is for.
    #[serde(default)]
    pub password: Password,
}

impl Form for ConfirmEmail {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.password.check_length("password", errors);
    }
}

/// What the link in the letter to an address opens that somebody signed in with before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenEmailUndo {
    pub email: String,
    pub expires: Moment,
    /// What the button of this page sends besides the secret in its address.
    pub page_value: String,
}

/// Signs in with the address from before again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoEmailChange {
    pub secret: String,
    /// As in [`OpenEmailUndo`]: only who has the page sends it.
    #[serde(default)]
    pub page_value: String,
}

impl Form for UndoEmailChange {
    fn check(&mut self, _: &mut FieldErrors) {}
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
