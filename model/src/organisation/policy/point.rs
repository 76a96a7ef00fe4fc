use super::{NewKeys, RoleChanges};
use crate::{FieldErrors, FieldFault, Form, Role, RoleName, canonical_domain, email_fault, limit};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, IgnoredAny, MapAccess, Visitor, value::MapAccessDeserializer},
};
use std::fmt;

/// A point of the policy, as it is or as it is to be. Also the form of its change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum PolicyPoint {
    RoleChanges(RoleChanges),
    DefaultRole(Role),
    NewKeys(NewKeys),
    /// With commas between; empty for all.
    Domains(String),
    /// 0 for as long as the browser is used.
    SessionHours(u16),
    InvitationDays(u16),
    Depth(u8),
    SecondFactor(SecondFactorWithin),
    OwnEmail(bool),
    RememberDevices(bool),
    /// Minutes; 0 for as long as the browser keeps it.
    SessionIdle(u16),
}

/// In how many days everyone has to have a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum SecondFactorWithin {
    Never,
    Days(u16),
}

impl From<SecondFactorWithin> for String {
    fn from(within: SecondFactorWithin) -> Self {
        match within {
            SecondFactorWithin::Never => "never".to_owned(),
            SecondFactorWithin::Days(days) => days.to_string(),
        }
    }
}

impl TryFrom<String> for SecondFactorWithin {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text == "never" { Ok(Self::Never) } else { text.parse().map(Self::Days) }
    }
}

impl Serialize for PolicyPoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

/// One point and nothing besides.
impl<'de> Deserialize<'de> for PolicyPoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One;
        impl<'de> Visitor<'de> for One {
            type Value = PolicyPoint;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one point of the policy")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PolicyPoint, A::Error> {
                let point = PolicyPoint::deserialize(MapAccessDeserializer::new(&mut map))?;
                match map.next_key::<IgnoredAny>()? {
                    None => Ok(point),
                    Some(_) => Err(de::Error::custom("more than one point")),
                }
            }
        }
        deserializer.deserialize_map(One)
    }
}

/// What the page offers.
const SESSION_HOURS: [u16; 6] = [0, 1, 8, 12, 24, 168];
/// Minutes: a quarter of an hour to a day.
const SESSION_IDLE: [u16; 7] = [0, 15, 30, 60, 240, 480, 1440];
const INVITATION_DAYS: [u16; 5] = [1, 3, 7, 14, 30];
const SECOND_FACTOR_DAYS: [u16; 4] = [0, 7, 14, 30];

/// The single domains of a text: lowered, without an @ before them, each once, in their order.
pub(super) fn domain_list(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    let parts = parts.map(|part| canonical_domain(part.trim_start_matches('@'))).filter(|part| !part.is_empty());
    parts.fold(Vec::new(), |mut list, domain| {
        if !list.contains(&domain) {
            list.push(domain);
        }
        list
    })
}

impl Form for PolicyPoint {
    fn check(&mut self, errors: &mut FieldErrors) {
        let name = self.name();
        match self {
            Self::RoleChanges(_)
            | Self::NewKeys(_)
            | Self::OwnEmail(_)
            | Self::RememberDevices(_)
            | Self::SecondFactor(SecondFactorWithin::Never) => {}
            Self::DefaultRole(role) => {
                if *role == Role::Owner {
                    errors.add(name, FieldFault::OwnerByInvitation);
                }
            }
            Self::Domains(text) => {
                let domains = domain_list(text);
                if domains.len() > limit::DOMAINS {
                    errors.add(name, FieldFault::TooManyDomains { limit: limit::DOMAINS });
                }
                if let Some(fault) = domains.iter().find(|domain| email_fault(&format!("a@{domain}")).is_err()) {
                    errors.add(name, FieldFault::DomainInvalid(fault.clone()));
                }
                *text = domains.join(", ");
            }
            Self::SessionHours(hours) => {
                if !SESSION_HOURS.contains(hours) {
                    errors.add(name, FieldFault::NotOffered);
                }
            }
            Self::SessionIdle(minutes) => {
                if !SESSION_IDLE.contains(minutes) {
                    errors.add(name, FieldFault::NotOffered);
                }
            }
            Self::InvitationDays(days) => {
                if !INVITATION_DAYS.contains(days) {
                    errors.add(name, FieldFault::NotOffered);
                }
            }
            Self::Depth(levels) => {
                if !(1..=limit::DEPTH).contains(levels) {
                    errors.add(name, FieldFault::TooManyLevels { limit: limit::DEPTH });
                }
            }
            Self::SecondFactor(SecondFactorWithin::Days(days)) => {
                if !SECOND_FACTOR_DAYS.contains(days) {
                    errors.add(name, FieldFault::NotOffered);
                }
            }
        }
    }
}

