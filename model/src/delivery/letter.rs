use crate::{Device, PhoneNotice, RoleName, SecondFactorNotice};
use serde::{Deserialize, Serialize};

/// What a letter says. Names that somebody typed stand here as they are; the words shorten and quote them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterText {
    SignUp {
        link: String,
    },
    /// Somebody signed up with an address that has a login.
    SignUpKnown {
        sign_in: String,
    },
    ConfirmEmail {
        /// The address, if it is another than the one that its reader signs in with.
        new: Option<String>,
        link: String,
    },
    /// Somebody asked to sign in with an address that has another login.
    EmailTaken,
    /// To the address from before.
    EmailChanged {
        first_name: String,
        email: String,
        home: String,
        /// The link that takes it back; of changes from before there were any, none.
        undo: Option<String>,
    },
    SecondFactor {
        first_name: String,
        notice: SecondFactorNotice,
        page: String,
    },
    /// The last one that somebody gets.
    UserDeleted {
        first_name: String,
    },
    /// Somebody signed in with a kind of browser that they never used before.
    NewDevice {
        first_name: String,
        device: Device,
        ip: String,
        at: String,
        sessions: String,
    },
    Phone {
        first_name: String,
        notice: PhoneNotice,
        page: String,
    },
    Invitation {
        invited_by: String,
        organisation: String,
        /// Each account that it leads to, with the role there.
        places: Vec<(String, RoleName)>,
        link: String,
        days: u16,
    },
    InvitationAsked {
        name: String,
        /// Of whoever asks.
        email: String,
        organisation: String,
        page: String,
    },
    Organisation {
        first_name: String,
        organisation: String,
        notice: OrganisationNotice,
        home: String,
    },
    ResetPassword {
        first_name: String,
        link: String,
    },
    Password {
        first_name: String,
        notice: PasswordNotice,
        /// Where a new one is asked for.
        page: String,
    },
    /// To the address that is back.
    EmailRestored {
        first_name: String,
        email: String,
        page: String,
    },
    /// To the address that was given up for it.
    EmailUndone {
        first_name: String,
        email: String,
        home: String,
    },
}

/// How somebody's password came to be another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordNotice {
    Changed,
    /// By the link of a letter.
    Reset,
}

/// What happened to an organisation, for the letters to its owner and Admins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganisationNotice {
    OwnershipOffered,
    /// The reader is its owner now.
    OwnershipTaken,
    OwnershipTakenBy {
        name: String,
    },
    DeletedByReader {
        until: String,
    },
    DeletedBy {
        name: String,
        until: String,
    },
    /// With the login of its owner.
    DeletedWithOwner {
        until: String,
    },
    Restored,
}

/// The subject of a letter.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a>(pub &'a LetterText);
