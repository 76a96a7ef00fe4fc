use super::{English, organisation::days, people::are};
use crate::{
    LetterText, OrganisationNotice, PasswordNotice, PhoneNotice, SecondFactorNotice, Subject, in_letter, quoted,
};
use std::borrow::Cow;

impl English for Subject<'_> {
    fn en(&self) -> Cow<'static, str> {
        match self.0 {
            LetterText::SignUp { .. } | LetterText::ConfirmEmail { .. } => "Confirm your e-mail address".into(),
            LetterText::SignUpKnown { .. } => "You already have a login".into(),
            LetterText::EmailTaken => "This address already has a login".into(),
            LetterText::EmailChanged { .. } => "Your e-mail address was changed".into(),
            LetterText::SecondFactor { notice, .. } => match notice {
                SecondFactorNotice::SetUp => "Two-factor authentication is on",
                SecondFactorNotice::Replaced => "Your authenticator app was replaced",
                SecondFactorNotice::Removed => "Two-factor authentication is off",
                SecondFactorNotice::RecoveryCodeUsed { .. } => "A recovery code was used",
                SecondFactorNotice::AppRemoved => "Your authenticator app was removed",
                SecondFactorNotice::PasskeyAdded => "A passkey was added",
                SecondFactorNotice::PasskeyRemoved => "A passkey was removed",
                SecondFactorNotice::PasskeyCopied => "One of your passkeys may have been copied",
                SecondFactorNotice::Reset => "Your two-factor authentication was reset",
                SecondFactorNotice::SmsSetUp => "Codes by text message are on",
                SecondFactorNotice::SmsRemoved => "Codes by text message are off",
                SecondFactorNotice::CodesRenewed => "Your recovery codes were replaced",
            }
            .into(),
            LetterText::UserDeleted { .. } => "Your account has been deleted".into(),
            LetterText::NewDevice { device, .. } => format!("New sign-in: {}", device.en()).into(),
            LetterText::Phone { notice: PhoneNotice::Changed, .. } => "Your mobile number was changed".into(),
            LetterText::Phone { notice: PhoneNotice::Removed, .. } => "Your mobile number was removed".into(),
            LetterText::Invitation { invited_by, organisation, .. } => {
                format!("{} invited you to {}", quoted(invited_by), quoted(organisation)).into()
            }
            LetterText::InvitationAsked { email, organisation, .. } => {
                format!("{email} asks for a new invitation to {}", quoted(organisation)).into()
            }
            LetterText::Organisation { organisation, notice, .. } => subject(&quoted(organisation), notice).into(),
            LetterText::ResetPassword { .. } => "Choose a new password".into(),
            LetterText::Password { .. } => "Your password was changed".into(),
            LetterText::EmailRestored { .. } | LetterText::EmailUndone { .. } => {
                "The change of your e-mail address was undone".into()
            }
        }
    }
}

fn subject(organisation: &str, notice: &OrganisationNotice) -> String {
    match notice {
        OrganisationNotice::OwnershipOffered => format!("Take over ownership of {organisation}?"),
        OrganisationNotice::OwnershipTaken => format!("You now own {organisation}"),
        OrganisationNotice::OwnershipTakenBy { .. } => format!("{organisation} has a new owner"),
        OrganisationNotice::DeletedByReader { .. }
        | OrganisationNotice::DeletedBy { .. }
        | OrganisationNotice::DeletedWithOwner { .. } => format!("{organisation} is being deleted"),
        OrganisationNotice::Restored => format!("{organisation} was restored"),
    }
}

