//! Time zones by their IANA names.

use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::sync::LazyLock;

/// The zones that the program brings along: the same names on every machine.
static BUNDLED: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// By the rules of this machine, which its operator keeps up to date, or else by those of the program.
pub(crate) fn get(name: &str) -> Option<TimeZone> {
    let zone = TimeZone::get(name).or_else(|_| BUNDLED.get(name)).ok()?;
    (!zone.is_unknown()).then_some(zone)
}

/// The zone of this name, in whatever case.
pub(crate) fn bundled(name: &str) -> Option<TimeZone> {
    BUNDLED.get(name).ok().filter(|zone| zone.iana_name().is_some())
}

/// The zone that somebody means who types its name, or the last part of it, if no other ends so: "cape town" is none,
/// "johannesburg" is one.
pub(crate) fn resolve(text: &str) -> Option<TimeZone> {
    bundled(text).or_else(|| {
        let city = text.replace(' ', "_");
        let is_city = |name: &String| name.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(&city));
        let mut named = names().into_iter().filter(is_city);
        match (named.next(), named.next()) {
            (Some(name), None) => bundled(&name),
            _ => None,
        }
    })
}

/// The names that are places, in their order, and UTC; any other name of the database is taken, too.
pub(crate) fn names() -> Vec<String> {
    let is_place = |name: &str| name == "UTC" || (name.contains('/') && !name.starts_with("Etc/"));
    let mut names: Vec<String> =
        BUNDLED.available().filter(|name| is_place(name.as_str())).map(|name| name.to_string()).collect();
    names.sort_unstable();
    names
}
