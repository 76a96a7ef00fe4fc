/// The list of platform events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlatformEventsText {
    Title,
    Purpose,
    Kind,
    Event,
    Account,
    Id,
    Time,
    NoMatch,
    Empty,
}
