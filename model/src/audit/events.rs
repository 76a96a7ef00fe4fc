use crate::{Facts, Refusal};
use serde::{Deserialize, Serialize};

/// What happens to the log itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditEvent {
    AccessLogRead {
        records: u64,
    },
    /// Entries were downloaded.
    AccessLogExported {
        records: u64,
    },
    Refused {
        why: Refusal,
    },
}

impl AuditEvent {
    pub(crate) fn facts(&self) -> Facts {
        match self {
            Self::AccessLogRead { records } => Facts::of("access_log.read").records(*records).collapsed(),
            Self::AccessLogExported { records } => Facts::of("access_log.export").notable().records(*records),
            Self::Refused { .. } => Facts::of("refused").grave().records(0).refused().collapsed(),
        }
    }
}
