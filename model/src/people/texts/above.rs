/// The members of parent accounts, who have access here too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MembersAboveText {
    Purpose,
    Person,
    Role,
    From,
    Joined,
    Empty,
    FromParent,
}
