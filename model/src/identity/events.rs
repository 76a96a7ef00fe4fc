use crate::{ApiKeyId, Facts, PermissionSet, SensitiveAction, Topic, UserId};
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
    PasskeyAdded {
        user: UserId,
        name: String,
    },
    PasskeyRenamed {
        user: UserId,
        before: String,
        after: String,
    },
    PasskeyRemoved {
        user: UserId,
        name: String,
    },
    /// It counted no further than before: a copy of it may be in use somewhere else. It signed nobody in.
    PasskeyCopied {
        user: UserId,
        name: String,
    },
    /// Somebody else took away all that they sign in with besides the password.
    SecondFactorReset {
        user: UserId,
    },
    /// Neither name stands here: an entry names people as they are called when it is read.
    NameChanged {
        user: UserId,
    },
    RegionChanged,
    PasswordChanged {
        user: UserId,
    },
    /// By the link of a letter, in the place of a forgotten one.
    PasswordReset {
        user: UserId,
    },
    /// By the link of the letter to the address from before.
    EmailRestored {
        user: UserId,
        before: String,
        after: String,
    },
    /// Somebody deleted their own login. From then on the log knows them by no name.
    UserDeleted {
        user: UserId,
    },
    /// Somebody asked for a file with all that there is about them.
    DataExportRequested,
    DataExportDownloaded,
    /// Somebody who is signed in showed once more who they are.
    IdentityConfirmed,
    /// Somebody ended sessions of their own in other browsers.
    SessionsClosed {
        sessions: u64,
    },
    /// Somebody asked for a mobile number; it counts once it is verified. No number stands in the log, which outlives it.
    PhoneAsked,
    PhoneChanged {
        user: UserId,
    },
    PhoneRemoved {
        user: UserId,
    },
    /// From now on a code by text message signs in, besides the password.
    SmsFactorSet {
        user: UserId,
    },
    SmsFactorRemoved {
        user: UserId,
    },
    /// New ones took the place of those that there were.
    RecoveryCodesRenewed {
        user: UserId,
    },
    /// By somebody who has shown the password, or is signed in.
    SmsCodeSent {
        user: UserId,
    },
}

/// What somebody shows who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    Password,
    /// Of the second factor, once the password was right.
    Code,
    Passkey,
}

impl IdentityEvent {
    pub(crate) fn facts(&self) -> Facts {
        match self {
            Self::SignedIn => Facts::of("session.create").records(0),
            Self::SignedOut => Facts::of("session.delete").records(0),
            Self::SignInFailed { user, .. } => {
                Facts::of("session.refuse").notable().about(*user).records(0).refused().collapsed()
            }
            Self::SecondFactorBegun => Facts::of("second_factor.begin").sensitive(SensitiveAction::Factors),
            Self::SecondFactorSet { user } => {
                let facts = Facts::of("second_factor.set").notable().on(Topic::Members).rights_of(*user);
                facts.sensitive(SensitiveAction::Factors)
            }
            Self::SecondFactorRemoved { user } => {
                let facts = Facts::of("second_factor.remove").notable().on(Topic::Members).rights_of(*user);
                facts.sensitive(SensitiveAction::Factors)
            }
            Self::RecoveryCodeUsed { .. } => Facts::of("recovery_code.use").notable(),
            Self::EmailAsked => Facts::of("email.ask").sensitive(SensitiveAction::Email),
            Self::EmailConfirmationSent => Facts::of("email.send_confirmation"),
            Self::EmailChanged { user, .. } => Facts::of("email.change").notable().on(Topic::Members).rights_of(*user),
            Self::EmailConfirmed { user } => Facts::of("email.confirm").on(Topic::Members).rights_of(*user),
            Self::EmailReclaimed { user } => Facts::of("email.reclaim").grave().on(Topic::Members).rights_of(*user),
            Self::ApiKeyCreated { .. } => {
                Facts::of("api_key.create").notable().on(Topic::ApiKeys).sensitive(SensitiveAction::ApiKey)
            }
            Self::ApiKeyUpdated { .. } => Facts::of("api_key.update").notable().on(Topic::ApiKeys),
            Self::ApiKeyRotated { .. } => {
                Facts::of("api_key.rotate").notable().on(Topic::ApiKeys).sensitive(SensitiveAction::ApiKey)
            }
            Self::ApiKeyRevoked { .. } => Facts::of("api_key.revoke").notable().on(Topic::ApiKeys),
            Self::PasskeyAdded { user, .. } => {
                let facts = Facts::of("passkey.add").notable().on(Topic::Members).rights_of(*user);
                facts.sensitive(SensitiveAction::Factors)
            }
            Self::PasskeyRenamed { user, .. } => Facts::of("passkey.rename").about(*user),
            Self::PasskeyRemoved { user, .. } => {
                let facts = Facts::of("passkey.remove").notable().on(Topic::Members).rights_of(*user);
                facts.sensitive(SensitiveAction::Factors)
            }
            Self::PasskeyCopied { user, .. } => Facts::of("passkey.copy").grave().about(*user).records(0).refused(),
            Self::SecondFactorReset { user } => {
                let facts = Facts::of("second_factor.reset").grave().on(Topic::Members).rights_of(*user);
                facts.sensitive(SensitiveAction::Factors)
            }
            Self::NameChanged { user } => Facts::of("name.change").notable().on(Topic::Members).rights_of(*user),
            Self::RegionChanged => Facts::of("region.change").on(Topic::Region),
            Self::PasswordChanged { user } => {
                Facts::of("password.change").notable().about(*user).sensitive(SensitiveAction::Password)
            }
            Self::PasswordReset { user } => Facts::of("password.reset").notable().about(*user),
            Self::EmailRestored { user, .. } => Facts::of("email.restore").grave().on(Topic::Members).rights_of(*user),
            Self::UserDeleted { user } => Facts::of("user.delete")
                .grave()
                .on(Topic::Members)
                .rights_of(*user)
                .sensitive(SensitiveAction::Deletion),
            Self::DataExportRequested => {
                Facts::of("data_export.create").notable().sensitive(SensitiveAction::DataExport)
            }
            Self::DataExportDownloaded => Facts::of("data_export.download").notable(),
            Self::IdentityConfirmed => Facts::of("identity.confirm").records(0),
            Self::SessionsClosed { sessions } => Facts::of("session.close").notable().records(*sessions),
            Self::PhoneAsked => Facts::of("phone.ask").sensitive(SensitiveAction::Phone),
            Self::PhoneChanged { user } => {
                Facts::of("phone.change").notable().rights_of(*user).sensitive(SensitiveAction::Phone)
            }
            Self::PhoneRemoved { user } => {
                Facts::of("phone.remove").notable().rights_of(*user).sensitive(SensitiveAction::Phone)
            }
            Self::SmsFactorSet { user } => {
                let facts = Facts::of("sms_factor.set").notable().on(Topic::Members).rights_of(*user);
                facts.sensitive(SensitiveAction::Factors)
            }
            Self::SmsFactorRemoved { user } => {
                let facts = Facts::of("sms_factor.remove").notable().on(Topic::Members).rights_of(*user);
                facts.sensitive(SensitiveAction::Factors)
            }
            Self::RecoveryCodesRenewed { user } => {
                Facts::of("recovery_codes.renew").notable().about(*user).sensitive(SensitiveAction::Factors)
            }
            Self::SmsCodeSent { user } => Facts::of("sms_code.send").about(*user),
        }
    }

