use crate::{FieldErrors, Permission, RequestId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Everything that can be answered instead of a result, as far as the user may read it. What the
/// operator needs besides goes to the log of the process, under the request's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Fields of the form cannot stand as they are.
    Invalid(FieldErrors),
    /// The request itself cannot be read.
    Malformed,
    /// Nobody is signed in.
    SignedOut,
    /// No key has this secret.
    UnknownKey,
    /// The e-mail address and the password do not belong together.
    WrongPassword,
    Refused(Refusal),
    /// There is no such thing, or it belongs to somebody else.
    NotFound,
    /// Somebody else changed it meanwhile, or it is no longer what the act needs.
    Conflict(String),
    /// The page that it was sent from is somebody else's: this one has signed in since.
    AnotherUser {
        first_name: String,
    },
    /// Too often; may be tried again in so many seconds.
    TooMany {
        seconds: u64,
    },
    /// The body is larger than any form needs.
    TooLarge,
    /// The search did not end within its time.
    TooSlow,
    /// The database cannot be reached.
    Unavailable,
    /// Ours to mend; the id finds it in the log.
    Internal(RequestId),
    /// The browser could not reach the server, or did not understand it.
    Offline,
}

/// Why somebody who is known may not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The permission is not held.
    Permission(Permission),
    /// The member is suspended.
    Suspended,
    /// Nobody gives or takes what they do not hold.
    AboveOwnPermissions,
    /// Only the owner changes Admins.
    AdminByOwnerOnly,
    /// The policy leaves roles to the owner.
    RolesByOwnerOnly,
    /// The policy does not let this address be invited.
    DomainNotAllowed,
    /// Only the owner does this.
    OwnerOnly,
    /// The owner is changed only by handing over the organisation.
    Owner,
    /// Nobody changes their own permissions.
    Oneself,
    /// The organisation is being deleted: nobody enters it, nothing in it changes.
    BeingDeleted,
    /// The organisation requires a second factor, and the actor has none.
    SecondFactorMissing,
    /// An organisation of the actor requires it: it stays.
    SecondFactorRequired,
    /// The actor has not confirmed their e-mail address.
    EmailUnconfirmed,
    /// Whoever sent the invitation may no longer give what it gives.
    InvitationVoid,
    /// The policy of an organisation keeps the actor's e-mail address.
    EmailStays,
    /// The key was revoked.
    KeyRevoked,
    /// The time that the key was made for is over.
    KeyExpired,
    /// Whoever made the key is suspended, or a member no more.
    KeyWithoutMaker,
    /// Only whoever made a key is told a secret of it.
    KeyOfSomebodyElse,
    /// It concerns a person's own affairs: no key does it for them.
    PeopleOnly,
    /// The password that was asked for once more is another.
    WrongPassword,
    /// So is the code of the second factor.
    WrongCode,
    /// Sign-up is closed: one comes in by invitation.
    SignUpClosed,
    /// The request comes from another site.
    ForeignOrigin,
}

impl Refusal {
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Permission(_) => "You are not allowed to do this. Ask an admin for the permission.",
            Self::Suspended => "Your access is suspended. Ask an admin to restore it.",
            Self::AboveOwnPermissions => "You do not hold this yourself, so you cannot give or take it.",
            Self::AdminByOwnerOnly => "Only the owner changes an Admin.",
            Self::RolesByOwnerOnly => "Only the owner changes roles here: the organisation's policy says so.",
            Self::DomainNotAllowed => {
                "The policy does not let this e-mail domain be invited. Ask an admin to allow it."
            }
            Self::OwnerOnly => "Only the owner may do this.",
            Self::Owner => "The owner keeps every permission until the organisation is handed over.",
            Self::Oneself => "You cannot change your own access. Ask another admin.",
            Self::BeingDeleted => "This organisation is being deleted. Ask its owner to restore it.",
            Self::SecondFactorMissing => "The organisation requires a second factor. Set it up to come back in.",
            Self::SecondFactorRequired => "An organisation that you are in requires a second factor, so it stays.",
            Self::EmailUnconfirmed => "Confirm your e-mail address first: open My e-mail address in your menu.",
            Self::InvitationVoid => {
                "The person who invited you can no longer give you this access. Ask for a new invitation."
            }
            Self::EmailStays => "The policy of an organisation that you are in keeps your address as it is.",
            Self::KeyRevoked => "This key was revoked. Ask for a new one.",
            Self::KeyExpired => "This key has expired. Ask for a new one.",
            Self::KeyWithoutMaker => {
                "Whoever made this key is suspended or no longer a member, so it opens nothing. Ask for a new one."
            }
            Self::KeyOfSomebodyElse => "Only whoever made this key gets a new secret for it. Make one of your own.",
            Self::PeopleOnly => "A key cannot do this. Sign in as a person.",
            Self::WrongPassword => "This is not your password.",
            Self::WrongCode => "This code is not right, or was already used. Enter the one that your app shows now.",
            Self::SignUpClosed => "New organisations are not open here. Ask for an invitation.",
            Self::ForeignOrigin => "This request came from another site and was not carried out.",
        }
    }
}

