use crate::{AmountFault, Country, PasswordRule, Role};
use serde::{Deserialize, Serialize};

/// What is wrong with a field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldFault {
    Required,
    /// In characters.
    TooLong {
        limit: usize,
    },
    LooksEmpty,
    LineBreak,
    ControlCharacter,
    /// A character that nobody sees, with the word before it.
    HiddenCharacter {
        code: u32,
        after: Option<String>,
    },
    /// None of the values that the form offers.
    NotOffered,
    NameWithLink,
    Email(EmailFault),
    Phone(PhoneFault),
    Password(PasswordFault),
    Code(CodeFault),
    CountryNotListed,
    /// With a number of this country that would do.
    VatNumber {
        country: Country,
        example: String,
    },
    VatNumberLength,
    NoEmailOrMobile,
    TooManyTags {
        limit: usize,
    },
    TagTooLong {
        limit: usize,
    },
    SeveralTags,
    /// Of a campaign, in messages of 160 characters or fewer.
    TooManyMessages {
        limit: usize,
    },
    NoRecipients,
    NoRecipientIsAddress,
    TooManyRecipients {
        limit: usize,
    },
    TooManyAccounts {
        limit: usize,
    },
    /// What an organisation may send in a day while it is new.
    TooManyForNewOrganisation {
        limit: u16,
    },
    OwnerByInvitation,
    RoleNameBuiltIn(Role),
    RoleNameTaken,
    RoleDeleted,
    DomainInvalid(String),
    TooManyDomains {
        limit: usize,
    },
    TooManyLevels {
        limit: u8,
    },
    /// The reader would lock themselves out.
    OwnSecondFactorMissing,
    NotAdmin,
    /// The name that is to be repeated is another.
    NotTheName,
    TimeZoneUnknown,
    /// The address that is to be repeated is another.
    NotOwnEmail,
    /// It is the address that one has already.
    CurrentEmail,
    /// No field of what was sent.
    UnknownField,
    NotText,
    /// No whole number from 0.
    NotACount,
    /// No status of HTTP.
    NotAStatus,
    /// No time of RFC 3339.
    NotATime,
    TimeAhead,
    TimePast {
        hours: u64,
    },
    UnknownCurrency,
    Amount(AmountFault),
    /// Another event was reported under this id.
    OtherEvent,
    TooManyEvents {
        limit: usize,
    },
}

/// What keeps a text from being an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailFault {
    NoAt,
    LocalPart,
    LocalPartTooLong,
    Domain,
    NoEnding,
    LabelTooLong,
    TooLong,
}

/// What keeps a text from being a phone number that messages can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneFault {
    NoCountryCode,
    NotDigits,
    Length,
    /// No number by the plan of its country.
    Invalid,
    Extension,
    Several,
    /// Written as a power of ten.
    FromSpreadsheet,
    /// Toll-free, premium and the like.
    NoMessages,
    /// Where codes are to be sent to.
    NotMobile,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordFault {
    Missing,
    TooLong,
    /// What a new one lacks.
    Lacks(PasswordRule),
    Wrong,
    /// Another than was chosen at this sign-up.
    NotOfSignUp,
    /// Another than that of the login that asked for a change.
    NotOfLogin,
    /// The second is another.
    NotRepeated,
    /// The new one is the current one.
    Unchanged,
    /// Guessers try it first.
    Common,
    /// It contains the name or the address of whose it is.
    OwnDetails,
}

/// What is wrong with a code of the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeFault {
    Missing,
    /// Where only the app's will do.
    NotOfApp,
    Wrong,
    /// There were so many wrong ones that the app's no longer work.
    Locked,
    /// Of a passkey in the place of a code.
    Passkey,
    /// Where only that of a text message will do.
    NotOfMessage,
    /// None was sent by text message, or too long ago, or there were too many wrong ones.
    Expired,
}

impl From<EmailFault> for FieldFault {
    fn from(fault: EmailFault) -> Self {
        Self::Email(fault)
    }
}

impl From<PhoneFault> for FieldFault {
    fn from(fault: PhoneFault) -> Self {
        Self::Phone(fault)
    }
}

impl From<PasswordFault> for FieldFault {
    fn from(fault: PasswordFault) -> Self {
        Self::Password(fault)
    }
}

impl From<AmountFault> for FieldFault {
    fn from(fault: AmountFault) -> Self {
        Self::Amount(fault)
    }
}

impl From<CodeFault> for FieldFault {
    fn from(fault: CodeFault) -> Self {
        Self::Code(fault)
    }
}