    /// The same without what tells who somebody is, for the log of a user who was deleted; `None` where an event holds
    /// nothing of the kind. The ids stay: nothing leads from them to anybody.
    pub(crate) fn pseudonymised(&self) -> Option<Self> {
        match self {
            Self::EmailChanged { user, .. } => {
                Some(Self::EmailChanged { user: *user, before: String::new(), after: String::new() })
            }
            Self::EmailRestored { user, .. } => {
                Some(Self::EmailRestored { user: *user, before: String::new(), after: String::new() })
            }
            Self::PasskeyAdded { user, .. } => Some(Self::PasskeyAdded { user: *user, name: String::new() }),
            Self::PasskeyRenamed { user, .. } => {
                Some(Self::PasskeyRenamed { user: *user, before: String::new(), after: String::new() })
            }
            Self::PasskeyRemoved { user, .. } => Some(Self::PasskeyRemoved { user: *user, name: String::new() }),
            Self::PasskeyCopied { user, .. } => Some(Self::PasskeyCopied { user: *user, name: String::new() }),
            Self::SignedIn
            | Self::SignedOut
            | Self::SignInFailed { .. }
            | Self::SecondFactorBegun
            | Self::SecondFactorSet { .. }
            | Self::SecondFactorRemoved { .. }
            | Self::RecoveryCodeUsed { .. }
            | Self::EmailAsked
            | Self::EmailConfirmationSent
            | Self::EmailConfirmed { .. }
            | Self::EmailReclaimed { .. }
            | Self::ApiKeyCreated { .. }
            | Self::ApiKeyUpdated { .. }
            | Self::ApiKeyRotated { .. }
            | Self::ApiKeyRevoked { .. }
            | Self::NameChanged { .. }
            | Self::RegionChanged
            | Self::PasswordChanged { .. }
            | Self::PasswordReset { .. }
            | Self::UserDeleted { .. }
            | Self::DataExportRequested
            | Self::DataExportDownloaded
            | Self::IdentityConfirmed
            | Self::SessionsClosed { .. }
            | Self::SecondFactorReset { .. }
            | Self::PhoneAsked
            | Self::PhoneChanged { .. }
            | Self::PhoneRemoved { .. }
            | Self::SmsFactorSet { .. }
            | Self::SmsFactorRemoved { .. }
            | Self::RecoveryCodesRenewed { .. }
            | Self::SmsCodeSent { .. } => None,
        }
    }
}
