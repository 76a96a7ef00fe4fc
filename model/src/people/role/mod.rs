mod custom;

pub use custom::*;

use crate::{PermissionSet, permission::held_by};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

id! {
    /// A role with a name. Text in the database: what a member's role is, is a name or one of these.
    #[cfg_attr(feature = "sea-orm", sea_orm(value_type = "String"))]
    RoleId
}

/// What a member is in an account. Who owns the organisation is not said here but by the
/// organisation itself, so that there is always exactly one owner.
///
/// Its text, in the database and on the wire, is its name, or the id of a named role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sea-orm", sea_orm(value_type = "String", to_str = "Role::column"))]
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
    /// Toggles under a name that the organisation made.
    Named(RoleId),
}

const MEMBER: PermissionSet = held_by(Role::Member);
const VIEWER: PermissionSet = held_by(Role::Viewer);

impl Role {
    /// Those that every organisation has.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Admin, Self::Member, Self::Viewer, Self::Custom];
    /// Those of them that can be given to somebody.
    pub const ASSIGNABLE: [Self; 4] = [Self::Admin, Self::Member, Self::Viewer, Self::Custom];

    /// What the role holds; `own` are the toggles of a custom or named role, and mean nothing for
    /// the others.
    pub fn permissions(self, own: PermissionSet) -> PermissionSet {
        match self {
            Self::Owner | Self::Admin => PermissionSet::ALL,
            Self::Member => MEMBER,
            Self::Viewer => VIEWER,
            Self::Custom | Self::Named(_) => own,
        }
    }

    /// Its place where roles stand in an order: the most comes first.
    pub const fn rank(self) -> i64 {
        match self {
            Self::Owner => 0,
            Self::Admin => 1,
            Self::Member => 2,
            Self::Viewer => 3,
            Self::Custom => 4,
            Self::Named(_) => 5,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Member => "member",
            Self::Viewer => "viewer",
            Self::Custom => "custom",
            Self::Named(_) => "named",
        }
    }

    #[cfg(feature = "sea-orm")]
    fn column(&self) -> String {
        self.to_value()
    }

    /// Its text, as a form sends it.
    pub fn to_value(self) -> String {
        match self {
            Self::Named(id) => id.to_string(),
            role => role.name().to_owned(),
        }
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

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let of_all = Self::ALL.into_iter().find(|role| role.name() == text);
        of_all.or_else(|| text.parse().ok().map(Self::Named)).ok_or(UnknownRole)
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_value())
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// What a role is called: those that every organisation has in the language of the reader, the others as it named them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RoleName {
    BuiltIn(Role),
    Named(String),
}

impl RoleName {
    /// `name` is that of a role of the organisation's own.
    pub fn of(role: Role, name: Option<String>) -> Self {
        name.map_or(Self::BuiltIn(role), Self::Named)
    }
}

/// A built-in role as its name in an address (`"admin"`), another as `{"named": "Marketing manager"}`.
impl Serialize for RoleName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::BuiltIn(role) => serializer.serialize_str(role.name()),
            Self::Named(name) => serializer.collect_map([("named", name)]),
        }
    }
}

/// Also as logs had it before, in the words of then: `"Admin"`, `"Marketing manager"`.
impl<'de> Deserialize<'de> for RoleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Stored {
            Words(String),
            Named { named: String },
        }
        Ok(match Stored::deserialize(deserializer)? {
            Stored::Named { named } => Self::Named(named),
            Stored::Words(words) => {
                let built_in = Role::ALL.into_iter().find(|role| role.name().eq_ignore_ascii_case(&words));
                built_in.map_or(Self::Named(words), Self::BuiltIn)
            }
        })
    }
}

/// A role as somebody held it: what it was called, and what it held then.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    pub role: Role,
    #[serde(rename = "called")] // as logs have it
    pub role_name: RoleName,
    pub permissions: PermissionSet,
}

impl Grant {
    /// A role that every organisation has; `own` as for [`Role::permissions`].
    pub fn of(role: Role, own: PermissionSet) -> Self {
        Self { role, role_name: RoleName::BuiltIn(role), permissions: role.permissions(own) }
    }

    /// The same role where no more than this can be held.
    pub fn within(self, reach: PermissionSet) -> Self {
        Self { permissions: self.permissions.intersection(reach), ..self }
    }
}
