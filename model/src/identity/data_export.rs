use crate::Moment;
use serde::{Deserialize, Serialize};

id! {
    /// A file with all that there is about somebody.
    DataExportId
}

/// How far the file is with all that there is about the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataExport {
    /// Nobody asked for one, or it has expired.
    None,
    /// Rows that were written, of about so many.
    Running { done: u64, total: u64 },
    Ready {
        at: Moment,
        /// From then on it is gone.
        expires: Moment,
    },
}

impl DataExport {
    pub const fn is_running(&self) -> bool {
        matches!(self, Self::Running { .. })
    }
}
