/// The part of one's own settings that gives a copy of one's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataExportText {
    Title,
    Purpose,
    Start,
    StartAgain,
    Preparing,
    Progress {
        /// Rows.
        done: u64,
        total: u64,
    },
    /// To look again, without the page's code.
    Refresh,
    /// {0}: when it was made; {1}: when it expires.
    Ready,
    Download,
}
