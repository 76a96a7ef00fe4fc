use crate::{
    AccountId, ApiKeyId, Cursor, FieldErrors, FieldFault, Form, Moment, Password, PermissionSet, Role, RoleName,
    UserId, canonical_email, is_address, limit, recipients,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

id! { InvitationId }

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
    /// What a custom role holds, wherever it is given; of no other role. As a checkbox for each permission, or as text.
    #[serde(default, deserialize_with = "PermissionSet::deserialize_checked")]
    pub permissions: PermissionSet,
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
            errors.add("emails", FieldFault::NoRecipients);
        } else if addresses.len() > limit::INVITED {
            errors.add("emails", FieldFault::TooManyRecipients { limit: limit::INVITED });
        } else if !addresses.iter().any(|address| is_address(address)) {
            errors.add("emails", FieldFault::NoRecipientIsAddress);
        }
        if self.role == Role::Owner || self.also.iter().any(|place| place.role == Role::Owner) {
            errors.add("role", FieldFault::OwnerByInvitation);
        }
        if self.also.len() > limit::INVITED_TO {
            errors.add("also", FieldFault::TooManyAccounts { limit: limit::INVITED_TO });
        }
    }
}

/// What became of one address in one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteResult {
    pub email: String,
    pub account: AccountId,
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

/// An invitation that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub role: Role,
    pub role_name: RoleName,
    /// The toggles of a custom role.
    #[serde(default)]
    pub permissions: PermissionSet,
    pub account: AccountId,
    pub account_name: String,
    pub invited_by: String,
    /// `None` for somebody who is gone.
    pub invited_by_id: Option<UserId>,
    /// The last time.
    pub sent: Moment,
    pub expires: Moment,
    /// How far its last letter is; `None` once nobody knows any more.
    #[serde(default)]
    pub letter: Option<LetterState>,
    /// Whether the letter could not be delivered: the mail server refused the address.
    #[serde(default)]
    pub undeliverable: bool,
    /// Whether its link no longer works: whoever sent it may no longer give this, or the policy closed the domain.
    #[serde(default)]
    pub void: bool,
}

/// How far a letter is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    Waiting,
    Sent(Moment),
    Failed,
}

/// What keeps an invitation that waits from being accepted, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationFault {
    Undeliverable,
    Void,
}

impl Invitation {
    pub const fn fault(&self) -> Option<InvitationFault> {
        if self.undeliverable {
            Some(InvitationFault::Undeliverable)
        } else if self.void {
            Some(InvitationFault::Void)
        } else {
            None
        }
    }
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
    pub role_name: RoleName,
    pub invited_by: String,
    pub expires: Moment,
    /// Whether it can be accepted, or why not.
    pub state: InvitationState,
}

/// What the link of an invitation opens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "facts that hold or not, whatever the others are")]
pub struct OpenInvitation {
    pub organisation_name: String,
    pub invited_by: String,
    pub email: String,
    /// Where it leads, with what each role is called.
    pub places: Vec<(String, RoleName)>,
    pub state: InvitationState,
    /// Whether the reader is signed in as whom it is for.
    pub is_me: bool,
    /// As whom else the reader is signed in.
    pub signed_in_as: Option<String>,
    /// Whether a login exists whose confirmed address this is; never said of a link that was handed over.
    pub known: bool,
    /// Whether a login has this address that nobody has confirmed; never said of a link that was handed over.
    pub unconfirmed: bool,
    /// Whether the link was handed over by whoever invites, and no letter carried it: its reader says themselves whether they
    /// have a login.
    #[serde(default)]
    pub copied: bool,
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
