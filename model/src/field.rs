use crate::{FieldFault, canonical_email, email_fault, phone, text};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How long a text may be, in characters. The same limits hold in the page and in the service.
pub mod limit {
    pub const NAME: usize = 100;
    pub const LINE: usize = 200;
    /// RFC 5321, 4.5.3.1.3, less the angle brackets.
    pub const EMAIL: usize = 254;
    pub const PASSWORD: usize = 256;
    pub const TAG: usize = 40;
    pub const TAGS: usize = 20;
    /// Messages that the text of one campaign may take for each contact.
    pub const SEGMENTS: usize = 10;
    pub const SEARCH: usize = 100;
    /// Rows of a list that are counted; beyond, there are "10,000+".
    pub const TOTAL: u64 = 10_000;
    /// Accounts that a search of the switcher shows.
    pub const FOUND_ACCOUNTS: u64 = 30;
    /// Accounts in which one's own settings show one's role.
    pub const OWN_PLACES: usize = 100;
    /// Levels of accounts below the root.
    pub const DEPTH: u8 = 5;
    /// Named roles of an organisation: more than anybody tells apart, so that nobody fills the database with them.
    pub const ROLES: u64 = 1_000;
    /// Passkeys of one person.
    pub const PASSKEYS: u64 = 20;
    /// Bytes of what a browser answers when a passkey is made or shown.
    pub const PASSKEY_ANSWER: usize = 16 * 1024;
    /// Live API keys of an organisation.
    pub const API_KEYS: u64 = 500;
    /// Members changed by one act: all of an account as large as they are made for. Each is a value of one
    /// statement, of which `SQLite` takes at most 32,766.
    pub const SELECTED: usize = 10_000;
    /// Days without use after which a sign-in ends, whatever the policy.
    pub const IDLE_DAYS: u16 = 14;
    /// E-mail domains of a policy.
    pub const DOMAINS: usize = 100;
    /// E-mail addresses in one invitation form.
    pub const INVITED: usize = 1_000;
    /// Accounts besides the first in one invitation form.
    pub const INVITED_TO: usize = 20;
    /// Platform events in one call.
    pub const REPORTED_EVENTS: usize = 1_000;
    /// ITU-T E.164.
    pub const MOBILE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
    /// Bytes in the body of any request.
    pub const BODY: usize = 256 * 1024;
}

/// What is wrong with a form, by the names of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(BTreeMap<Cow<'static, str>, FieldFault>);

/// What somebody fills in. A form carries text as it was typed; `check` tidies it (trims, lowers)
/// and notes what cannot stand.
pub trait Form: Sized {
    fn check(&mut self, errors: &mut FieldErrors);

    /// The tidied form, or what is wrong with it.
    fn validated(mut self) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        self.check(&mut errors);
        if errors.0.is_empty() { Ok(self) } else { Err(errors) }
    }
}

impl FieldErrors {
    pub fn one(field: &'static str, fault: impl Into<FieldFault>) -> Self {
        let mut errors = Self::default();
        errors.add(field, fault);
        errors
    }

    /// Notes a fault; the first of a field stays.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, fault: impl Into<FieldFault>) {
        self.0.entry(field.into()).or_insert_with(|| fault.into());
    }

    pub fn get(&self, field: &str) -> Option<&FieldFault> {
        self.0.get(field)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A line of text that must be there.
    pub fn required(&mut self, field: &'static str, text: &mut String, limit: usize) {
        self.optional(field, text, limit);
        if text.is_empty() {
            self.add(field, FieldFault::Required);
        }
    }

    /// A line of text that may be empty. Every line of every form passes here, and is stored as it leaves.
    pub fn optional(&mut self, field: impl Into<Cow<'static, str>>, text: &mut String, limit: usize) {
        *text = text::tidied(text);
        if let Err(fault) = text::line_fault(text) {
            self.add(field, fault);
        } else if text.chars().count() > limit {
            self.add(field, FieldFault::TooLong { limit });
        }
    }

    /// An e-mail address that must be there, in its one form.
    pub fn email(&mut self, field: &'static str, text: &mut String) {
        *text = canonical_email(text);
        self.required(field, text, limit::EMAIL);
        if let Err(fault) = email_fault(text) {
            self.add(field, fault);
        }
    }

    /// A phone number with its country code, or nothing; in the form of [`phone()`].
    pub fn mobile(&mut self, field: &'static str, text: &mut String) {
        // Copied from an address book it comes wrapped in marks of direction.
        text.retain(|letter| !text::is_hidden(letter));
        self.optional(field, text, limit::NAME);
        if text.is_empty() || self.get(field).is_some() {
            return;
        }
        match phone(text, None) {
            Ok(number) => *text = number,
            Err(fault) => self.add(field, fault),
        }
    }
}
