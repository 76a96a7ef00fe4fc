use crate::{Conflict, FieldErrors, Permission, RequestId, SensitiveAction};
use serde::{Deserialize, Serialize};

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
    /// The passkey is nobody's here, or was not shown as it should be.
    WrongPasskey,
    Refused(Refusal),
    /// The last proof of who uses this session is too old for it: nothing was done, and the same goes well after another.
    ProofNeeded(SensitiveAction),
    /// There is no such thing, or it belongs to somebody else.
    NotFound,
    /// Somebody else changed it meanwhile, or it is no longer what the act needs.
    Conflict(Conflict),
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
    #[serde(rename = "key_without_maker")]
    KeyCreatorInactive,
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
    /// The passkey that was shown in the place of a code is none of theirs.
    WrongPasskey,
    /// The person is in another organisation too, which relies on how they sign in.
    InAnotherOrganisation,
    /// Whoever owns an organisation stays until it is another's, or gone.
    OwnsOrganisation,
}

impl Problem {
    /// The status it is answered with.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::SignedOut
            | Self::WrongPassword
            | Self::WrongPasskey
            | Self::UnknownKey
            | Self::Refused(Refusal::KeyRevoked | Refusal::KeyExpired) => 401,
            Self::Refused(_) | Self::ProofNeeded(_) => 403,
            Self::NotFound => 404,
            Self::Conflict(_) | Self::AnotherUser { .. } => 409,
            Self::TooLarge => 413,
            Self::Invalid(_) => 422,
            Self::TooMany { .. } => 429,
            Self::Internal(_) => 500,
            Self::TooSlow | Self::Unavailable | Self::Offline => 503,
        }
    }

    /// Whether the same may go well when it is tried again.
    pub const fn is_passing(&self) -> bool {
        matches!(self.status(), 429 | 500..)
    }

    /// The faults of single fields, if that is what is wrong.
    pub const fn fields(&self) -> Option<&FieldErrors> {
        if let Self::Invalid(errors) = self { Some(errors) } else { None }
    }
}

impl From<Conflict> for Problem {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

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
