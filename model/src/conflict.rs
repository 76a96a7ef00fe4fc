use serde::{Deserialize, Serialize};

/// Why something is no longer, or not now, as the act needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conflict {
    /// Somebody else changed the same.
    SameMoment,
    /// Somebody saved it after the form was opened.
    ChangedMeanwhile,
    TooManyKeys {
        limit: u64,
    },
    KeyRevoked,
    KeyExpired,
    EmailHasLogin,
    EmailConfirmed,
    /// Another login had it, and can still take it back.
    EmailReserved {
        days: u64,
    },
    SecondFactorOfferExpired,
    UsedMeanwhile,
    NotAdminAnyMore,
    /// Below the root.
    TooDeep {
        limit: u8,
    },
    RootAccountStays,
    RootAccountMoves,
    /// It is called as the organisation.
    RootAccountName,
    AccountBelowItself,
    NotBeingDeleted,
    TooLateToRestore,
    OwnerGone,
    TooLateToUndo,
    TooManySelected {
        limit: usize,
    },
    TooManyRoles {
        limit: u64,
    },
    InvitationOpen,
    InvitationNotOpen,
    /// The policy names domains.
    LinkByLetterOnly,
    /// Its time is over, or it was answered before.
    PasskeyRequestOver,
    /// What the browser made cannot be kept.
    PasskeyUnusable,
    /// It counted no further than before.
    PasskeyCopied,
    TooManyPasskeys {
        limit: u64,
    },
    /// The installation has no name that they could belong to.
    PasskeysNeedName,
    /// One is made at a time.
    ExportRunning,
    /// No mobile number is verified to which a code could go.
    NoPhone,
    /// Recovery codes stand in for a second factor.
    NoSecondFactor,
    /// No code waits for the number that is asked for.
    PhoneNotAsked,
    /// There is no gateway, or it failed a moment ago.
    SmsUnavailable,
    /// The operator's list has other countries.
    SmsCountry,
    /// Too many codes of this kind were sent and not entered.
    SmsRefused,
}
