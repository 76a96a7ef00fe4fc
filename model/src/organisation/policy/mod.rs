mod point;

pub use point::*;

use crate::{Moment, Refusal, Role, RoleName, Timestamp, canonical_domain, limit};
use point::domain_list;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The rules that an organisation sets for everyone. A point that is not stored yet is as it is by default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::FromJsonQueryResult))]
#[serde(default)]
pub struct Policy {
    pub role_changes: RoleChanges,
    pub default_role: Role,
    pub new_keys: NewKeys,
    /// Lowered; empty for all.
    pub domains: Vec<String>,
    /// `None` for as long as the browser is used.
    pub session_hours: Option<u16>,
    pub invitation_days: u16,
    /// Levels of accounts below the first.
    pub depth: u8,
    pub second_factor: Option<SecondFactorRule>,
    /// Whether people change the address that they sign in with themselves.
    pub own_email: bool,
    /// Whether browsers are remembered that ask for no second factor for a while.
    pub remember_devices: bool,
    /// Minutes without use after which a session ends; `None` for as long as the browser keeps it.
    pub session_idle: Option<u16>,
}

/// Everyone signs in with a second factor, or is kept out until they have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorRule {
    /// Days that everyone was given to set one up.
    pub days: u16,
    /// When they are over.
    pub from: Timestamp,
}

/// As the products behaved that Tenantry takes the place of.
impl Default for Policy {
    fn default() -> Self {
        Self {
            role_changes: RoleChanges::Permitted,
            default_role: Role::Admin,
            new_keys: NewKeys::Creator,
            domains: Vec::new(),
            session_hours: None,
            invitation_days: 7,
            depth: limit::DEPTH,
            second_factor: None,
            own_email: true,
            remember_devices: true,
            session_idle: None,
        }
    }
}

/// Who may change roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleChanges {
    /// Those with `member.update`.
    Permitted,
    Owner,
}

/// What a new API key may do before anything is switched on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewKeys {
    /// All that its creator may.
    Creator,
    Nothing,
}

impl Policy {
    /// Every point as it is now, in the order of the page.
    pub fn points(&self) -> [PolicyPoint; 11] {
        let Self {
            role_changes,
            default_role,
            new_keys,
            domains,
            session_hours,
            invitation_days,
            depth,
            second_factor,
            own_email,
            remember_devices,
            session_idle,
        } = self;
        [
            PolicyPoint::RoleChanges(*role_changes),
            PolicyPoint::DefaultRole(*default_role),
            PolicyPoint::Domains(domains.join(", ")),
            PolicyPoint::InvitationDays(*invitation_days),
            PolicyPoint::SessionHours(session_hours.unwrap_or(0)),
            PolicyPoint::SessionIdle(session_idle.unwrap_or(0)),
            PolicyPoint::SecondFactor(within(*second_factor)),
            PolicyPoint::RememberDevices(*remember_devices),
            PolicyPoint::OwnEmail(*own_email),
            PolicyPoint::Depth(*depth),
            PolicyPoint::NewKeys(*new_keys),
        ]
    }

    /// Sets a point that was [checked](crate::Form::validated), from now on; gives what it was before.
    pub fn set(&mut self, point: &PolicyPoint, now: Timestamp) -> PolicyPoint {
        match point {
            PolicyPoint::RoleChanges(to) => PolicyPoint::RoleChanges(std::mem::replace(&mut self.role_changes, *to)),
            PolicyPoint::DefaultRole(to) => PolicyPoint::DefaultRole(std::mem::replace(&mut self.default_role, *to)),
            PolicyPoint::NewKeys(to) => PolicyPoint::NewKeys(std::mem::replace(&mut self.new_keys, *to)),
            PolicyPoint::Domains(to) => {
                PolicyPoint::Domains(std::mem::replace(&mut self.domains, domain_list(to)).join(", "))
            }
            PolicyPoint::SessionHours(to) => {
                let before = std::mem::replace(&mut self.session_hours, (*to > 0).then_some(*to));
                PolicyPoint::SessionHours(before.unwrap_or(0))
            }
            PolicyPoint::SessionIdle(to) => {
                let before = std::mem::replace(&mut self.session_idle, (*to > 0).then_some(*to));
                PolicyPoint::SessionIdle(before.unwrap_or(0))
            }
            PolicyPoint::InvitationDays(to) => {
                PolicyPoint::InvitationDays(std::mem::replace(&mut self.invitation_days, *to))
            }
            PolicyPoint::Depth(to) => PolicyPoint::Depth(std::mem::replace(&mut self.depth, *to)),
            PolicyPoint::SecondFactor(to) => {
                let before = within(self.second_factor);
                // Saved once more, it gives no more time.
                if before != *to {
                    self.second_factor = match *to {
                        SecondFactorWithin::Never => None,
                        SecondFactorWithin::Days(days) => {
                            Some(SecondFactorRule { days, from: now + duration_of(days) })
                        }
                    };
                }
                PolicyPoint::SecondFactor(before)
            }
            PolicyPoint::OwnEmail(to) => PolicyPoint::OwnEmail(std::mem::replace(&mut self.own_email, *to)),
            PolicyPoint::RememberDevices(to) => {
                PolicyPoint::RememberDevices(std::mem::replace(&mut self.remember_devices, *to))
            }
        }
    }

    /// What is loose by default and can be drawn tighter: each point as it is, and as it is safer. What is
    /// tight already, and what only the organisation can know, is not among them.
    pub fn safer(&self) -> Vec<(PolicyPoint, PolicyPoint)> {
        let pairs = self.points().into_iter().map(|now| (now.safer(), now));
        pairs.filter(|(then, now)| then != now).map(|(then, now)| (now, then)).collect()
    }

    /// Whether somebody with this address may be invited.
    ///
    /// # Errors
    /// [`Refusal::DomainNotAllowed`].
    pub fn admits(&self, address: &str) -> Result<(), Refusal> {
        let domain = canonical_domain(address.rsplit_once('@').map_or("", |(_, domain)| domain));
        let admitted = |allowed: &String| canonical_domain(allowed) == domain;
        let all = self.domains.is_empty() || self.domains.iter().any(admitted);
        if all { Ok(()) } else { Err(Refusal::DomainNotAllowed) }
    }

    /// For how long an invitation can be accepted.
    pub fn invitation_lifetime(&self) -> Duration {
        duration_of(self.invitation_days)
    }
}

fn duration_of(days: u16) -> Duration {
    Duration::from_hours(24 * u64::from(days))
}

fn within(rule: Option<SecondFactorRule>) -> SecondFactorWithin {
    rule.map_or(SecondFactorWithin::Never, |rule| SecondFactorWithin::Days(rule.days))
}

/// The policy as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationPolicy {
    pub policy: Policy,
    /// The roles that an invitation may start with, with their names.
    pub roles: Vec<(Role, RoleName)>,
    /// Whether the reader may change who changes roles, or why not.
    pub role_changes: Result<(), Refusal>,
    /// From when a second factor is required, where it is.
    pub second_factor_from: Option<Moment>,
    /// People of the organisation who have none; 0 for readers who may not set the policy.
    pub without_second_factor: u64,
}

impl OrganisationPolicy {
    /// How a point stands, with what its role is called.
    pub fn value_of(&self, point: &PolicyPoint) -> PolicyValue {
        let role = match point {
            PolicyPoint::DefaultRole(role) => self.roles.iter().find(|(known, _)| known == role),
            _ => None,
        };
        role.map_or_else(|| PolicyValue::Point(point.clone()), |(_, name)| PolicyValue::Role { role: name.clone() })
    }
}
