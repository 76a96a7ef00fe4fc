use crate::TimeZoneChoice;

/// One's own country and time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegionText {
    Title,
    Purpose,
    Country,
    NoCountry,
    TimeZone,
    /// With the zone of the browser.
    TimeZoneHint(TimeZoneChoice),
    Saved,
}
