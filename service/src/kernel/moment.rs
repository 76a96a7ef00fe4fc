//! Instants as their reader sees them.

use jiff::{Timestamp as Instant, Zoned, tz::TimeZone};
use model::{Moment, Timestamp};

/// In microseconds.
const MINUTE: i64 = 60_000_000;

/// Writes instants in one reader's zone, as seen from the minute that has begun: for as long as that
/// lasts, an instant reads the same.
pub(crate) struct Moments {
    now: Zoned,
}

/// What the text of an instant follows from, besides the instant.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct SeenFrom {
    minute: i64,
    zone: Option<String>,
}

impl Moments {
    /// `time_zone` is an IANA name; UTC when it is none.
    pub fn new(now: Timestamp, time_zone: Option<&str>) -> Self {
        let zone = time_zone.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
        let minute = instant(Timestamp(now.0 - now.0.rem_euclid(MINUTE)));
        Self { now: minute.to_zoned(zone) }
    }

    pub fn seen_from(&self) -> SeenFrom {
        SeenFrom {
            minute: self.now.timestamp().as_second(),
            zone: self.now.time_zone().iana_name().map(ToOwned::to_owned),
        }
    }

    pub fn of(&self, at: Timestamp) -> Moment {
        let then = instant(at).to_zoned(self.now.time_zone().clone());
        Moment {
            at: instant(at).strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            text: self.text(&then),
            exact: then.strftime("%-d %B %Y, %H:%M:%S %Z").to_string(),
        }
    }

    /// Relative within a day, otherwise the date and time; the year when it is another.
    fn text(&self, then: &Zoned) -> String {
        let seconds = self.now.timestamp().as_second() - then.timestamp().as_second();
        match seconds {
            -59..60 => "just now".to_owned(),
            60..3600 => format!("{} min ago", seconds / 60),
            3600..86_400 => format!("{} h ago", seconds / 3600),
            -3599..=-60 => format!("in {} min", -seconds / 60),
            -86_399..=-3600 => format!("in {} h", -seconds / 3600),
            _ if then.year() == self.now.year() => then.strftime("%-d %b, %H:%M").to_string(),
            _ => then.strftime("%-d %b %Y, %H:%M").to_string(),
        }
    }

    pub fn greeting(&self) -> &'static str {
        match self.now.hour() {
            5..12 => "Good morning",
            12..18 => "Good afternoon",
            _ => "Good evening",
        }
    }

    /// "21 November, 23:04".
    pub fn today(&self) -> String {
        self.now.strftime("%-d %B, %H:%M").to_string()
    }
}

fn instant(at: Timestamp) -> Instant {
    Instant::from_microsecond(at.0).unwrap_or(Instant::UNIX_EPOCH)
}