impl Problem {
    /// The status it is answered with.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::SignedOut
            | Self::WrongPassword
            | Self::UnknownKey
            | Self::Refused(Refusal::KeyRevoked | Refusal::KeyExpired) => 401,
            Self::Refused(_) => 403,
            Self::NotFound => 404,
            Self::Conflict(_) | Self::AnotherUser { .. } => 409,
            Self::TooLarge => 413,
            Self::Invalid(_) => 422,
            Self::TooMany { .. } => 429,
            Self::Internal(_) => 500,
            Self::TooSlow | Self::Unavailable | Self::Offline => 503,
        }
    }

    /// The faults of single fields, if that is what is wrong.
    pub const fn fields(&self) -> Option<&FieldErrors> {
        if let Self::Invalid(errors) = self { Some(errors) } else { None }
    }
}

/// What happened and what to do, for the person before the screen.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(_) => f.write_str("Nothing was saved. Mend the fields that are marked."),
            Self::Malformed => f.write_str("The request could not be read. Reload the page and try again."),
            Self::SignedOut => f.write_str("You are signed out. Sign in to go on."),
            Self::UnknownKey => {
                f.write_str("There is no key like this. Send a live one as: Authorization: Bearer tnt_…")
            }
            Self::WrongPassword => f.write_str("This address and password do not belong together."),
            Self::Refused(refusal) => f.write_str(refusal.sentence()),
            Self::NotFound => f.write_str("This does not exist, or is not open to you."),
            Self::Conflict(sentence) => f.write_str(sentence),
            Self::AnotherUser { first_name } => {
                write!(f, "You're now signed in as {first_name}. Reload to continue.")
            }
            Self::TooMany { seconds: 0 | 1 } => f.write_str("Too many tries. Wait a second, then try again."),
            Self::TooMany { seconds } if *seconds < 90 => {
                write!(f, "Too many tries. Wait {seconds} seconds, then try again.")
            }
            Self::TooMany { seconds } => {
                write!(f, "Too many tries. Wait {} minutes, then try again.", seconds.div_ceil(60))
            }
            Self::TooLarge => f.write_str("That is more than can be sent at once. Send less."),
            Self::TooSlow => f.write_str("This took too long. Narrow the search or the filter, then try again."),
            Self::Unavailable => f.write_str("The database cannot be reached. Try again in a minute."),
            Self::Internal(request) => {
                write!(
                    f,
                    "Something failed on our side. Try again; if it stays, tell the operator this number: {request}."
                )
            }
            Self::Offline => f.write_str("The server cannot be reached. Check the connection and try again."),
        }
    }
}

impl std::error::Error for Problem {}

impl From<FieldErrors> for Problem {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

#[cfg(feature = "server-fn")]
mod server_fn {
    use super::Problem;
    use ::server_fn::{
        codec::JsonEncoding,
        error::{FromServerFnError, ServerFnErrorErr},
    };

    impl FromServerFnError for Problem {
        type Encoder = JsonEncoding;

        fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
            match error {
                ServerFnErrorErr::Args(_)
                | ServerFnErrorErr::MissingArg(_)
                | ServerFnErrorErr::UnsupportedRequestMethod(_)
                | ServerFnErrorErr::Serialization(_) => Self::Malformed,
                ServerFnErrorErr::Registration(_)
                | ServerFnErrorErr::Request(_)
                | ServerFnErrorErr::ServerError(_)
                | ServerFnErrorErr::MiddlewareError(_)
                | ServerFnErrorErr::Deserialization(_)
                | ServerFnErrorErr::Response(_) => Self::Offline,
            }
        }
    }
}