/// The body.
impl English for LetterText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::SignUp { link } => format!(
                "Hello,\n\nTo confirm your address and finish signing up to Tenantry, open this link:\n{link}\n\n\
                 The link works for a day. If you didn't sign up, ignore this message and nothing will be created.\n"
            ),
            Self::SignUpKnown { sign_in } => format!(
                "Hello,\n\nSomeone, probably you, signed up to Tenantry with this address. It already has a login, so \
                 nothing was created. Sign in here:\n{sign_in}\n\nIf this wasn't you, ignore this message.\n"
            ),
            Self::ConfirmEmail { new, link } => {
                let purpose = match new {
                    Some(email) => format!("To sign in to Tenantry as {email} from now on, open this link:"),
                    None => "To confirm the address you sign in to Tenantry with, open this link:".to_owned(),
                };
                format!(
                    "Hello,\n\n{purpose}\n{link}\n\n\
                     The link works for a day. If you didn't ask for this, ignore this message and nothing will \
                     change.\n"
                )
            }
            Self::EmailTaken => "Hello,\n\nSomeone, possibly you, asked to sign in to Tenantry with this address from \
                another login. It already has a login of its own, so nothing was changed.\n\n\
                If this wasn't you, ignore this message.\n"
                .to_owned(),
            Self::EmailChanged { first_name, email, home, undo: None } => format!(
                "Hello {first_name},\n\nYou now sign in to Tenantry as {email}, and no longer with this address.\n\n\
                 If this wasn't you, tell an admin of your organisation at once.\n\n{home}\n"
            ),
            Self::EmailChanged { first_name, email, home: _, undo: Some(undo) } => format!(
                "Hello {first_name},\n\nYou now sign in to Tenantry as {email}, and no longer with this address.\n\n\
                 If this wasn't you, undo the change within 7 days:\n{undo}\n\n\
                 This signs out every browser, and you choose a new password. Then tell an admin of your organisation.\n"
            ),
            Self::SecondFactor { first_name, notice, page } => changed(first_name, &second_factor(*notice), page),
            Self::UserDeleted { first_name } => format!(
                "Hello {first_name},\n\nYour Tenantry account has been deleted, as you asked. Your name, e-mail address, \
                 mobile number and sign-in details are erased; the logs of your organisations list what you did under “Former \
                 member”.\n\nThis is the last message, and this address is erased once it's delivered.\n\nIf this \
                 wasn't you, tell an admin of your organisation at once.\n"
            ),
            Self::NewDevice { first_name, device, ip, at, sessions } => format!(
                "Hello {first_name},\n\nYou signed in to Tenantry on a device that you haven't used before:\n\n  \
                 {}\n  IP address {ip}\n  {at}\n\nIf this was you, there's nothing to do. If it wasn't, sign that \
                 device out and change your password at once:\n{sessions}\n",
                device.en()
            ),
            Self::Phone { first_name, notice, page } => changed(first_name, phone(*notice), page),
            Self::Invitation { invited_by, organisation, places, link, days: works } => {
                let place =
                    |(account, role): &(String, _)| format!("  {} as {}", in_letter(account), role_in_letter(role));
                let places: Vec<String> = places.iter().map(place).collect();
                format!(
                    "Hello,\n\n{} invited you to join {} on Tenantry:\n\n{}\n\nAccept the invitation:\n{link}\n\n\
                     The link works for {}. If you didn't expect it, ignore this message and nothing will happen.\n",
                    quoted(invited_by),
                    quoted(organisation),
                    places.join("\n"),
                    days(*works)
                )
            }
            Self::InvitationAsked { name, email, organisation, page } => format!(
                "Hello {name},\n\n{email} opened an invitation to {} that no longer works, and asks for a new one.\n\n\
                 Invite them again:\n{page}\n\nIf you don't know them, ignore this message.\n",
                quoted(organisation)
            ),
            Self::Organisation { first_name, notice, home, .. } => {
                format!("Hello {first_name},\n\n{}\n\n{home}\n", organisation(notice))
            }
            Self::ResetPassword { first_name, link } => format!(
                "Hello {first_name},\n\nTo choose a new password for Tenantry, open this link:\n{link}\n\n\
                 The link works once, for 30 minutes. If you didn't ask for it, ignore this message and your password \
                 will stay as it is.\n"
            ),
            Self::Password { first_name, notice, page } => {
                let how = match notice {
                    PasswordNotice::Changed => "Your password for Tenantry was changed. All other browsers were signed out.",
                    PasswordNotice::Reset => {
                        "A new password for Tenantry was chosen with a link sent to this address. All browsers were \
                         signed out."
                    }
                };
                format!(
                    "Hello {first_name},\n\n{how}\n\nIf this wasn't you, choose a new password now:\n{page}\n\n\
                     Then tell an admin of your organisation.\n"
                )
            }
            Self::EmailRestored { first_name, email, page } => format!(
                "Hello {first_name},\n\nYou sign in to Tenantry with this address again, and no longer as {email}. All \
                 browsers were signed out, and the password from before no longer works.\n\n\
                 If you haven't chosen a new password yet, ask for a link here:\n{page}\n\n\
                 Then check your two-factor settings, and tell an admin of your organisation.\n"
            ),
            Self::EmailUndone { first_name, email, home } => format!(
                "Hello {first_name},\n\nYou no longer sign in to Tenantry with this address. The change was undone from \
                 the address used before, {email}, which signs in again. All browsers were signed out.\n\n\
                 If this wasn't you, tell an admin of your organisation at once.\n\n{home}\n"
            ),
        }
        .into()
    }
}

