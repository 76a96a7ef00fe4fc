use crate::{Error, Result, Service, verified_email::VerifiedEmail};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message as Mail, Tokio1Executor, message::Mailbox, transport::smtp,
};
use model::{LetterText, Locale, Subject, Text, email_for_smtp};
use std::{collections::VecDeque, sync::Mutex};

/// A letter, ready to go.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::manual_non_exhaustive,
    reason = "within this crate too, letters are made by the functions below alone"
)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
    /// Made by the functions below alone, which say to whom letters go.
    _sealed: (),
}

impl Letter {
    /// About somebody's affairs, to the address that is known to be theirs.
    pub(crate) fn to_user(to: &VerifiedEmail, text: &LetterText, locale: Locale) -> Self {
        Self::to(to.as_str().to_owned(), text, locale)
    }

    /// To an address that somebody typed: it carries the secret by which its reader shows that it is theirs, and
    /// nothing of anybody's affairs.
    pub(crate) fn that_verifies(to: String, text: &LetterText, locale: Locale) -> Self {
        Self::to(to, text, locale)
    }

    /// To the verified address that somebody had before: that it was changed.
    pub(crate) fn to_former(to: String, text: &LetterText, locale: Locale) -> Self {
        Self::to(to, text, locale)
    }

    fn to(to: String, text: &LetterText, locale: Locale) -> Self {
        let subject = Subject(text).text(locale).into_owned();
        Self { to, subject, text: text.text(locale).into_owned(), _sealed: () }
    }
}

/// The way letters take.
pub enum Mailer {
    Smtp {
        transport: AsyncSmtpTransport<Tokio1Executor>,
        from: Mailbox,
    },
    /// Without an SMTP server they stay here, to be read on this machine. Never on disk: they carry secrets.
    Local(Mutex<VecDeque<Letter>>),
}

/// Text as a header holds it: what would begin another line, and so another header, is a blank.
fn header(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

/// Letters the local outbox keeps.
const LOCAL_OUTBOX_CAPACITY: usize = 2_000;

impl Mailer {
    pub fn local() -> Self {
        Self::Local(Mutex::default())
    }

    /// `url` is `smtp://` or `smtps://` with user, password, host and port; `from` an address.
    pub fn smtp(url: &str, from: &str) -> Result<Self> {
        let fault = |error: &dyn std::fmt::Display| Error::Setup(format!("cannot send mail: {error}"));
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| fault(&error))?.build();
        Ok(Self::Smtp { transport, from: from.parse().map_err(|error| fault(&error))? })
    }

    /// What the local outbox holds, the newest first; `None` when letters go out by SMTP.
    pub fn local_letters(&self) -> Option<Vec<Letter>> {
        match self {
            Self::Smtp { .. } => None,
            Self::Local(letters) => {
                let letters = letters.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                Some(letters.iter().rev().cloned().collect())
            }
        }
    }

    pub(crate) async fn send(&self, letter: Letter, id: &str) -> Result<()> {
        match self {
            Self::Local(letters) => {
                let mut letters = letters.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if letters.len() == LOCAL_OUTBOX_CAPACITY {
                    letters.pop_front();
                }
                letters.push_back(letter);
                Ok(())
            }
            Self::Smtp { transport, from } => {
                let fault = |error: &dyn std::fmt::Display| Error::Mail(error.to_string());
                let host = from.email.domain();
                let to: Address = email_for_smtp(&letter.to)
                    .parse()
                    .map_err(|error| Error::Undeliverable(format!("the address does not parse: {error}")))?;
                let is_ascii = AsRef::<str>::as_ref(&to).is_ascii();
                let mail = Mail::builder()
                    .from(from.clone())
                    .to(Mailbox::new(None, to))
                    .subject(header(&letter.subject))
                    // The same id on every try, so that a receiver can drop a repeat.
                    .message_id(Some(format!("<{id}@{host}>")))
                    .body(letter.text)
                    .map_err(|error| fault(&error))?;
                transport.send(mail).await.map_err(|error| refused(&error, is_ascii))?;
                Ok(())
            }
        }
    }
}

impl Service {
    pub fn mailer(&self) -> &Mailer {
        self.extension()
    }
}

/// Codes that say for good that this letter will not arrive there (RFC 5321, 4.2.3; RFC 7504). Not those about how this
/// server signs in or speaks, which its operator mends.
const FOR_GOOD: [u16; 11] = [501, 510, 511, 513, 521, 550, 551, 552, 553, 554, 556];

/// Whether a refusal is about the address or the letter, for good: also where a server takes no address beyond ASCII
/// (RFC 6531, 3.5).
fn refused(error: &smtp::Error, is_ascii: bool) -> Error {
    let code = error.status().map(u16::from);
    let for_good = code.is_some_and(|code| FOR_GOOD.contains(&code)) || (error.is_client() && !is_ascii);
    // The words of an answer may repeat the address, or be those of somebody else's server.
    let reason = error.status().map_or_else(|| error.to_string(), |code| format!("the mail server answered {code}"));
    if for_good { Error::Undeliverable(reason) } else { Error::Mail(reason) }
}
