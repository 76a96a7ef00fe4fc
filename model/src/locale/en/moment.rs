use super::English;
use crate::{Day, Greeting, LocalTime, TimeText};
use std::borrow::Cow;

const MONTHS: [(&str, &str); 12] = [
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May", "May"),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sep"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
];

impl English for TimeText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::JustNow => "just now".into(),
            Self::MinutesAgo(minutes) => format!("{minutes} min ago").into(),
            Self::HoursAgo(hours) => format!("{hours} h ago").into(),
            Self::InMinutes(minutes) => format!("in {minutes} min").into(),
            Self::InHours(hours) => format!("in {hours} h").into(),
            Self::ThisYear(time) => format!("{} {}, {}", time.day, month(*time).1, clock(*time)).into(),
            Self::OtherYear(time) => format!("{} {} {}, {}", time.day, month(*time).1, time.year, clock(*time)).into(),
            Self::Now { time, zone } => format!("{} {}, {} {zone}", time.day, month(*time).0, clock(*time)).into(),
            Self::Exact { time, zone } => {
                let LocalTime { year, day, second, .. } = time;
                format!("{day} {} {year}, {}:{second:02} {zone}", month(*time).0, clock(*time)).into()
            }
        }
    }
}

/// Its name, and how that is abbreviated.
fn month(time: LocalTime) -> (&'static str, &'static str) {
    MONTHS.get(usize::from(time.month).wrapping_sub(1)).copied().unwrap_or_default()
}

/// "21 Nov".
impl English for Day {
    fn en(&self) -> Cow<'static, str> {
        let month = usize::from(self.month.unsigned_abs()).wrapping_sub(1);
        format!("{} {}", self.day, MONTHS.get(month).copied().unwrap_or_default().1).into()
    }
}

/// "23:04".
fn clock(LocalTime { hour, minute, .. }: LocalTime) -> String {
    format!("{hour:02}:{minute:02}")
}

impl English for Greeting {
    fn en(&self) -> Cow<'static, str> {
        format!("Hello, {}", self.first_name).into()
    }
}