fn role_in_letter(role: &crate::RoleName) -> String {
    in_letter(&role.en())
}

/// About what somebody signs in with, and the page where it stands.
fn changed(first_name: &str, what: &str, page: &str) -> String {
    format!(
        "Hello {first_name},\n\n{what}\n\nIf this wasn't you, tell an admin of your organisation at once.\n\n{page}\n"
    )
}

const fn phone(notice: PhoneNotice) -> &'static str {
    match notice {
        PhoneNotice::Changed => "A new mobile number was verified for your account.",
        PhoneNotice::Removed => "The mobile number of your account was removed.",
    }
}

fn second_factor(notice: SecondFactorNotice) -> Cow<'static, str> {
    match notice {
        SecondFactorNotice::SetUp => "Two-factor authentication was set up for your account. From now on you sign in \
            with a code from your authenticator app as well as your password."
            .into(),
        SecondFactorNotice::Replaced => {
            "A new authenticator app was set up for your account. The previous app and its \
            recovery codes no longer work."
                .into()
        }
        SecondFactorNotice::Removed => {
            "Two-factor authentication was turned off. From now on your password alone signs you in.".into()
        }
        SecondFactorNotice::RecoveryCodeUsed { left: 0 } => {
            "Your last recovery code was used. Get new ones in your settings.".into()
        }
        SecondFactorNotice::RecoveryCodeUsed { left } => {
            format!("One of your recovery codes was used. {left} {} left.", are(left)).into()
        }
        SecondFactorNotice::AppRemoved => {
            "The authenticator app was removed from your account. Your other ways to confirm it's you still work."
                .into()
        }
        SecondFactorNotice::PasskeyAdded => {
            "A passkey was added to your account. It signs you in without your password.".into()
        }
        SecondFactorNotice::PasskeyRemoved => {
            "A passkey was removed from your account and no longer signs you in.".into()
        }
        SecondFactorNotice::PasskeyCopied => {
            "Someone tried to sign in with one of your passkeys, and it was refused: a \
            copy of it may be in use on another device. Sign in another way and remove the passkey."
                .into()
        }
        SecondFactorNotice::Reset => "Your authenticator app, codes by text message, passkeys and recovery codes no \
            longer sign you in, and you were signed out everywhere. Sign in with your password and set up two-factor \
            authentication again."
            .into(),
        SecondFactorNotice::SmsSetUp => {
            "From now on you can sign in with a code from a text message as well as your password.".into()
        }
        SecondFactorNotice::SmsRemoved => "Codes from text messages no longer sign you in.".into(),
        SecondFactorNotice::CodesRenewed => {
            "You got new recovery codes for your account. The ones you had before no longer work.".into()
        }
    }
}

fn organisation(notice: &OrganisationNotice) -> Cow<'static, str> {
    match notice {
        OrganisationNotice::OwnershipOffered => {
            "The owner wants to transfer ownership of the organisation to you. Accept or decline on its Organisation \
             page."
                .into()
        }
        OrganisationNotice::OwnershipTaken => "You now own the organisation.".into(),
        OrganisationNotice::OwnershipTakenBy { name } => {
            format!("{} now owns the organisation. You stay on as an Admin.", in_letter(name)).into()
        }
        OrganisationNotice::DeletedByReader { until } => format!(
            "You deleted the organisation. It will be permanently deleted on {until}. Until then you can restore it."
        )
        .into(),
        OrganisationNotice::DeletedBy { name, until } => {
            let name = in_letter(name);
            format!(
                "{name} deleted the organisation. Nobody can enter it any more, and it will be permanently deleted on \
                 {until}. Until then {name} can restore it: ask them if this is a mistake."
            )
            .into()
        }
        OrganisationNotice::DeletedWithOwner { until } => format!(
            "The owner's login was closed, and nobody else can own the organisation. Nobody can enter it any more, and \
             it will be permanently deleted on {until}."
        )
        .into(),
        OrganisationNotice::Restored => "The organisation was restored. Everything in it is as it was.".into(),
    }
}
