use crate::kernel::network::Site;
use model::{OrganisationId, UserId};

/// For whom something is written. Turns go round the lanes, so that nobody waits for all that another wants to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Lane {
    /// A change of an organisation, which may wait for others of it.
    Organisation(OrganisationId),
    /// What is noted about an organisation, which waits for none of its changes.
    Entries(OrganisationId),
    /// A change of somebody's own affairs.
    User(UserId),
    /// What somebody does who may be anybody.
    Site(Site),
    /// Workers, and what takes a moment.
    System,
}
