use crate::{AccountId, ConfirmIdentity, FactorMethods, FieldErrors, Form, Moment, PasskeyAnswer, Password};
use serde::{Deserialize, Serialize};
use std::mem;

/// Deletes the reader's own login. The address, the password and, where there is a second factor, a code or a passkey show
/// that they mean it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteUser {
    /// Their own, typed once more.
    pub email: String,
    pub password: Password,
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub passkey: PasskeyAnswer,
}

impl DeleteUser {
    /// The address, and what shows who they are.
    pub fn into_proof(self) -> (String, ConfirmIdentity) {
        let Self { email, password, code, passkey } = self;
        (email, ConfirmIdentity { password, code, passkey })
    }
}

impl Form for DeleteUser {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.email("email", &mut self.email);
        let (email, mut identity) = mem::take(self).into_proof();
        identity.check(errors);
        let ConfirmIdentity { password, code, passkey } = identity;
        *self = Self { email, password, code, passkey };
    }
}

/// What goes with the reader's login, and what keeps them from deleting it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDeletion {
    pub email: String,
    /// Each has to be another's, or be gone, before.
    pub owned: Vec<OwnedOrganisation>,
    pub contents: UserContents,
    /// Any of these is asked for besides the password.
    pub methods: FactorMethods,
}

/// An organisation that somebody owns who wants to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedOrganisation {
    /// Its first account.
    pub account: AccountId,
    pub name: String,
    /// When it is gone, for one that is being deleted.
    pub ends: Option<Moment>,
}

/// What of a user is counted before it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserContents {
    /// That they are a member of.
    pub organisations: u64,
    /// Keys of theirs that work.
    pub api_keys: u64,
    /// That they sent and that wait for an answer.
    pub invitations: u64,
}
