use crate::{Facts, Refusal};
use serde::{Deserialize, Serialize};

/// What happens to the log itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditEvent {
    AccessLogRead { records: u64 },
    Refused { why: Refusal },
}

impl AuditEvent {
    pub(crate) fn facts(&self) -> Facts {
        match self {
            Self::AccessLogRead { records } => Facts::of("access_log.read").records(*records).collapsed(),
            Self::Refused { .. } => Facts::of("refused").grave().records(0).refused().collapsed(),
        }
    }

    /// What happened, after the name of who did it.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::AccessLogRead { .. } => "read the data access log".to_owned(),
            Self::Refused { why: Refusal::Permission(permission) } => {
                format!("was refused: {}", permission.title().to_lowercase())
            }
            Self::Refused { why: Refusal::RolesByOwnerOnly } => {
                "was refused: the policy leaves roles to the owner".to_owned()
            }
            Self::Refused { why: Refusal::DomainNotAllowed } => {
                "was refused: the policy names other e-mail domains".to_owned()
            }
            Self::Refused { why: Refusal::InvitationVoid } => {
                "was refused: the sender of the invitation may no longer give this access".to_owned()
            }
            Self::Refused { why: Refusal::EmailUnconfirmed } => {
                "was refused: the e-mail address is not confirmed".to_owned()
            }
            Self::Refused { why: Refusal::EmailStays } => "was refused: the policy keeps e-mail addresses".to_owned(),
            Self::Refused { why: Refusal::SecondFactorMissing } => {
                "was refused: the policy requires a second factor".to_owned()
            }
            Self::Refused { why: Refusal::WrongPassword } => "was refused: the password was wrong".to_owned(),
            Self::Refused { why: Refusal::WrongCode } => "was refused: the code was wrong".to_owned(),
            Self::Refused { why: Refusal::KeyRevoked } => "was refused: the key was revoked".to_owned(),
            Self::Refused { why: Refusal::KeyExpired } => "was refused: the key has expired".to_owned(),
            Self::Refused { .. } => "was refused".to_owned(),
        }
    }
}
