use super::with_ending;
use crate::{
    MemberText,
    locale::en::{English, count},
};
use std::borrow::Cow;

impl English for MemberText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Label => "Member",
            Self::SignIn { sessions, two_factor } => {
                let sessions = match sessions {
                    0 => "Not signed in".to_owned(),
                    sessions => count(*sessions, "active session", "active sessions"),
                };
                return match two_factor {
                    None => sessions,
                    Some(true) => format!("{sessions} · Two-factor authentication on"),
                    Some(false) => format!("{sessions} · Two-factor authentication off"),
                }
                .into();
            }
            Self::RoleIn => "Role in {0}",
            Self::RoleOutOfReach => "You can't assign this role: it would change permissions you don't have.",
            Self::ChangeRole => "Change role",
            Self::CurrentRole => "Current role",
            Self::EffectiveAccess => "View effective access",
            Self::LogEntries => "View log entries",
            Self::Hint => "Changes save automatically and are logged.",
            Self::AppliedTo { sessions: 0 } => "Takes effect at their next sign-in.",
            Self::AppliedTo { sessions } => {
                return format!("Applied to {}.", count(*sessions, "active session", "active sessions")).into();
            }
            Self::Ending => "If suspended or removed: {0}",
            Self::RemoveQuestion { name } => return format!("Remove {name}?").into(),
            Self::RemoveConsequence(ending) => {
                let access = "They lose access immediately, and so do the API keys they created.";
                return format!("{} You can invite them again later.", with_ending(access, *ending)).into();
            }
            Self::ResetSecondFactor => "Reset two-factor authentication",
            Self::ResetQuestion { name } => {
                return format!("Reset two-factor authentication for {name}?").into();
            }
            Self::ResetConsequence => {
                "Their authenticator app, passkeys and recovery codes stop working, and they're signed out everywhere. \
                 Until they set it up again, their password alone signs them in. They're told by e-mail."
            }
            Self::Reset => "Reset",
            Self::SecondFactorWasReset => "Two-factor authentication was reset.",
        }
        .into()
    }
}
