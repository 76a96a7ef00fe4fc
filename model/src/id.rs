use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// One newtype for each kind of row, so that an id of one kind cannot stand for another.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
        #[serde(transparent)]
        $(#[$doc])*
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        #[cfg(feature = "sea-orm")]
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+};
}

ids! {
    /// A person with a login.
    UserId,
    /// The tenant, and the wall.
    OrganisationId,
    /// A place of work inside an organisation.
    AccountId,
    /// A user in an account.
    MemberId,
    InvitationId,
    /// A sign-up that waits for its address to be confirmed.
    SignUpId,
    /// A role with a name. Text in the database: what a member's role is, is a name or one of these.
    #[cfg_attr(feature = "sea-orm", sea_orm(value_type = "String"))]
    RoleId,
    ContactId,
    CampaignId,
    ApiKeyId,
    /// A row of the data access log.
    AccessEntryId,
    /// A message still to be delivered.
    OutboxId,
    /// One request, from the edge to the log.
    RequestId,
}
