mod accounts;
mod billing;
mod deletion;
mod details;
mod overview;
mod ownership;
mod policy;

use super::English;
use crate::{
    AccountMoveChange, InheritedAccess, Meaning, NewKeys, OrganisationEvent, OrganisationField, OrganisationFields,
    PolicyPoint, PolicyValue, REMEMBERED_DAYS, RoleChanges, SecondFactorWithin, limit,
};
use std::borrow::Cow;

/// What happened, after the name of who did it.
pub(super) fn sentence(event: &OrganisationEvent, whom: &str) -> Cow<'static, str> {
    match event {
        OrganisationEvent::OrganisationFounded => "created the organisation".into(),
        OrganisationEvent::OrganisationDeleted => "deleted the organisation".into(),
        OrganisationEvent::OrganisationRestored => "restored the organisation".into(),
        OrganisationEvent::OrganisationUpdated { fields } => fields.en(),
        OrganisationEvent::PolicyUpdated { point, before, after } => {
            format!("changed the policy “{}” from {} to {}", point.en(), before.en(), after.en()).into()
        }
        OrganisationEvent::OwnershipOffered { .. } => format!("asked {whom} to take over ownership").into(),
        OrganisationEvent::OwnershipKept { .. } => format!("cancelled the ownership transfer to {whom}").into(),
        OrganisationEvent::OwnershipTransferred { .. } => "took over ownership of the organisation".into(),
        OrganisationEvent::OwnershipInherited { .. } => {
            format!("made {whom} the owner, as the previous owner's login was closed").into()
        }
        OrganisationEvent::AccountCreated { name, .. } => format!("created the account {name}").into(),
        OrganisationEvent::AccountRenamed { name, before, .. } => {
            format!("renamed the account {before} to {name}").into()
        }
        OrganisationEvent::AccountMoved { name, below, .. } => format!("moved the account {name} under {below}").into(),
        OrganisationEvent::AccountDeleted { name, .. } => format!("deleted the account {name}").into(),
    }
}

/// What somebody did, after their name: "changed the name and the VAT number".
impl English for OrganisationFields {
    fn en(&self) -> Cow<'static, str> {
        let fields: Vec<_> = self.0.iter().map(English::en).collect();
        match fields.split_last() {
            None => "changed the organisation's details".into(),
            Some((last, [])) => format!("changed {last}").into(),
            Some((last, others)) => format!("changed {} and {last}", others.join(", ")).into(),
        }
    }
}

impl English for InheritedAccess {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Role { role_name, through } => format!("{}, through {through}", role_name.en()),
            Self::Key { through } => format!("API key, through {through}"),
        }
        .into()
    }
}

impl English for AccountMoveChange {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Entry { first_name, account, may_enter: true } => format!("{first_name} can now enter {account}."),
            Self::Entry { first_name, account, may_enter: false } => {
                format!("{first_name} can no longer enter {account}.")
            }
            Self::Permissions(change) => return change.en(),
            Self::Key { name, account, works: true } => format!("{name} will work in {account}."),
            Self::Key { name, account, works: false } => format!("{name} will no longer work in {account}."),
        }
        .into()
    }
}

impl English for OrganisationField {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Name => "the name",
            Self::PhysicalAddress => "the physical address",
            Self::BillingAddress => "the billing address",
            Self::BillingEmail => "the billing e-mail",
            Self::VatNumber => "the VAT number",
        }
        .into()
    }
}

impl English for PolicyPoint {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::RoleChanges(_) => "Who can change roles",
            Self::DefaultRole(_) => "Default role for invitations",
            Self::NewKeys(_) => "Permissions of a new API key",
            Self::Domains(_) => "E-mail domains that can be invited",
            Self::SessionHours(_) => "How long people stay signed in",
            Self::InvitationDays(_) => "How long invitations stay open",
            Self::Depth(_) => "Account nesting depth",
            Self::SecondFactor(_) => "Two-factor authentication",
            Self::OwnEmail(_) => "Who can change sign-in e-mails",
            Self::RememberDevices(_) => "Remember devices",
            Self::SessionIdle(_) => "Sign out when inactive",
        }
        .into()
    }
}

