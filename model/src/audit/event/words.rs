use super::{Event, Proof};
use crate::{Refusal, Role};

impl Event {
    /// What happened, after the name of who did it; `whom` is the other person, where there is one.
    #[expect(clippy::too_many_lines, reason = "a line for each event")]
    pub fn sentence(&self, whom: &str) -> String {
        match self {
            Self::OrganisationFounded => "founded the organisation".to_owned(),
            Self::OrganisationDeleted => "deleted the organisation".to_owned(),
            Self::OrganisationRestored => "restored the organisation".to_owned(),
            Self::OrganisationUpdated { fields } => fields.sentence(),
            Self::PolicyUpdated { point, before, after } => {
                format!("changed the policy \"{}\" from {before} to {after}", point.label())
            }
            Self::SignedIn => "signed in".to_owned(),
            Self::SignedOut => "signed out".to_owned(),
            Self::SignInFailed { wrong: Proof::Password, .. } => {
                format!("tried to sign in as {whom}: the password was wrong")
            }
            Self::SignInFailed { wrong: Proof::Code, .. } => format!("tried to sign in as {whom}: the code was wrong"),
            Self::SecondFactorBegun => "began to set up a second factor".to_owned(),
            Self::SecondFactorSet { .. } => "set up a second factor".to_owned(),
            Self::SecondFactorRemoved { .. } => "took away their second factor".to_owned(),
            Self::EmailAsked => "asked for another e-mail address".to_owned(),
            Self::EmailConfirmationSent => "asked to confirm their e-mail address".to_owned(),
            Self::EmailChanged { .. } => "changed their e-mail address".to_owned(),
            Self::EmailConfirmed { .. } => "confirmed their e-mail address".to_owned(),
            Self::EmailReclaimed { .. } => {
                format!("proved to own the unconfirmed e-mail address of {whom}, whose login was closed")
            }
            Self::RecoveryCodeUsed { left } => format!("used a recovery code, {left} are left"),
            Self::MemberInvited { role, .. } => format!("invited somebody as {role}"),
            Self::InvitationResent { .. } => "sent an invitation again".to_owned(),
            Self::InvitationUpdated { role, .. } => format!("changed the role of an invitation to {role}"),
            Self::InvitationRevoked { .. } => "withdrew an invitation".to_owned(),
            Self::InvitationDeclined { .. } => "declined an invitation".to_owned(),
            Self::InvitationAsked { .. } => "asked for a new invitation".to_owned(),
            Self::InvitationAccepted { role, .. } => format!("accepted an invitation as {role}"),
            Self::MemberUpdated { before, after, .. } if before.role != after.role && after.role != Role::Custom => {
                format!("made {whom} {}", after.called)
            }
            Self::MemberUpdated { .. } => format!("changed the permissions of {whom}"),
            Self::MemberSuspended { .. } => format!("suspended {whom}"),
            Self::MemberRestored { .. } => format!("restored {whom}"),
            Self::MemberRemoved { .. } => format!("removed {whom}"),
            Self::MemberReturned { .. } => format!("took back the removal of {whom}"),
            Self::MemberLeft { .. } => "left".to_owned(),
            Self::OwnershipOffered { .. } => format!("offered the organisation to {whom}"),
            Self::OwnershipKept { .. } => format!("ended the offer of the organisation to {whom}"),
            Self::OwnershipTransferred { .. } => "took over the organisation".to_owned(),
            Self::OwnershipInherited { .. } => {
                format!("made {whom} the owner: the login of the owner before was closed")
            }
            Self::RoleCreated { name, .. } => format!("made the role {name}"),
            Self::RoleRenamed { name, before, .. } => format!("renamed the role {before} to {name}"),
            Self::RoleUpdated { name, .. } => format!("changed what the role {name} holds"),
            Self::RoleDeleted { name, .. } => format!("deleted the role {name}"),
            Self::ApiKeyCreated { name, .. } => format!("made the API key {name}"),
            Self::ApiKeyUpdated { name, .. } => format!("changed what the API key {name} may do"),
            Self::ApiKeyRotated { name, .. } => format!("gave the API key {name} a new secret"),
            Self::ApiKeyRevoked { name, .. } => format!("revoked the API key {name}"),
            Self::AccountCreated { name, .. } => format!("made the account {name}"),
            Self::AccountRenamed { name, before, .. } => format!("renamed the account {before} to {name}"),
            Self::AccountMoved { name, below, .. } => format!("moved the account {name} below {below}"),
            Self::AccountDeleted { name, .. } => format!("deleted the account {name}"),
            Self::ContactsRead { records: 1 } => "read a contact".to_owned(),
            Self::ContactsRead { records } => format!("read {records} contacts"),
            Self::ContactsSearched { records: 0 } => "searched contacts and saw none".to_owned(),
            Self::ContactsSearched { records: 1 } => "searched contacts and saw one".to_owned(),
            Self::ContactsSearched { records } => format!("searched contacts and saw {records}"),
            Self::RecipientsCounted { recipients } => {
                format!("counted the contacts a campaign would reach: {recipients}")
            }
            Self::MembersRead { .. } => "read names or e-mail addresses of members".to_owned(),
            Self::InvitationsRead { .. } => "read e-mail addresses of invitations".to_owned(),
            Self::AccessLogRead { .. } => "read the data access log".to_owned(),
            Self::ContactCreated { .. } => "added a contact".to_owned(),
            Self::ContactUpdated { .. } => "changed a contact".to_owned(),
            Self::ContactDeleted { .. } => "deleted a contact".to_owned(),
            Self::CampaignCreated { name, .. } => format!("wrote the campaign {name}"),
            Self::CampaignUpdated { name, .. } => format!("changed the campaign {name}"),
            Self::CampaignDeleted { name, .. } => format!("deleted the campaign {name}"),
            Self::Refused { why: Refusal::Permission(permission) } => {
                format!("was refused: {}", permission.title().to_lowercase())
            }
            Self::Refused { why: Refusal::RolesByOwnerOnly } => {
                "was refused: the policy leaves roles to the owner".to_owned()
            }
            Self::Refused { why: Refusal::DomainNotAllowed } => {
                "was refused: the policy names other e-mail domains".to_owned()
            }
            Self::Refused { why: Refusal::InvitationVoid } => {
                "was refused: the sender of the invitation may no longer give this access".to_owned()
            }
            Self::Refused { why: Refusal::EmailUnconfirmed } => {
                "was refused: the e-mail address is not confirmed".to_owned()
            }
            Self::Refused { why: Refusal::EmailStays } => "was refused: the policy keeps e-mail addresses".to_owned(),
            Self::Refused { why: Refusal::SecondFactorMissing } => {
                "was refused: the policy requires a second factor".to_owned()
            }
            Self::Refused { why: Refusal::WrongPassword } => "was refused: the password was wrong".to_owned(),
            Self::Refused { why: Refusal::WrongCode } => "was refused: the code was wrong".to_owned(),
            Self::Refused { why: Refusal::KeyRevoked } => "was refused: the key was revoked".to_owned(),
            Self::Refused { why: Refusal::KeyExpired } => "was refused: the key has expired".to_owned(),
            Self::Refused { .. } => "was refused".to_owned(),
        }
    }
}
