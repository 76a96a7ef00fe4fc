//! What is asked of the personal columns of contacts, and the entry that it leaves.

use super::matching;
use crate::{Access, Result, database::ExpensiveReads, entity::contact};
use model::{Event, MessagingEvent, Permission};
use sea_orm::{ColumnTrait, QueryFilter, Select};

/// A question that a personal column answers.
#[derive(Clone, Copy)]
pub(crate) enum Question<'a> {
    /// Whose name, mobile number or e-mail address has this in it?
    Mentions(&'a str),
    /// Who has a mobile number?
    HasMobile,
    /// Whose name comes first, or after another?
    ByName,
}

/// The log says that personal details were disclosed. Whoever shows them takes one of these.
pub(crate) struct Disclosed(());

/// Contacts chosen by what is personal in them. The query is run by [`PersonalQuery::read`] alone, which answers once the log
/// says so, whatever matched: that nobody did is an answer too.
pub(crate) struct PersonalQuery<'a> {
    reading: Access,
    select: Select<contact::Entity>,
    question: Question<'a>,
}

/// The one place where contacts are filtered by a personal column.
///
/// # Errors
/// [`model::Refusal::Permission`] without `contact.read.pii`.
pub(crate) async fn personal_query<'a>(
    access: &Access,
    select: Select<contact::Entity>,
    question: Question<'a>,
) -> Result<PersonalQuery<'a>> {
    let reading = access.require_permission(Permission::ContactReadPii).await?;
    Ok(PersonalQuery { reading, select, question })
}

impl PersonalQuery<'_> {
    /// Asks, and gives the answer once it stands in the log. `records` says how many rows it shows, or counts.
    pub async fn read<T>(
        self,
        ask: impl AsyncFnOnce(&ExpensiveReads, Select<contact::Entity>) -> Result<T>,
        records: impl FnOnce(&T) -> u64,
    ) -> Result<(T, Disclosed)> {
        let Self { reading, select, question } = self;
        let reads = reading.expensive_reads().await?;
        let select = match question {
            Question::Mentions(text) => matching::matching(&*reads, &reading, select, text).await?,
            Question::HasMobile => select.filter(contact::Column::Mobile.ne("")),
            Question::ByName => select,
        };
        let answer = ask(&reads, select).await?;
        drop(reads);
        let records = records(&answer);
        let event = match question {
            Question::Mentions(_) => Event::Messaging(MessagingEvent::ContactsSearched { records }),
            Question::HasMobile => Event::Messaging(MessagingEvent::RecipientsCounted { recipients: records }),
            Question::ByName => Event::Messaging(MessagingEvent::ContactsRead { records }),
        };
        reading.log(event).await?;
        Ok((answer, Disclosed(())))
    }
}

/// For a reader who may see personal details: logs that these contacts are shown. `None` for others.
pub(super) async fn disclose(access: &Access, contacts: &[contact::Model]) -> Result<Option<Disclosed>> {
    let Some(reading) = access.narrowed_to(Permission::ContactReadPii) else { return Ok(None) };
    let event = match contacts {
        [] => return Ok(Some(Disclosed(()))),
        [one] => MessagingEvent::ContactRead { contact: one.id },
        several => MessagingEvent::ContactsRead { records: several.len() as u64 },
    };
    reading.log(Event::Messaging(event)).await?;
    Ok(Some(Disclosed(())))
}
