use crate::{Permission, PermissionSet};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a member is in an account. Who owns the organisation is not said here but by the
/// organisation itself, so that there is always exactly one owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sea-orm", sea_orm(value_type = "String", to_str = "Role::column"))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything; the one person who created the organisation or was handed it. Never assigned.
    Owner,
    /// Everything but what the owner alone may do.
    Admin,
    /// Works with contacts and campaigns.
    Member,
    /// The reads, without personal details.
    Viewer,
    /// This member's own toggles.
    Custom,
}

use Permission as P;

const MEMBER: &[Permission] = &[
    P::OrganisationRead,
    P::AccountRead,
    P::MemberRead,
    P::ContactReadBasic,
    P::ContactReadPii,
    P::ContactCreate,
    P::ContactUpdateDetails,
    P::ContactUpdateTags,
    P::ContactUpdateOptOut,
    P::CampaignRead,
    P::CampaignCreate,
    P::CampaignUpdate,
    P::CampaignSend,
    P::MessageRead,
    P::MessageSend,
];

const VIEWER: &[Permission] = &[
    P::OrganisationRead,
    P::AccountRead,
    P::MemberRead,
    P::RoleRead,
    P::ContactReadBasic,
    P::CampaignRead,
    P::HookRead,
    P::MessageRead,
    P::AlertRead,
];

impl Role {
    pub const ALL: [Self; 5] = [Self::Owner, Self::Admin, Self::Member, Self::Viewer, Self::Custom];
    /// Those that can be given to somebody.
    pub const ASSIGNABLE: [Self; 4] = [Self::Admin, Self::Member, Self::Viewer, Self::Custom];

    /// What the role holds; `own` are the toggles of a custom role, and mean nothing for the others.
    pub fn permissions(self, own: PermissionSet) -> PermissionSet {
        match self {
            Self::Owner | Self::Admin => PermissionSet::ALL,
            Self::Member => MEMBER.iter().copied().collect(),
            Self::Viewer => VIEWER.iter().copied().collect(),
            Self::Custom => own,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Member => "member",
            Self::Viewer => "viewer",
            Self::Custom => "custom",
        }
    }

    #[cfg(feature = "sea-orm")]
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "what sea-orm derives passes it so")]
    fn column(&self) -> String {
        self.name().to_owned()
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Admin",
            Self::Member => "Member",
            Self::Viewer => "Viewer",
            Self::Custom => "Custom",
        }
    }

    /// The role in a sentence, for those who choose.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Owner => "Everything, and alone may delete or hand over the organisation.",
            Self::Admin => "Manages the organisation: members, contacts, campaigns and billing.",
            Self::Member => "Views and edits contacts and campaigns.",
            Self::Viewer => "Reads basic information. Sees no personal details and changes nothing.",
            Self::Custom => "Exactly the permissions you switch on.",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// The text names no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownRole;

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such role")
    }
}

impl std::error::Error for UnknownRole {}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.name() == name).ok_or(UnknownRole)
    }
}
