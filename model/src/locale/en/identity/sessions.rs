use crate::{BrowserFamily, Device, OperatingSystem, SessionsText, locale::en::English};
use std::borrow::Cow;

impl English for SessionsText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Sessions",
            Self::Purpose => "Where you're signed in. Sign out any you don't recognise, then change your password.",
            Self::Device => "Device",
            Self::Ip => "IP address",
            Self::SignedIn => "Signed in",
            Self::LastUsed => "Last used",
            Self::Current => "This device",
            Self::Close => "Sign out",
            Self::CloseOthers => "Sign out everywhere else",
            Self::CloseOthersQuestion => "Sign out everywhere else?",
            Self::CloseOthersConsequence => "You stay signed in here. Every other device has to sign in again.",
            Self::Closed => "That device has been signed out.",
            Self::OthersClosed => "Signed out everywhere else.",
        }
        .into()
    }
}

impl English for Device {
    fn en(&self) -> Cow<'static, str> {
        match (self.browser, self.system) {
            (BrowserFamily::Other, OperatingSystem::Other) => "Unknown device".into(),
            (browser, OperatingSystem::Other) => browser_name(browser).into(),
            (browser, system) => format!("{} on {}", browser_name(browser), system_name(system)).into(),
        }
    }
}

const fn browser_name(browser: BrowserFamily) -> &'static str {
    match browser {
        BrowserFamily::Chrome => "Chrome",
        BrowserFamily::Edge => "Edge",
        BrowserFamily::Firefox => "Firefox",
        BrowserFamily::Opera => "Opera",
        BrowserFamily::Safari => "Safari",
        BrowserFamily::Samsung => "Samsung Internet",
        BrowserFamily::Other => "Unknown browser",
    }
}

const fn system_name(system: OperatingSystem) -> &'static str {
    match system {
        OperatingSystem::Android => "Android",
        OperatingSystem::ChromeOs => "ChromeOS",
        OperatingSystem::Ios => "iOS",
        OperatingSystem::Linux => "Linux",
        OperatingSystem::MacOs => "macOS",
        OperatingSystem::Windows => "Windows",
        OperatingSystem::Other => "an unknown system",
    }
}
