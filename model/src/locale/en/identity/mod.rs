mod api_keys;
mod data_export;
mod email_change;
mod passkeys;
mod password;
mod phone;
mod profile;
mod proof;
mod region;
mod second_factor;
mod sessions;
mod settings;
mod sign_in;
mod sign_up;
mod user_deletion;

use super::{English, people::are};
use crate::{IdentityEvent, KeyLack, KeyState, Proof};
use std::borrow::Cow;

/// What happened, after the name of who did it.
pub(super) fn sentence(event: &IdentityEvent, whom: &str) -> Cow<'static, str> {
    match event {
        IdentityEvent::SignedIn => "signed in".into(),
        IdentityEvent::SignedOut => "signed out".into(),
        IdentityEvent::SignInFailed { wrong: Proof::Password, .. } => {
            format!("tried to sign in as {whom} with a wrong password").into()
        }
        IdentityEvent::SignInFailed { wrong: Proof::Code, .. } => {
            format!("tried to sign in as {whom} with a wrong code").into()
        }
        IdentityEvent::SignInFailed { wrong: Proof::Passkey, .. } => {
            format!("tried to sign in as {whom} with a passkey that couldn't be verified").into()
        }
        IdentityEvent::SecondFactorBegun => "started setting up two-factor authentication".into(),
        IdentityEvent::SecondFactorSet { .. } => "set up an authenticator app".into(),
        IdentityEvent::SecondFactorRemoved { .. } => "removed their authenticator app".into(),
        IdentityEvent::RecoveryCodeUsed { left } => format!("used a recovery code; {left} {} left", are(*left)).into(),
        IdentityEvent::EmailAsked => "asked to change their e-mail address".into(),
        IdentityEvent::EmailConfirmationSent => "asked to confirm their e-mail address".into(),
        IdentityEvent::EmailChanged { .. } => "changed their e-mail address".into(),
        IdentityEvent::EmailConfirmed { .. } => "confirmed their e-mail address".into(),
        IdentityEvent::EmailReclaimed { .. } => {
            format!("proved that the unconfirmed e-mail address of {whom} is theirs; the login that had it was closed")
                .into()
        }
        IdentityEvent::ApiKeyCreated { name, .. } => format!("created the API key {name}").into(),
        IdentityEvent::ApiKeyUpdated { name, .. } => format!("changed the permissions of the API key {name}").into(),
        IdentityEvent::ApiKeyRotated { name, .. } => format!("replaced the secret of the API key {name}").into(),
        IdentityEvent::ApiKeyRevoked { name, .. } => format!("revoked the API key {name}").into(),
        IdentityEvent::PasskeyAdded { name, .. } => format!("added {}", passkey(name)).into(),
        IdentityEvent::PasskeyRenamed { before, after, .. } if before.is_empty() && after.is_empty() => {
            "renamed a passkey".into()
        }
        IdentityEvent::PasskeyRenamed { before, after, .. } => {
            format!("renamed the passkey {before} to {after}").into()
        }
        IdentityEvent::PasskeyRemoved { name, .. } => format!("removed {}", passkey(name)).into(),
        IdentityEvent::PasskeyCopied { name, .. } => {
            let passkey = passkey(name);
            format!("tried to sign in as {whom} with {passkey}, a copy of which may be in use elsewhere").into()
        }
        IdentityEvent::SecondFactorReset { .. } => format!("reset two-factor authentication for {whom}").into(),
        IdentityEvent::NameChanged { .. } => "changed their name".into(),
        IdentityEvent::RegionChanged => "changed their country or time zone".into(),
        IdentityEvent::PasswordChanged { .. } => "changed their password".into(),
        IdentityEvent::PasswordReset { .. } => "reset their password by e-mail".into(),
        IdentityEvent::EmailRestored { .. } => "undid the change of their e-mail address".into(),
        IdentityEvent::UserDeleted { .. } => "deleted their account".into(),
        IdentityEvent::DataExportRequested => "asked for an export of their data".into(),
        IdentityEvent::DataExportDownloaded => "downloaded an export of their data".into(),
        IdentityEvent::IdentityConfirmed => "confirmed their identity".into(),
        IdentityEvent::SessionsClosed { sessions: 1 } => "signed out another of their devices".into(),
        IdentityEvent::SessionsClosed { sessions } => format!("signed out {sessions} of their devices").into(),
        IdentityEvent::PhoneAsked => "asked to change their mobile number".into(),
        IdentityEvent::PhoneChanged { .. } => "changed their mobile number".into(),
        IdentityEvent::PhoneRemoved { .. } => "removed their mobile number".into(),
        IdentityEvent::SmsFactorSet { .. } => "turned on codes by text message".into(),
        IdentityEvent::SmsFactorRemoved { .. } => "turned off codes by text message".into(),
        IdentityEvent::RecoveryCodesRenewed { .. } => "replaced their recovery codes".into(),
        IdentityEvent::SmsCodeSent { .. } => format!("asked for a code by text message for {whom}").into(),
    }
}

/// Its name is gone with its user.
fn passkey(name: &str) -> Cow<'static, str> {
    if name.is_empty() { "a passkey".into() } else { format!("the passkey {name}").into() }
}

impl English for KeyState {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Live => "Live",
            Self::Expired => "Expired",
            Self::Revoked => "Revoked",
            Self::CreatorInactive => "Creator removed",
        }
        .into()
    }
}

impl English for KeyLack {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Expired => "The key has expired.".into(),
            Self::Revoked => "The key was revoked.".into(),
            Self::CreatorInactive { creator } => format!("{creator}, who created the key, is no longer active.").into(),
            Self::TopLevelOnly => "Applies only in the top-level account.".into(),
            Self::NotOfCreator { creator } => format!("{creator}, who created the key, doesn't have it here.").into(),
            Self::NotGiven => "The key doesn't have it.".into(),
        }
    }
}
