use crate::{Error, Result};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message as Mail, Tokio1Executor, message::Mailbox};
use std::{collections::VecDeque, sync::Mutex};

/// A letter, ready to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
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
const KEPT: usize = 2_000;

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
                if letters.len() == KEPT {
                    letters.pop_front();
                }
                letters.push_back(letter);
                Ok(())
            }
            Self::Smtp { transport, from } => {
                let fault = |error: &dyn std::fmt::Display| Error::Mail(error.to_string());
                let host = from.email.domain();
                let mail = Mail::builder()
                    .from(from.clone())
                    .to(letter.to.parse().map_err(|_| Error::Mail("the address does not parse".to_owned()))?)
                    .subject(header(&letter.subject))
                    // The same id on every try, so that a receiver can drop a repeat.
                    .message_id(Some(format!("<{id}@{host}>")))
                    .body(letter.text)
                    .map_err(|error| fault(&error))?;
                transport.send(mail).await.map_err(|error| fault(&error))?;
                Ok(())
            }
        }
    }
}