impl English for Meaning<&PolicyPoint> {
    fn en(&self) -> Cow<'static, str> {
        match self.0 {
            PolicyPoint::RoleChanges(_) => {
                "Covers members' roles and permissions, and what your own roles contain. Inviting has its own permission."
            }
            PolicyPoint::DefaultRole(_) => "Anyone inviting can choose another role within their own permissions.",
            PolicyPoint::NewKeys(_) => "Applies to new keys. Existing keys don't change.",
            PolicyPoint::Domains(_) => {
                "Separate with commas; leave empty to allow all. Existing members and invitations aren't affected. List subdomains separately."
            }
            PolicyPoint::SessionHours(_) => {
                "People must then sign in again on every device. In several organisations, the shortest limit applies."
            }
            PolicyPoint::SessionIdle(_) => {
                "Counted for each device from when it was last used. In several organisations, the shortest limit applies."
            }
            PolicyPoint::InvitationDays(_) => "Applies to invitations sent or resent from now on.",
            PolicyPoint::Depth(_) => "Counted below the top-level account. Deeper accounts stay where they are.",
            PolicyPoint::SecondFactor(_) => {
                "Everyone signs in with a passkey, or with a code as well as their password. Anyone without it by then is locked out until they set it up."
            }
            PolicyPoint::OwnEmail(_) => {
                "Takes their password and a confirmation sent to the new address. In several organisations, all of them must allow it."
            }
            PolicyPoint::RememberDevices(_) => {
                "A remembered browser isn't asked for the second factor, only for the password. In several organisations, all of them must allow it."
            }
        }
        .into()
    }
}

impl English for PolicyValue {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Words(words) => words.clone().into(),
            Self::Role { role } => role.en(),
            Self::Point(point) => value(point),
        }
    }
}

/// How a point stands.
fn value(point: &PolicyPoint) -> Cow<'static, str> {
    match point {
        PolicyPoint::RoleChanges(RoleChanges::Permitted) => "Everyone who can modify permissions".into(),
        PolicyPoint::RoleChanges(RoleChanges::Owner) => "Only the owner".into(),
        PolicyPoint::DefaultRole(role) => role.en(),
        PolicyPoint::NewKeys(NewKeys::Creator) => "All of its creator's permissions".into(),
        PolicyPoint::NewKeys(NewKeys::Nothing) => "None until switched on".into(),
        PolicyPoint::Domains(text) if text.is_empty() => "All".into(),
        PolicyPoint::Domains(text) => text.clone().into(),
        PolicyPoint::SessionHours(0) => format!("Until they're inactive for {}", days(limit::IDLE_DAYS)).into(),
        PolicyPoint::SessionHours(1) => "1 hour".into(),
        PolicyPoint::SessionHours(hours) if hours % 24 == 0 => days(hours / 24).into(),
        PolicyPoint::SessionHours(hours) => format!("{hours} hours").into(),
        PolicyPoint::SessionIdle(0) => format!("After {}", days(limit::IDLE_DAYS)).into(),
        PolicyPoint::SessionIdle(60) => "After 1 hour".into(),
        PolicyPoint::SessionIdle(minutes) if minutes % 60 == 0 => format!("After {} hours", minutes / 60).into(),
        PolicyPoint::SessionIdle(minutes) => format!("After {minutes} minutes").into(),
        PolicyPoint::InvitationDays(number) => days(*number).into(),
        PolicyPoint::Depth(1) => "1 level".into(),
        PolicyPoint::Depth(levels) => format!("{levels} levels").into(),
        PolicyPoint::OwnEmail(true) => "Each person".into(),
        PolicyPoint::OwnEmail(false) => "Nobody".into(),
        PolicyPoint::RememberDevices(true) => format!("For {}, if people choose to", days(REMEMBERED_DAYS)).into(),
        PolicyPoint::RememberDevices(false) => "Never".into(),
        PolicyPoint::SecondFactor(SecondFactorWithin::Never) => "Optional".into(),
        PolicyPoint::SecondFactor(SecondFactorWithin::Days(0)) => "Required immediately".into(),
        PolicyPoint::SecondFactor(SecondFactorWithin::Days(number)) => {
            format!("Required, with {} to set it up", days(*number)).into()
        }
    }
}

/// "1 day", "7 days".
pub(super) fn days(number: u16) -> String {
    if number == 1 { "1 day".to_owned() } else { format!("{number} days") }
}
