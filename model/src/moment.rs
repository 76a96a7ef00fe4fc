use serde::{Deserialize, Serialize};
use std::ops::{Add, Sub};
use std::time::Duration;

/// An instant: microseconds since 1970 in UTC, which both databases keep and sort alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, time: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(time.as_micros()).unwrap_or(i64::MAX)))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, time: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(time.as_micros()).unwrap_or(i64::MAX)))
    }
}

impl Timestamp {
    /// The time of a change to what was last changed at `last`: versions are told apart even when the clock stands.
    #[must_use]
    pub fn after(self, last: Self) -> Self {
        self.max(Self(last.0.saturating_add(1)))
    }

    /// The time that passed from `earlier` to this instant; zero when it lies after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// A date and time of day in its reader's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

/// How an instant reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeText {
    JustNow,
    MinutesAgo(u64),
    HoursAgo(u64),
    InMinutes(u64),
    InHours(u64),
    ThisYear(LocalTime),
    OtherYear(LocalTime),
    Now { time: LocalTime, zone: String },
    Exact { time: LocalTime, zone: String },
}

/// The greeting above the dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    pub first_name: String,
}

/// An instant as its reader sees it. The server writes both texts in the reader's zone, so that
/// both sides of a page agree and no time-zone table travels to the browser.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// RFC 3339 in UTC, for `<time datetime>`.
    pub at: String,
    /// "5 min ago", "21 Nov, 23:04".
    pub text: String,
    /// "21 November 2026, 23:04:11 SAST".
    pub exact: String,
}

impl Moment {
    /// "21 November 2026" and "23:04:11 SAST": the two halves of [`Moment::exact`].
    pub fn date_and_time(&self) -> (&str, &str) {
        self.exact.rsplit_once(", ").unwrap_or((&self.exact, ""))
    }

    /// "23:04:11": of [`Moment::exact`], what stands before the zone in every language.
    pub fn time_of_day(&self) -> &str {
        self.exact.rsplit(' ').nth(1).unwrap_or_default()
    }
}
