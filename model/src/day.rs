use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// A day of the calendar, in the zone of whoever names it: "2026-11-26".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

/// The text names no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownDay;

impl fmt::Display for UnknownDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such day")
    }
}

impl std::error::Error for UnknownDay {}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = UnknownDay;

    /// As `<input type="date">` posts it: a full date of RFC 3339, from the year 1 to 9999.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |part: &str, digits: usize| {
            let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { part.parse::<i16>().map_err(|_| UnknownDay) } else { Err(UnknownDay) }
        };
        let mut parts = text.splitn(3, '-');
        let mut next = |digits| number(parts.next().unwrap_or_default(), digits);
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        let is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if is_leap_year => 29,
            2 => 28,
            _ => 31,
        };
        if year < 1 || !(1..=12).contains(&month) || !(1..=days).contains(&day) {
            return Err(UnknownDay);
        }
        let small = |number: i16| i8::try_from(number).map_err(|_| UnknownDay);
        Ok(Self { year, month: small(month)?, day: small(day)? })
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A stretch of days that ends today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Today,
    Week,
    Month,
    Quarter,
}

impl Period {
    pub const ALL: [Self; 4] = [Self::Today, Self::Week, Self::Month, Self::Quarter];

    /// Its name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// How many days it has, today included.
    pub const fn days(self) -> u16 {
        match self {
            Self::Today => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }
}

/// The text names no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownPeriod;

impl FromStr for Period {
    type Err = UnknownPeriod;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|period| period.name() == name).ok_or(UnknownPeriod)
    }
}
