use crate::{
    AccountId, ApiKeyId, Cursor, FieldErrors, Form, InvitationId, Moment, Password, Role, UserId, canonical_email,
    is_address, limit, recipients,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Invites people into one or more accounts, with a role in each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteMembers {
    /// Addresses as they were pasted, with names or without ([`recipients()`]).
    pub emails: String,
    /// The role in the account that one invites from.
    pub role: Role,
    /// Other accounts, with the role in each.
    #[serde(default)]
    pub also: Vec<InviteTarget>,
}

/// An account that an invitation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteTarget {
    pub account: AccountId,
    pub role: Role,
}

impl InviteMembers {
    /// The recipients in their one form, each once; those that are no addresses among them.
    pub fn addresses(&self) -> Vec<String> {
        let mut known = HashSet::new();
        let addresses = recipients(&self.emails).into_iter().map(canonical_email);
        addresses.filter(|address| known.insert(address.clone())).collect()
    }
}

impl Form for InviteMembers {
    fn check(&mut self, errors: &mut FieldErrors) {
        let addresses = self.addresses();
        if addresses.is_empty() {
            errors.add("emails", "Type at least one e-mail address.");
        } else if addresses.len() > limit::INVITED {
            errors.add("emails", format!("Invite at most {} people at once.", limit::INVITED));
        } else if !addresses.iter().any(|address| is_address(address)) {
            errors.add("emails", "An address has an @ and a domain, such as ana@example.com.");
        }
        if self.role == Role::Owner || self.also.iter().any(|place| place.role == Role::Owner) {
            errors.add("role", "Ownership is handed over, not given by invitation.");
        }
        if self.also.len() > limit::INVITED_TO {
            errors.add("also", format!("Choose at most {} other accounts.", limit::INVITED_TO));
        }
    }
}

/// What is said to somebody who invites more people at once than a new organisation may in a day.
pub fn too_many_for_a_new_organisation(most: u16) -> String {
    format!("In its first week an organisation can send {most} invitations a day. Invite fewer people at once.")
}

/// What became of one address in one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteResult {
    pub email: String,
    pub account_name: String,
    pub outcome: InviteOutcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InviteOutcome {
    Invited,
    AlreadyMember,
    AlreadyInvited,
    Malformed,
    /// The policy names other domains.
    DomainNotAllowed,
    /// The role holds more there than the inviter does.
    AboveOwnPermissions,
}

impl InviteOutcome {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::AlreadyMember => "already a member",
            Self::AlreadyInvited => "already invited",
            Self::Malformed => "this is no e-mail address",
            Self::DomainNotAllowed => "domain not allowed by the policy",
            Self::AboveOwnPermissions => "the role holds more than you do there",
        }
    }
}

/// An invitation that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub role: Role,
    pub role_name: String,
    pub account_name: String,
    pub invited_by: String,
    /// The last time.
    pub sent: Moment,
    pub expires: Moment,
    /// Whether the letter could not be delivered: the mail server refused the address.
    #[serde(default)]
    pub undeliverable: bool,
    /// Whether its link no longer works: whoever sent it may no longer give this, or the policy closed the domain.
    #[serde(default)]
    pub void: bool,
}

impl Invitation {
    /// What to do about one that is [`undeliverable`](Self::undeliverable).
    pub const UNDELIVERABLE: &str =
        "Couldn't be delivered. Check the address: withdraw this and invite the right one, or send it again.";

    /// What to do about one that is [`void`](Self::void).
    pub const VOID: &str = "Its link no longer works: the sender can't give this access any more, or the policy doesn't allow the domain. Send it again yourself, or withdraw it.";
}

/// Which of the pending invitations a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InvitationFilter {
    /// Part of the e-mail address.
    pub search: String,
    /// Who sent them last.
    pub sender: Option<UserId>,
    /// The API key that they were sent through.
    pub key: Option<ApiKeyId>,
    pub cursor: Option<Cursor>,
}

/// An invitation for the reader themselves.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnInvitation {
    pub id: InvitationId,
    pub organisation_name: String,
    pub account_name: String,
    pub role_name: String,
    pub invited_by: String,
    pub expires: Moment,
    /// Whether it can be accepted, or why not.
    pub state: InvitationState,
}

/// What the link of an invitation opens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OpenInvitation {
    pub organisation_name: String,
    pub invited_by: String,
    pub email: String,
    /// Where it leads, with what each role is called.
    pub places: Vec<(String, String)>,
    pub state: InvitationState,
    /// Whether the reader is signed in as whom it is for.
    pub is_me: bool,
    /// As whom else the reader is signed in.
    pub signed_in_as: Option<String>,
    /// Whether a login exists whose confirmed address this is.
    pub known: bool,
    /// Whether a login has this address that nobody has confirmed.
    pub unconfirmed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    Pending,
    Accepted,
    /// Accepted, by somebody who is no longer a member there.
    Left,
    Revoked,
    Expired,
    /// Its sender may no longer give this, or the policy no longer lets the address in.
    Void,
    /// Its organisation is being deleted.
    Deleting,
}

impl InvitationState {
    /// Whether a new one can be asked for in its place.
    pub const fn can_be_renewed(self) -> bool {
        matches!(self, Self::Expired | Self::Revoked | Self::Void | Self::Left)
    }
}

/// Accepts an invitation: who is new chooses a name and a password, who is known gives theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptInvitation {
    pub secret: String,
    #[serde(default)]
    pub first_name: String,
    #[serde(default)]
    pub last_name: String,
    /// Empty for somebody who is signed in as whom it is for.
    #[serde(default)]
    pub password: Password,
    /// Accepts with the login that has the address without having confirmed it, by its password, instead of
    /// making a new one.
    #[serde(default)]
    pub existing: bool,
}

impl AcceptInvitation {
    /// What somebody new has to fill in besides.
    pub fn check_new(&mut self, errors: &mut FieldErrors) {
        errors.name("first_name", &mut self.first_name);
        errors.name("last_name", &mut self.last_name);
        self.password.check_new("password", errors);
    }
}

impl Form for AcceptInvitation {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.optional("first_name", &mut self.first_name, limit::NAME);
        errors.optional("last_name", &mut self.last_name, limit::NAME);
        self.password.check_length("password", errors);
    }
}
