//! What a browser says of itself, as far as its user recognises it by that.

use model::{BrowserFamily, Device, OperatingSystem};

/// Most say that they are several; the more particular comes first.
const BROWSERS: [(&str, BrowserFamily); 13] = [
    ("Edg/", BrowserFamily::Edge),
    ("EdgA/", BrowserFamily::Edge),
    ("EdgiOS/", BrowserFamily::Edge),
    ("OPR/", BrowserFamily::Opera),
    ("OPT/", BrowserFamily::Opera),
    ("SamsungBrowser/", BrowserFamily::Samsung),
    ("FxiOS/", BrowserFamily::Firefox),
    ("Firefox/", BrowserFamily::Firefox),
    ("CriOS/", BrowserFamily::Chrome),
    ("HeadlessChrome/", BrowserFamily::Chrome),
    ("Chrome/", BrowserFamily::Chrome),
    ("Chromium/", BrowserFamily::Chrome),
    ("Safari/", BrowserFamily::Safari),
];

/// As [`BROWSERS`].
const SYSTEMS: [(&str, OperatingSystem); 9] = [
    ("iPhone", OperatingSystem::Ios),
    ("iPad", OperatingSystem::Ios),
    ("iPod", OperatingSystem::Ios),
    ("Android", OperatingSystem::Android),
    ("CrOS", OperatingSystem::ChromeOs),
    ("Windows", OperatingSystem::Windows),
    ("Macintosh", OperatingSystem::MacOs),
    ("Mac OS X", OperatingSystem::MacOs),
    ("Linux", OperatingSystem::Linux),
];

pub(crate) fn device(user_agent: &str) -> Device {
    let browser = BROWSERS.into_iter().find(|(token, _)| user_agent.contains(token));
    let system = SYSTEMS.into_iter().find(|(token, _)| user_agent.contains(token));
    Device {
        browser: browser.map_or(BrowserFamily::Other, |(_, family)| family),
        system: system.map_or(OperatingSystem::Other, |(_, system)| system),
    }
}

#[cfg(test)]
mod tests {
    use super::device;
    use model::{BrowserFamily as Browser, Device, OperatingSystem as System};

    #[test]
    fn browsers_as_their_users_call_them() {
        for (user_agent, browser, system) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                 Safari/537.36",
                Browser::Chrome,
                System::Windows,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                 Safari/537.36 Edg/140.0.0.0",
                Browser::Edge,
                System::Windows,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 \
                 Safari/605.1.15",
                Browser::Safari,
                System::MacOs,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 CriOS/140.0.0.0 Mobile/15E148 Safari/604.1",
                Browser::Chrome,
                System::Ios,
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 \
                 Chrome/130.0.0.0 Mobile Safari/537.36",
                Browser::Samsung,
                System::Android,
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", Browser::Firefox, System::Linux),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                 Safari/537.36 OPR/120.0.0.0",
                Browser::Opera,
                System::ChromeOs,
            ),
            ("curl/8.5.0", Browser::Other, System::Other),
            ("", Browser::Other, System::Other),
        ] {
            assert_eq!(device(user_agent), Device { browser, system }, "{user_agent}");
        }
    }
}
