use crate::{CodeFault, Device, FactorMethods, FieldErrors, FieldFault, Form, Moment, Password, limit};
use serde::{Deserialize, Serialize};
use std::fmt;

id! {
    /// A key pair of somebody's device, or of their password manager.
    PasskeyId
}

/// The passkeys of the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkeys {
    /// In the order in which they were added.
    pub passkeys: Vec<Passkey>,
    pub methods: FactorMethods,
    /// The browser and system of the reader, after which a new one may be called.
    pub device: Device,
    /// Whether they can be used here at all: they belong to a name, and the installation may have none.
    pub possible: bool,
    /// The organisations of the reader that require a second factor, where the last one cannot be removed.
    pub last_required_by: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    pub id: PasskeyId,
    pub name: String,
    pub created: Moment,
    pub last_used: Option<Moment>,
}

/// What a browser is to make or show a passkey by: options of the Web Authentication API, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasskeyOptions(pub String);

/// What the browser answered, as JSON; empty where no passkey was used.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasskeyAnswer(pub String);

impl PasskeyAnswer {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes an answer that no browser gives.
    pub fn check(&self, field: &'static str, errors: &mut FieldErrors) {
        if self.0.len() > limit::PASSKEY_ANSWER {
            errors.add(field, CodeFault::Passkey);
        }
    }
}

impl fmt::Debug for PasskeyAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasskeyAnswer(…)")
    }
}

/// Keeps a passkey that the browser made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddPasskey {
    pub name: String,
    pub passkey: PasskeyAnswer,
}

impl Form for AddPasskey {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.name("name", &mut self.name);
        self.passkey.check("passkey", errors);
        if self.passkey.is_empty() {
            errors.add("passkey", FieldFault::Required);
        }
    }
}

/// What adding one gave besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyAdded {
    /// Made with the first second factor, and shown this one time; none for somebody who has some.
    pub recovery_codes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenamePasskey {
    pub id: PasskeyId,
    pub name: String,
}

impl Form for RenamePasskey {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.name("name", &mut self.name);
    }
}

/// Removes a passkey; see [`crate::ConfirmIdentity`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovePasskey {
    pub id: PasskeyId,
    #[serde(default)]
    pub password: Password,
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub passkey: PasskeyAnswer,
}

/// Asks what to show a passkey by, before anybody is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginPasskeySignIn {
    /// As it was typed; empty where the passkey says who it is.
    pub email: String,
}

impl Form for BeginPasskeySignIn {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.email = crate::canonical_email(&self.email);
        errors.optional("email", &mut self.email, limit::EMAIL);
    }
}

/// Signs in by a passkey alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeySignIn {
    pub passkey: PasskeyAnswer,
    /// The page to go to afterwards: a path of this site.
    #[serde(default)]
    pub then: String,
}

impl Form for PasskeySignIn {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.passkey.check("passkey", errors);
        if !crate::is_local_path(&self.then) {
            self.then.clear();
        }
    }
}

/// The second step of signing in, by a passkey.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeySecondStep {
    pub passkey: PasskeyAnswer,
    /// As [`crate::SignInCode::remember`].
    #[serde(default)]
    pub remember: bool,
}

impl Form for PasskeySecondStep {
    fn check(&mut self, errors: &mut FieldErrors) {
        self.passkey.check("passkey", errors);
    }
}
