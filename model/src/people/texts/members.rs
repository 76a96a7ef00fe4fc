/// The list of members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MembersText {
    Title,
    Purpose { people: u64, place: String },
    Invite,
    ByStatus,
    All,
    Pending,
    Inherited,
    NoMatch,
    More,
    Person,
    Role,
    Account,
    Status,
    Joined,
    SearchHint,
    TwoFactor,
    TwoFactorColumn,
    TwoFactorOn,
    TwoFactorOff,
    LastSeen,
}
