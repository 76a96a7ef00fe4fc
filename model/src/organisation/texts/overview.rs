/// The overview of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OverviewText {
    Title,
    PlaceAndTime {
        place: String,
        now: String,
    },
    Invite,
    /// Above the figures.
    PeopleAndContacts,
    /// Of which accounts the figures are.
    HereAndBelow,
    Members,
    Suspended {
        people: u64,
    },
    PendingInvitations,
    PendingNote {
        days: u16,
    },
    Contacts,
    NewContacts,
    /// Above the charts.
    Charts,
    NewContactsByDay,
    PersonalReadsByDay,
    RefusalsByDay,
    RecentActivity,
    FullLog,
    NoActivity,
    /// With who did something, and what they did.
    Entry,
    /// With what was done, and how often.
    Repeated,
}

/// The checklist of a new organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstRunText {
    Title,
    Progress {
        done: usize,
        all: usize,
    },
    /// Before a step, for those who do not see its icon.
    Done,
    ToDo,
    Dismiss,
    Dismissed,
}
