use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a proof of who uses a session is enough for what is sensitive.
pub const RECENT_PROOF: Duration = Duration::from_mins(10);

/// What takes a recent proof that it is the person who does it, and not somebody at their open browser. The event that
/// such an act ends with names it in its [`crate::Facts`]; no change is committed with one by a session whose last proof
/// is too old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SensitiveAction {
    Password,
    Email,
    Phone,
    Factors,
    Ownership,
    /// A new key, or another secret for one.
    ApiKey,
    /// Of an organisation, or of one's own account.
    Deletion,
    Policy,
    /// A file with all that there is about somebody.
    DataExport,
}

/// When somebody is asked for a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofTime {
    /// The form itself asks for the password.
    Always,
    /// When the last one of the session is older than [`RECENT_PROOF`].
    WhenOld,
}

impl SensitiveAction {
    pub const ALL: [Self; 9] = [
        Self::Password,
        Self::Email,
        Self::Phone,
        Self::Factors,
        Self::Ownership,
        Self::ApiKey,
        Self::Deletion,
        Self::Policy,
        Self::DataExport,
    ];

    /// When it asks for a proof.
    pub const fn proof(self) -> ProofTime {
        match self {
            Self::Password | Self::Email | Self::Phone => ProofTime::Always,
            Self::Factors | Self::Ownership | Self::ApiKey | Self::Deletion | Self::Policy | Self::DataExport => {
                ProofTime::WhenOld
            }
        }
    }
}
