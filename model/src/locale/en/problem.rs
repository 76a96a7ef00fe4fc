use super::{English, count, number};
use crate::{Conflict, Problem, Refusal};
use std::borrow::Cow;

impl English for Problem {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Invalid(_) => "Nothing was saved. Fix the highlighted fields.".into(),
            Self::Malformed => "The request couldn't be read. Reload the page and try again.".into(),
            Self::SignedOut => "You're signed out. Sign in to continue.".into(),
            Self::UnknownKey => {
                "There's no API key with this secret. Send a live one as: Authorization: Bearer tnt_…".into()
            }
            Self::WrongPassword => "Wrong e-mail or password.".into(),
            Self::WrongPasskey => "This passkey doesn't sign you in here. Use another, or your password.".into(),
            Self::Refused(refusal) => refusal.en(),
            Self::ProofNeeded(action) => action.en(),
            Self::NotFound => "It doesn't exist, or you don't have access.".into(),
            Self::Conflict(conflict) => conflict.en(),
            Self::AnotherUser { first_name } => {
                format!("You're now signed in as {first_name}. Reload to continue.").into()
            }
            Self::TooMany { seconds: 0 | 1 } => "Too many attempts. Wait a second, then try again.".into(),
            Self::TooMany { seconds } if *seconds < 90 => {
                format!("Too many attempts. Wait {seconds} seconds, then try again.").into()
            }
            Self::TooMany { seconds } if *seconds < 90 * 60 => {
                format!("Too many attempts. Wait {} minutes, then try again.", seconds.div_ceil(60)).into()
            }
            Self::TooMany { seconds } => {
                format!("Too many attempts. Wait {} hours, then try again.", seconds.div_ceil(60 * 60)).into()
            }
            Self::TooLarge => "That's more than can be sent at once. Send less.".into(),
            Self::TooSlow => "This took too long. Narrow the search or the filter, then try again.".into(),
            Self::Unavailable => "The database can't be reached. Try again in a minute.".into(),
            Self::Internal(request) => format!(
                "Something went wrong on our side. Try again. If it keeps happening, give your administrator this \
                 code: {request}."
            )
            .into(),
            Self::Offline => "The server can't be reached. Check your connection and try again.".into(),
        }
    }
}

impl English for Refusal {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Permission(_) => "You don't have permission to do this. Ask an admin for access.",
            Self::Suspended => "Your access is suspended. Ask an admin to restore it.",
            Self::AboveOwnPermissions => "You don't have this permission yourself, so you can't give or remove it.",
            Self::AdminByOwnerOnly => "Only the owner can change an Admin.",
            Self::RolesByOwnerOnly => "Your organisation's policy lets only the owner change roles.",
            Self::DomainNotAllowed => {
                "Your organisation's policy doesn't allow invitations to this e-mail domain. Ask an admin to allow it."
            }
            Self::OwnerOnly => "Only the owner can do this.",
            Self::Owner => "The owner has every permission until ownership is transferred.",
            Self::Oneself => "You can't change your own access. Ask another admin.",
            Self::BeingDeleted => "This organisation is being deleted. Ask its owner to restore it.",
            Self::SecondFactorMissing => {
                "This organisation requires two-factor authentication. Set it up to get back in."
            }
            Self::SecondFactorRequired => {
                "One of your organisations requires two-factor authentication, so you can't turn it off."
            }
            Self::EmailUnconfirmed => "Confirm your e-mail address first: open My settings in your menu.",
            Self::InvitationVoid => {
                "The person who invited you can no longer give you this access. Ask for a new invitation."
            }
            Self::EmailStays => "The policy of one of your organisations doesn't let you change your e-mail address.",
            Self::KeyRevoked => "This key was revoked. Ask for a new one.",
            Self::KeyExpired => "This key has expired. Ask for a new one.",
            Self::KeyCreatorInactive => {
                "The person who created this key is suspended or no longer a member, so it doesn't work. Ask for a \
                 new one."
            }
            Self::KeyOfSomebodyElse => {
                "Only the person who created this key can replace its secret. Create a key of your own."
            }
            Self::PeopleOnly => "An API key can't do this. Sign in as a person.",
            Self::WrongPassword => "This isn't your password.",
            Self::WrongCode => "This code is wrong or was already used. Enter the newest one.",
            Self::SignUpClosed => "New organisations can't be created here. Ask for an invitation.",
            Self::ForeignOrigin => "This request came from another site and wasn't carried out.",
            Self::WrongPasskey => "This isn't one of your passkeys. Use another, or enter a code.",
            Self::InAnotherOrganisation => {
                "They're also a member of another organisation. Ask the operator of this installation to reset it."
            }
            Self::OwnsOrganisation => "You own an organisation. Transfer ownership or delete the organisation first.",
        }
        .into()
    }
}

