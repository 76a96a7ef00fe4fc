use crate::AccessEntry;

/// What the system does by itself. The data access log has it where the method and the path of a request stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// A login whose address turned out to be somebody else's is closed, and what it owned goes to others.
    CloseLogin,
    /// Deleted accounts and organisations are purged.
    DeleteExpired,
    /// Files with all that there is about somebody are written.
    ExportData,
    FillDemo,
    IndexContacts,
    /// Whoever runs the installation lets somebody in who has lost what they sign in with.
    ResetSecondFactor,
    SendMessages,
}

impl Job {
    /// In the place of a method.
    pub const METHOD: &str = "JOB";

    pub const ALL: [Self; 7] = [
        Self::CloseLogin,
        Self::DeleteExpired,
        Self::ExportData,
        Self::FillDemo,
        Self::IndexContacts,
        Self::ResetSecondFactor,
        Self::SendMessages,
    ];

    /// As the log stores it.
    pub const fn path(self) -> &'static str {
        match self {
            Self::CloseLogin => "system: close login",
            Self::DeleteExpired => "system: delete expired accounts and organisations",
            Self::ExportData => "system: export data",
            Self::FillDemo => "system: fill demo",
            Self::IndexContacts => "system: index contacts",
            Self::ResetSecondFactor => "system: reset second factor",
            Self::SendMessages => "system: send messages",
        }
    }
}

impl AccessEntry {
    /// The job that it belongs to, where no request did it.
    pub fn job(&self) -> Option<Job> {
        Job::ALL.into_iter().find(|job| self.method == Job::METHOD && self.path == job.path())
    }
}
