use crate::{FieldErrors, Form, InvitationId, Moment, Password, Role, email_fault, limit};
use serde::{Deserialize, Serialize};

/// Invites people into an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteMembers {
    /// Addresses with commas, semicolons, spaces or lines between.
    pub emails: String,
    pub role: Role,
}

impl InviteMembers {
    /// The single addresses, lowered, each once.
    pub fn addresses(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for part in self.emails.split(|c: char| c.is_whitespace() || c == ',' || c == ';') {
            let address = part.to_lowercase();
            if !address.is_empty() && !found.contains(&address) {
                found.push(address);
            }
        }
        found
    }
}

impl Form for InviteMembers {
    fn check(&mut self, errors: &mut FieldErrors) {
        let addresses = self.addresses();
        if addresses.is_empty() {
            errors.add("emails", "Type at least one e-mail address.");
        } else if addresses.len() > limit::INVITED {
            errors.add("emails", format!("Invite at most {} people at once.", limit::INVITED));
        }
        for address in addresses {
            if address.len() > limit::EMAIL || address.chars().any(char::is_control) {
                errors.add("emails", "One of the addresses is too long or holds control characters.");
            } else if let Err(fault) = email_fault(&address) {
                errors.add("emails", format!("{address}: {fault}"));
            }
        }
        if self.role == Role::Owner {
            errors.add("role", "Ownership is handed over, not given by invitation.");
        }
    }
}

/// What became of one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub email: String,
    pub outcome: InviteOutcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InviteOutcome {
    Invited,
    AlreadyMember,
    AlreadyInvited,
}

impl InviteOutcome {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::AlreadyMember => "already a member",
            Self::AlreadyInvited => "already invited",
        }
    }
}

/// An invitation that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub role: Role,
    pub account_name: String,
    pub invited_by: String,
    pub created: Moment,
    pub expires: Moment,
}

/// What the link of an invitation opens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OpenInvitation {
    pub organisation_name: String,
    pub invited_by: String,
    pub email: String,
    pub role: Role,
    pub state: InvitationState,
    /// Whether a login with this address exists already.
    pub known: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    Pending,
    Accepted,
    Revoked,
    Expired,
}

/// Accepts an invitation: who is new chooses a name and a password, who is known gives theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptInvitation {
    pub secret: String,
    #[serde(default)]
    pub first_name: String,
    #[serde(default)]
    pub last_name: String,
    pub password: Password,
}

impl AcceptInvitation {
    /// What somebody new has to fill in besides.
    pub fn check_new(&mut self, errors: &mut FieldErrors) {
        errors.required("first_name", &mut self.first_name, limit::NAME);
        errors.required("last_name", &mut self.last_name, limit::NAME);
        self.password.check_new("password", errors);
    }
}

impl Form for AcceptInvitation {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.optional("first_name", &mut self.first_name, limit::NAME);
        errors.optional("last_name", &mut self.last_name, limit::NAME);
        if self.password.reveal().is_empty() {
            errors.add("password", "Type a password.");
        } else if self.password.reveal().chars().count() > limit::PASSWORD {
            errors.add("password", format!("Keep it to {} characters.", limit::PASSWORD));
        }
    }
}
