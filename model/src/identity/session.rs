use crate::Moment;
use serde::{Deserialize, Serialize};

id! {
    /// A signed-in browser.
    SessionId
}

/// A signed-in browser, as its user sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OpenSession {
    pub id: SessionId,
    pub device: Device,
    /// From where it was signed in.
    pub ip: String,
    pub signed_in: Moment,
    /// To the minute.
    pub last_used: Moment,
    /// Whether it is the reader's own.
    pub is_current: bool,
}

/// What a browser says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Device {
    pub browser: BrowserFamily,
    pub system: OperatingSystem,
}

/// Stored by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BrowserFamily {
    Chrome,
    Edge,
    Firefox,
    Opera,
    Safari,
    Samsung,
    Other,
}

/// Stored by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperatingSystem {
    Android,
    ChromeOs,
    Ios,
    Linux,
    MacOs,
    Windows,
    Other,
}

impl BrowserFamily {
    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chrome => "chrome",
            Self::Edge => "edge",
            Self::Firefox => "firefox",
            Self::Opera => "opera",
            Self::Safari => "safari",
            Self::Samsung => "samsung",
            Self::Other => "other",
        }
    }
}

impl OperatingSystem {
    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Android => "android",
            Self::ChromeOs => "chrome_os",
            Self::Ios => "ios",
            Self::Linux => "linux",
            Self::MacOs => "mac_os",
            Self::Windows => "windows",
            Self::Other => "other",
        }
    }
}