impl PolicyPoint {
    /// The same point drawn tighter, where it is loose by default.
    pub(super) fn safer(&self) -> Self {
        match self {
            Self::RoleChanges(_) => Self::RoleChanges(RoleChanges::Owner),
            Self::DefaultRole(Role::Owner | Role::Admin | Role::Member) => Self::DefaultRole(Role::Viewer),
            Self::NewKeys(_) => Self::NewKeys(NewKeys::Nothing),
            Self::SessionHours(0) => Self::SessionHours(12),
            Self::SessionHours(hours) => Self::SessionHours(*hours.min(&12)),
            Self::SessionIdle(0) => Self::SessionIdle(60),
            Self::SessionIdle(minutes) => Self::SessionIdle(*minutes.min(&60)),
            Self::InvitationDays(days) => Self::InvitationDays(*days.min(&3)),
            Self::SecondFactor(SecondFactorWithin::Never) => Self::SecondFactor(SecondFactorWithin::Days(14)),
            Self::RememberDevices(_) => Self::RememberDevices(false),
            Self::DefaultRole(Role::Viewer | Role::Custom | Role::Named(_))
            | Self::Domains(_)
            | Self::Depth(_)
            | Self::OwnEmail(_)
            | Self::SecondFactor(SecondFactorWithin::Days(_)) => self.clone(),
        }
    }

    /// Its name, as a form sends it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RoleChanges(_) => "role_changes",
            Self::DefaultRole(_) => "default_role",
            Self::NewKeys(_) => "new_keys",
            Self::Domains(_) => "domains",
            Self::SessionHours(_) => "session_hours",
            Self::InvitationDays(_) => "invitation_days",
            Self::Depth(_) => "depth",
            Self::SecondFactor(_) => "second_factor",
            Self::OwnEmail(_) => "own_email",
            Self::RememberDevices(_) => "remember_devices",
            Self::SessionIdle(_) => "session_idle",
        }
    }

    /// How it stands, as a form sends it.
    pub fn value(&self) -> String {
        match self {
            Self::RoleChanges(RoleChanges::Permitted) => "permitted".to_owned(),
            Self::RoleChanges(RoleChanges::Owner) => "owner".to_owned(),
            Self::DefaultRole(role) => role.to_value(),
            Self::NewKeys(NewKeys::Creator) => "creator".to_owned(),
            Self::NewKeys(NewKeys::Nothing) => "nothing".to_owned(),
            Self::Domains(text) => text.clone(),
            Self::SessionHours(number) | Self::SessionIdle(number) | Self::InvitationDays(number) => number.to_string(),
            Self::Depth(levels) => levels.to_string(),
            Self::SecondFactor(within) => String::from(*within),
            Self::OwnEmail(is) | Self::RememberDevices(is) => is.to_string(),
        }
    }

    /// What may be chosen in its place; `None` for what is typed. Roles are the organisation's to name.
    pub fn choices(&self, roles: &[Role]) -> Option<Vec<Self>> {
        Some(match self {
            Self::RoleChanges(_) => [RoleChanges::Permitted, RoleChanges::Owner].map(Self::RoleChanges).to_vec(),
            Self::DefaultRole(_) => roles.iter().copied().map(Self::DefaultRole).collect(),
            Self::NewKeys(_) => [NewKeys::Creator, NewKeys::Nothing].map(Self::NewKeys).to_vec(),
            Self::Domains(_) => return None,
            Self::SessionHours(_) => SESSION_HOURS.map(Self::SessionHours).to_vec(),
            Self::SessionIdle(_) => SESSION_IDLE.map(Self::SessionIdle).to_vec(),
            Self::InvitationDays(_) => INVITATION_DAYS.map(Self::InvitationDays).to_vec(),
            Self::Depth(_) => (1..=limit::DEPTH).map(Self::Depth).collect(),
            Self::OwnEmail(_) => [true, false].map(Self::OwnEmail).to_vec(),
            Self::RememberDevices(_) => [true, false].map(Self::RememberDevices).to_vec(),
            Self::SecondFactor(_) => std::iter::once(SecondFactorWithin::Never)
                .chain(SECOND_FACTOR_DAYS.map(SecondFactorWithin::Days))
                .map(Self::SecondFactor)
                .collect(),
        })
    }
}

/// How a point of the policy stands, or stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PolicyValue {
    /// As logs had it before: in the words of then.
    Words(String),
    Role {
        role: RoleName,
    },
    Point(PolicyPoint),
}
