use crate::{Country, FieldErrors, FieldFault, Form, limit};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where somebody is, as their settings show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRegion {
    pub country: Country,
    /// The zone that they chose; without one they read dates in that of their browser.
    pub time_zone: Option<TimeZoneChoice>,
    /// The zone of the browser that asks.
    pub browser: TimeZoneChoice,
    /// The zones to choose from, by name.
    pub zones: Vec<TimeZoneChoice>,
}

/// A time zone, with how far its clocks are from UTC now: "Africa/Johannesburg (UTC+02:00)".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimeZoneChoice {
    /// By IANA.
    pub name: String,
    /// In minutes, to the east.
    pub offset: i16,
}

impl fmt::Display for TimeZoneChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, offset } = self;
        let sign = if *offset < 0 { '-' } else { '+' };
        let minutes = offset.unsigned_abs();
        write!(f, "{name} (UTC{sign}{:02}:{:02})", minutes / 60, minutes % 60)
    }
}

/// Says where one is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateRegion {
    pub country: Country,
    /// The name of a zone, with or without its offset; empty to follow the browser.
    pub time_zone: String,
}

impl Form for UpdateRegion {
    fn check(&mut self, errors: &mut FieldErrors) {
        if matches!(self.country, Country::Typed(_)) {
            errors.add("country", FieldFault::CountryNotListed);
        }
        errors.optional("time_zone", &mut self.time_zone, limit::LINE);
        // As the list offers it. Which zones there are, only the server knows.
        if let Some((name, _)) = self.time_zone.split_once(" (UTC") {
            self.time_zone = name.trim_end().to_owned();
        }
    }
}
