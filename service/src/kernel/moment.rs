//! Instants as their reader sees them.

use jiff::{Timestamp as Instant, ToSpan, Zoned, civil::Date, tz::TimeZone};
use model::{Day, LocalTime, Locale, Moment, Period, Text, TimeText, Timestamp};

/// In microseconds.
const MINUTE: i64 = 60_000_000;

/// Writes instants in one reader's zone and language, as seen from the minute that has begun: for as long as that
/// lasts, an instant reads the same.
pub(crate) struct Moments {
    now: Zoned,
    locale: Locale,
}

/// What the text of an instant follows from, besides the instant.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct SeenFrom {
    minute: i64,
    zone: Option<String>,
    locale: Locale,
}

impl Moments {
    pub fn new(now: Timestamp, zone: TimeZone, locale: Locale) -> Self {
        let minute = instant(Timestamp(now.0 - now.0.rem_euclid(MINUTE)));
        Self { now: minute.to_zoned(zone), locale }
    }

    pub fn seen_from(&self) -> SeenFrom {
        SeenFrom {
            minute: self.now.timestamp().as_second(),
            zone: self.now.time_zone().iana_name().map(ToOwned::to_owned),
            locale: self.locale,
        }
    }

    pub fn of(&self, at: Timestamp) -> Moment {
        let then = instant(at).to_zoned(self.now.time_zone().clone());
        let exact = TimeText::Exact { time: local(&then), zone: abbreviation(&then) };
        Moment { at: rfc3339(at), text: self.words(self.seen(&then)), exact: self.words(exact) }
    }

    /// Relative within a day, otherwise the date and time; the year when it is another.
    fn seen(&self, then: &Zoned) -> TimeText {
        let seconds = self.now.timestamp().as_second() - then.timestamp().as_second();
        let length = seconds.unsigned_abs();
        match seconds {
            -59..60 => TimeText::JustNow,
            60..3600 => TimeText::MinutesAgo(length / 60),
            3600..86_400 => TimeText::HoursAgo(length / 3600),
            -3599..=-60 => TimeText::InMinutes(length / 60),
            -86_399..=-3600 => TimeText::InHours(length / 3600),
            _ if then.year() == self.now.year() => TimeText::ThisYear(local(then)),
            _ => TimeText::OtherYear(local(then)),
        }
    }

    fn words(&self, text: TimeText) -> String {
        text.text(self.locale).into_owned()
    }

    /// The first day of a period that ends today.
    pub fn first_day(&self, period: Period) -> Day {
        let first = self.now.date().saturating_sub(i64::from(period.days() - 1).days());
        Day { year: first.year(), month: first.month(), day: first.day() }
    }

    /// The days of a period, today last.
    pub fn days_of(&self, period: Period) -> Vec<Day> {
        let day = |back: u16| self.now.date().saturating_sub(i64::from(back).days());
        let days = (0..period.days()).rev().map(day);
        days.map(|day| Day { year: day.year(), month: day.month(), day: day.day() }).collect()
    }

    /// When a day begins where the reader is; on the day of a change of the clocks that may be later than midnight.
    pub fn start_of(&self, day: Day) -> Timestamp {
        self.start_of_date(date(day))
    }

    /// When the day after it begins.
    pub fn end_of(&self, day: Day) -> Timestamp {
        self.start_of_date(date(day).saturating_add(1.day()))
    }

    fn start_of_date(&self, date: Date) -> Timestamp {
        let start = date.to_zoned(self.now.time_zone().clone()).and_then(|midnight| midnight.start_of_day());
        Timestamp(start.map_or(i64::MAX, |start| start.timestamp().as_microsecond()))
    }

    /// "21 November, 23:04 SAST".
    pub fn now(&self) -> String {
        self.words(TimeText::Now { time: local(&self.now), zone: abbreviation(&self.now) })
    }

    /// The IANA name of the zone.
    pub fn zone_name(&self) -> &str {
        self.now.time_zone().iana_name().unwrap_or("UTC")
    }

    /// RFC 3339 with the offset of the zone then: "2026-11-21T23:04:11+02:00".
    pub fn with_offset(&self, moment: &Moment) -> String {
        let zoned = moment.at.parse::<Instant>().map(|at| at.to_zoned(self.now.time_zone().clone()));
        zoned.map_or_else(|_| moment.at.clone(), |then| then.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    }
}

/// Every [`Day`] is one of the calendar.
fn date(day: Day) -> Date {
    Date::new(day.year, day.month, day.day).unwrap_or(Date::MAX)
}

/// "SAST"; "+0330" where a zone has no letters.
fn abbreviation(time: &Zoned) -> String {
    time.strftime("%Z").to_string()
}

fn local(time: &Zoned) -> LocalTime {
    LocalTime {
        year: time.year().unsigned_abs(),
        month: time.month().unsigned_abs(),
        day: time.day().unsigned_abs(),
        hour: time.hour().unsigned_abs(),
        minute: time.minute().unsigned_abs(),
        second: time.second().unsigned_abs(),
    }
}

/// RFC 3339 in UTC, to the second.
pub(crate) fn rfc3339(at: Timestamp) -> String {
    instant(at).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub(crate) fn instant(at: Timestamp) -> Instant {
    Instant::from_microsecond(at.0).unwrap_or(Instant::UNIX_EPOCH)
}