impl English for Conflict {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::ChangedMeanwhile => "Someone else changed this while you were editing. Nothing was saved.".into(),
            Self::SameMoment => "Something changed at the same moment. Try again.".into(),
            Self::TooManyKeys { limit } => {
                format!("You've reached the limit of {limit} API keys. Revoke one first.").into()
            }
            Self::KeyRevoked => "This key has been revoked. Create a new one.".into(),
            Self::KeyExpired => "This key has expired. Create a new one.".into(),
            Self::EmailHasLogin => "This address already has a login. Sign in with it, or use another address.".into(),
            Self::EmailConfirmed => "Your e-mail address is already confirmed.".into(),
            Self::EmailReserved { days } => format!(
                "Another login used this address until recently and can still go back to it. Use another address, or \
                 try again in {}.",
                count(*days, "day", "days")
            )
            .into(),
            Self::SecondFactorOfferExpired => "This took longer than half an hour. Start over.".into(),
            Self::UsedMeanwhile => "All of these have been used in the meantime. Nothing was removed.".into(),
            Self::NotAdminAnyMore => {
                "You're no longer an Admin of the top-level account. Ask the owner to transfer ownership again.".into()
            }
            Self::TooDeep { limit: 1 } => {
                "Accounts can be nested at most 1 level deep. Choose a higher parent account.".into()
            }
            Self::TooDeep { limit } => {
                format!("Accounts can be nested at most {limit} levels deep. Choose a higher parent account.").into()
            }
            Self::RootAccountStays => "The top-level account can only be deleted with the organisation.".into(),
            Self::RootAccountName => {
                "The top-level account has the organisation's name. Rename the organisation instead.".into()
            }
            Self::RootAccountMoves => "The top-level account can't be moved.".into(),
            Self::AccountBelowItself => "An account can't be moved under itself. Choose another parent account.".into(),
            Self::NotBeingDeleted => "This organisation isn't being deleted.".into(),
            Self::TooLateToRestore => "The 14 days are over. This organisation can no longer be restored.".into(),
            Self::OwnerGone => "The owner's login is closed. This organisation can no longer be restored.".into(),
            Self::TooLateToUndo => "It's too late to undo this.".into(),
            Self::TooManySelected { limit } => format!(
                "You can change at most {} at once. Narrow the list with a filter and do it in parts.",
                number(*limit as u64)
            )
            .into(),
            Self::TooManyRoles { limit } => {
                format!("You've reached the limit of {limit} roles. Delete one first.").into()
            }
            Self::InvitationOpen => "You don't need a new invitation. Accept this one, or sign in.".into(),
            Self::InvitationNotOpen => "This invitation is no longer open. Ask for a new one.".into(),
            Self::ExportRunning => "Your export is still being prepared. Wait until it's ready.".into(),
            Self::LinkByLetterOnly => {
                "Your organisation's policy allows certain e-mail domains only, so the link has to go by e-mail. Resend the invitation."
                    .into()
            }
            Self::PasskeyRequestOver => "This took longer than 5 minutes or was already used. Try again.".into(),
            Self::PasskeyUnusable => "This passkey couldn't be saved. Try again, or use another device.".into(),
            Self::PasskeyCopied => {
                "This passkey was refused because a copy of it may be in use elsewhere. Sign in another way and remove it."
                    .into()
            }
            Self::TooManyPasskeys { limit } => {
                format!("You've reached the limit of {limit} passkeys. Remove one first.").into()
            }
            Self::PasskeysNeedName => {
                "Passkeys need a domain name, and this installation is opened by its IP address.".into()
            }
            Self::NoPhone => "Verify a mobile number first.".into(),
            Self::NoSecondFactor => {
                "Set up a passkey, an authenticator app or codes by text message first.".into()
            }
            Self::PhoneNotAsked => "There's no code to enter any more. Enter the number again.".into(),
            Self::SmsUnavailable => "We can't send text messages right now. Use another way.".into(),
            Self::SmsCountry => "We can't send text messages to this country. Use another number, or another way.".into(),
            Self::SmsRefused => {
                "We can't send a code to this number right now. Use another way, or try again later.".into()
            }
        }
    }
}
