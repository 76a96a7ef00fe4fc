use crate::{ApiKeyId, Facts, PermissionSet, Topic, UserId};
use serde::{Deserialize, Serialize};

/// What happens to users, their ways to sign in, and API keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityEvent {
    SignedIn,
    SignedOut,
    /// Nobody knows who it was.
    SignInFailed {
        user: UserId,
        wrong: Proof,
    },
    /// Somebody was shown a key for their app; it counts once it is confirmed.
    SecondFactorBegun,
    SecondFactorSet {
        user: UserId,
    },
    SecondFactorRemoved {
        user: UserId,
    },
    /// In the place of the app, which may be lost.
    RecoveryCodeUsed {
        left: u64,
    },
    /// Somebody asked for another address; it counts once it is confirmed.
    EmailAsked,
    /// Somebody asked for the letter that confirms their address once more.
    EmailConfirmationSent,
    EmailChanged {
        user: UserId,
        before: String,
        after: String,
    },
    /// Somebody showed that their address is theirs.
    EmailConfirmed {
        user: UserId,
    },
    /// Somebody else showed that the address of this login is theirs; it never was. The login is closed.
    EmailReclaimed {
        user: UserId,
    },
    ApiKeyCreated {
        key: ApiKeyId,
        name: String,
        permissions: PermissionSet,
    },
    ApiKeyUpdated {
        key: ApiKeyId,
        name: String,
        lost: PermissionSet,
        gained: PermissionSet,
    },
    /// It has another secret; the one before opens nothing any more.
    ApiKeyRotated {
        key: ApiKeyId,
        name: String,
    },
    ApiKeyRevoked {
        key: ApiKeyId,
        name: String,
    },
}

/// What somebody shows who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    Password,
    /// Of the second factor, once the password was right.
    Code,
}

impl IdentityEvent {
    pub(crate) fn facts(&self) -> Facts {
        match self {
            Self::SignedIn => Facts::of("session.create").records(0),
            Self::SignedOut => Facts::of("session.delete").records(0),
            Self::SignInFailed { user, .. } => {
                Facts::of("session.refuse").notable().about(*user).records(0).refused().collapsed()
            }
            Self::SecondFactorBegun => Facts::of("second_factor.begin"),
            Self::SecondFactorSet { user } => {
                Facts::of("second_factor.set").notable().on(Topic::Members).rights_of(*user)
            }
            Self::SecondFactorRemoved { user } => {
                Facts::of("second_factor.remove").notable().on(Topic::Members).rights_of(*user)
            }
            Self::RecoveryCodeUsed { .. } => Facts::of("recovery_code.use").notable(),
            Self::EmailAsked => Facts::of("email.ask"),
            Self::EmailConfirmationSent => Facts::of("email.send_confirmation"),
            Self::EmailChanged { user, .. } => Facts::of("email.change").notable().on(Topic::Members).rights_of(*user),
            Self::EmailConfirmed { user } => Facts::of("email.confirm").on(Topic::Members).rights_of(*user),
            Self::EmailReclaimed { user } => Facts::of("email.reclaim").grave().on(Topic::Members).rights_of(*user),
            Self::ApiKeyCreated { .. } => Facts::of("api_key.create").notable().on(Topic::ApiKeys),
            Self::ApiKeyUpdated { .. } => Facts::of("api_key.update").notable().on(Topic::ApiKeys),
            Self::ApiKeyRotated { .. } => Facts::of("api_key.rotate").notable().on(Topic::ApiKeys),
            Self::ApiKeyRevoked { .. } => Facts::of("api_key.revoke").notable().on(Topic::ApiKeys),
        }
    }

    /// What happened, after the name of who did it; `whom` is the other person, where there is one.
    pub(crate) fn sentence(&self, whom: &str) -> String {
        match self {
            Self::SignedIn => "signed in".to_owned(),
            Self::SignedOut => "signed out".to_owned(),
            Self::SignInFailed { wrong: Proof::Password, .. } => {
                format!("tried to sign in as {whom}: the password was wrong")
            }
            Self::SignInFailed { wrong: Proof::Code, .. } => format!("tried to sign in as {whom}: the code was wrong"),
            Self::SecondFactorBegun => "began to set up a second factor".to_owned(),
            Self::SecondFactorSet { .. } => "set up a second factor".to_owned(),
            Self::SecondFactorRemoved { .. } => "took away their second factor".to_owned(),
            Self::RecoveryCodeUsed { left } => format!("used a recovery code, {left} are left"),
            Self::EmailAsked => "asked for another e-mail address".to_owned(),
            Self::EmailConfirmationSent => "asked to confirm their e-mail address".to_owned(),
            Self::EmailChanged { .. } => "changed their e-mail address".to_owned(),
            Self::EmailConfirmed { .. } => "confirmed their e-mail address".to_owned(),
            Self::EmailReclaimed { .. } => {
                format!("proved to own the unconfirmed e-mail address of {whom}, whose login was closed")
            }
            Self::ApiKeyCreated { name, .. } => format!("made the API key {name}"),
            Self::ApiKeyUpdated { name, .. } => format!("changed what the API key {name} may do"),
            Self::ApiKeyRotated { name, .. } => format!("gave the API key {name} a new secret"),
            Self::ApiKeyRevoked { name, .. } => format!("revoked the API key {name}"),
        }
    }
}
