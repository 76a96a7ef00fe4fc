use super::English;
use crate::{CODE_DIGITS, CodeFault, EmailFault, FieldFault, PasswordFault, PasswordRule, PhoneFault, Refusal};
use std::borrow::Cow;

impl English for FieldFault {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Required => "Required.".into(),
            Self::TooLong { limit } => format!("Use {limit} characters or fewer.").into(),
            Self::LooksEmpty => "Use characters that can be seen: this would look empty.".into(),
            Self::LineBreak => "Remove the line breaks and control characters.".into(),
            Self::ControlCharacter => "Remove the control characters.".into(),
            Self::HiddenCharacter { code, after: Some(word) } => {
                format!("Remove the invisible character (U+{code:04X}) after “{word}”.").into()
            }
            Self::HiddenCharacter { code, after: None } => {
                format!("Remove the invisible character (U+{code:04X}) at the start.").into()
            }
            Self::NotOffered => "Choose one of the options.".into(),
            Self::NameWithLink => "This name appears in e-mails, so leave out web and e-mail addresses. If it isn't \
                                   one, add a space after the full stop."
                .into(),
            Self::Email(fault) => fault.en(),
            Self::Phone(fault) => fault.en(),
            Self::Password(fault) => fault.en(),
            Self::Code(fault) => fault.en(),
            Self::CountryNotListed => "Choose a country from the list.".into(),
            Self::VatNumber { country, example } => {
                format!("A VAT number in {} looks like {example}.", country.name()).into()
            }
            Self::VatNumberLength => "A VAT number has 4 to 20 letters and digits.".into(),
            Self::NoEmailOrMobile => "Enter a mobile number or an e-mail address.".into(),
            Self::TooManyTags { limit } => format!("Use {limit} tags or fewer.").into(),
            Self::TagTooLong { limit } => format!("Use {limit} characters or fewer for each tag.").into(),
            Self::SeveralTags => "Choose one tag.".into(),
            Self::TooManyMessages { limit } => format!("Shorten it to {limit} messages or fewer.").into(),
            Self::NoRecipients => "Enter at least one e-mail address.".into(),
            Self::NoRecipientIsAddress => {
                "Enter an e-mail address with an @ and a domain, such as ana@example.com.".into()
            }
            Self::TooManyRecipients { limit } => format!("Invite at most {limit} people at once.").into(),
            Self::TooManyAccounts { limit } => format!("Choose at most {limit} other accounts.").into(),
            Self::TooManyForNewOrganisation { limit } => format!(
                "In its first week an organisation can send {limit} invitations a day. Invite fewer people at once."
            )
            .into(),
            Self::OwnerByInvitation => "You can't invite an owner. Transfer ownership instead.".into(),
            Self::RoleNameBuiltIn(role) => format!("{} is a built-in role. Choose another name.", role.en()).into(),
            Self::RoleNameTaken => "There's already a role with this name. Choose another.".into(),
            Self::RoleDeleted => "This role was deleted. Choose another.".into(),
            Self::DomainInvalid(domain) => format!("{domain} isn't a domain. Write it like example.com.").into(),
            Self::TooManyDomains { limit } => format!("Enter {limit} domains or fewer.").into(),
            Self::TooManyLevels { limit } => format!("Choose from 1 to {limit} levels.").into(),
            Self::OwnSecondFactorMissing => {
                "This would lock you out. Set up two-factor authentication for yourself first, in the menu at your \
                 name."
                    .into()
            }
            Self::NotAdmin => "Choose an Admin of the top-level account who has confirmed their e-mail address.".into(),
            Self::NotTheName => "Type the name exactly as shown above.".into(),
            Self::TimeZoneUnknown => "Choose a time zone from the list, such as Africa/Johannesburg.".into(),
            Self::NotOwnEmail => "Type your e-mail address exactly as shown above.".into(),
            Self::CurrentEmail => "This is already your e-mail address.".into(),
            Self::UnknownField => "There's no such field.".into(),
            Self::NotText => "Enter text.".into(),
            Self::NotACount => "Enter a whole number, 0 or more.".into(),
            Self::NotAStatus => "Enter an HTTP status, from 100 to 599.".into(),
            Self::NotATime => "Enter a time like 2026-11-27T09:30:00Z.".into(),
            Self::TimeAhead => "This time is in the future.".into(),
            Self::TimePast { hours } => format!("This time is more than {hours} hours ago.").into(),
            Self::UnknownCurrency => "Enter a currency code such as EUR.".into(),
            Self::Amount(fault) => fault.en(),
            Self::OtherEvent => "Another event was reported with this ID. Give each event an ID of its own.".into(),
            Self::TooManyEvents { limit } => format!("Report at most {limit} events at once.").into(),
        }
    }
}

