use crate::{InvitationState, InvitationText, OwnInvitationsText, Role, RoleName, locale::en::English};
use std::borrow::Cow;

impl English for InvitationText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Invitation",
            Self::Join { organisation } => return format!("Join {organisation}").into(),
            Self::InvitedBy { by, places } => return invited_by(by, places).into(),
            Self::SignedInAsOther { other, email } => {
                return format!("You're signed in as {other}. If you accept, you'll be signed in as {email} instead.")
                    .into();
            }
            Self::SignedIn => "You're signed in as {0}.",
            Self::Known => "You already sign in as {0}. Enter your password to join.",
            Self::New => "You'll sign in as {0}.",
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Password => "Password",
            Self::Accept => "Accept invitation",
            Self::ExistingTitle => "Already have a login?",
            Self::Existing => {
                "Someone signed up with {0} but never confirmed the address. If that was you, enter your password to \
                 join. If not, set up a new login below: the other one loses this address."
            }
            Self::ExistingPerhaps => {
                "If you sign in with {0}, enter your password to join. If not, set up a login below."
            }
            Self::ExistingPassword => "Existing password",
            Self::JoinExisting => "Join with this login",
            Self::Over(state) => match state {
                InvitationState::Accepted | InvitationState::Left => "This invitation has been accepted",
                InvitationState::Revoked => "This invitation was withdrawn",
                InvitationState::Void => "This invitation no longer works",
                InvitationState::Deleting => "This organisation is being deleted",
                InvitationState::Expired | InvitationState::Pending => "This invitation has expired",
            },
            Self::OverSentence { state, organisation, by, email } => {
                let ask = format!("Ask {by} or another admin of {organisation} for a new one.");
                return match state {
                    InvitationState::Accepted => format!("Sign in to open {organisation}."),
                    InvitationState::Left => format!("{email} is no longer a member. {ask}"),
                    InvitationState::Void => format!(
                        "{by} can no longer give this access, or {organisation} no longer allows this address. Ask \
                         for a new invitation."
                    ),
                    InvitationState::Deleting => {
                        format!("No one can join {organisation} any more. Ask {by} if you think this is a mistake.")
                    }
                    InvitationState::Revoked | InvitationState::Expired | InvitationState::Pending => ask,
                }
                .into();
            }
            Self::Unknown => "This link doesn't work",
            Self::UnknownSentence => {
                "It's incomplete, or a newer one has replaced it. Use the link in your latest e-mail, or ask for \
                 a new invitation."
            }
            Self::Ask => "Ask for a new invitation",
            Self::Asked => "Request sent. If it's approved, you'll get a new invitation by e-mail.",
        }
        .into()
    }
}

/// "Thandi Dlamini invited you as a Member.", "… invited you to Cape Town as a Member and Durban as a Viewer."
fn invited_by(by: &str, places: &[(String, RoleName)]) -> String {
    let place = |(account, role): &(String, RoleName)| format!("{account} {}", as_role(role));
    match places {
        [] => format!("{by} invited you."),
        [(_, role)] => format!("{by} invited you {}.", as_role(role)),
        [first @ .., last] => {
            let first = first.iter().map(place).collect::<Vec<_>>().join(", ");
            format!("{by} invited you to {first} and {}.", place(last))
        }
    }
}

fn as_role(role: &RoleName) -> String {
    match role {
        RoleName::BuiltIn(Role::Custom) => "with custom permissions".to_owned(),
        RoleName::BuiltIn(role @ (Role::Owner | Role::Admin)) => format!("as an {}", role.en()),
        RoleName::BuiltIn(role) => format!("as a {}", role.en()),
        RoleName::Named(name) => format!("as {name}"),
    }
}

impl English for OwnInvitationsText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "My invitations",
            Self::Purpose => "Organisations that have invited you.",
            Self::Unconfirmed => "{0} to see your invitations here.",
            Self::ConfirmEmail => "Confirm your e-mail address",
            Self::Empty => "No pending invitations.",
            Self::Details => "{0} · {1} · Invited by {2} · Expires {3}",
            Self::Void => {
                "The sender can no longer give you this access, or the organisation no longer allows your \
                 address. Ask for a new invitation."
            }
            Self::Accept => "Accept",
            Self::Decline => "Decline",
        }
        .into()
    }
}
