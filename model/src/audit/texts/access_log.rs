/// The data access log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessLogText {
    Title,
    Purpose,
    Time,
    Who,
    WhoHint,
    Person,
    OnePerson,
    ApiKey,
    OneKey,
    Period,
    From,
    To,
    IpAddress,
    ActionPath,
    Permission,
    Records,
    Result,
    NoMatch,
    /// {0}: the request; {1}: the IP address.
    RequestFrom,
    ActionPathHint,
    IpAddresses,
    IpAddressesHint,
}

/// All that the log knows of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessEntryText {
    Time,
    LastTime,
    Person,
    ApiKey,
    AllEntries,
    Concerns,
    Contact,
    ViewContact,
    Request,
    IpAddress,
    Permission,
    /// {0}: its name; {1}: its path.
    PermissionPath,
    Action,
    Records,
    Result,
    Reason,
    RequestId,
}

/// The log as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DownloadText {
    Download,
    Csv,
    JsonLines,
    Preparing,
    Progress { rows: u64, of: u64 },
    Saved { rows: u64 },
}