impl English for EmailFault {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::NoAt => "Enter an address with an @, such as ana@example.com.",
            Self::LocalPart => "Check the part before the @.",
            Self::LocalPartTooLong => "The part before the @ is too long. It can have at most 64 characters.",
            Self::Domain => "Check the part after the @.",
            Self::NoEnding => "This address has no domain ending, such as .com.",
            Self::LabelTooLong => "Check the part after the @. There can be at most 63 characters between two dots.",
            Self::TooLong => "This address is too long.",
        }
        .into()
    }
}

impl English for PhoneFault {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::NoCountryCode => "Start with + and the country code, such as +27.",
            Self::NotDigits => "Use digits only, after the +.",
            Self::Length => "A number has 7 to 15 digits, including the country code.",
            Self::Invalid => "This isn't a valid number in that country. Check the digits and the country code.",
            Self::Extension => "Leave out the extension: messages go to the number itself.",
            Self::Several => "Enter one number only.",
            Self::FromSpreadsheet => {
                "A spreadsheet has shortened this number. Copy it again from a column formatted as text."
            }
            Self::NoMessages => "Messages can't be sent to this kind of number, such as toll-free or premium.",
            Self::NotMobile => "This isn't a mobile number. Codes are sent to mobile phones only.",
        }
        .into()
    }
}

impl English for PasswordFault {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Missing => "Enter your password.".into(),
            Self::TooLong => "This is longer than any password here.".into(),
            Self::Lacks(rule) => format!("The password needs {}.", rule.en()).into(),
            Self::Wrong => Refusal::WrongPassword.en(),
            Self::NotOfSignUp => "This isn't the password you chose when you signed up.".into(),
            Self::NotOfLogin => "This isn't the password of the login that asked for this.".into(),
            Self::NotRepeated => "This isn't the same as the new password.".into(),
            Self::Unchanged => "This is your current password. Choose another.".into(),
            Self::Common => "This is one of the most common passwords, or a common word or name with a few characters \
                             added. Choose another."
                .into(),
            Self::OwnDetails => "This contains your name or e-mail address. Choose another.".into(),
        }
    }
}

impl English for PasswordRule {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Length => "10 characters",
            Self::Lower => "a lower-case letter",
            Self::Upper => "an upper-case letter",
            Self::Digit => "a number",
            Self::Special => "a special character",
        }
        .into()
    }
}

impl English for CodeFault {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Missing => "Enter the code from your app or text message, or a recovery code.".into(),
            Self::NotOfApp => format!("Enter the {CODE_DIGITS} digits that the app shows.").into(),
            Self::Wrong => Refusal::WrongCode.en(),
            Self::Locked => "There were too many wrong codes, so your app's codes no longer work. Enter one of your \
                             recovery codes."
                .into(),
            Self::Passkey => Refusal::WrongPasskey.en(),
            Self::NotOfMessage => format!("Enter the {CODE_DIGITS} digits from the text message.").into(),
            Self::Expired => "This code no longer works. Send a new one.".into(),
        }
    }
}
