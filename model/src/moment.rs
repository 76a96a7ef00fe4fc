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
    /// The time that passed from `earlier` to this instant; zero when it lies after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
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
    /// "23:04:11": of [`Moment::exact`], what stands before the zone.
    pub fn time_of_day(&self) -> &str {
        self.exact.rsplit(' ').nth(1).unwrap_or_default()
    }
}
