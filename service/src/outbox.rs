//! Messages that wait for their delivery. They are written in the transaction of the change that
//! caused them, and delivered at least once: a worker takes what is due, and puts off its next try
//! before it begins, so that whoever dies in between is followed by another.

use crate::{
    Context, Error, Result,
    change::BATCH as ROWS,
    database::Transaction,
    deletion, email,
    entity::outbox,
    invitation, ownership, second_factor, sign_up,
    throttle::{self, Throttle},
};
use model::{InvitationId, OrganisationId, OutboxId, Problem, SecondFactorNotice, SignUpId, Timestamp, UserId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::ExprTrait,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What is to be delivered. It names things and carries no secret: the letter is written when it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// To the address that somebody signed up with.
    SignUp(SignUpId),
    Invitation(InvitationId),
    InvitationAsked(InvitationId),
    OwnershipOffered {
        to: UserId,
    },
    /// One for each of the two.
    OwnershipTaken {
        reader: UserId,
        to: UserId,
    },
    OrganisationDeleted {
        reader: UserId,
    },
    OrganisationRestored {
        reader: UserId,
    },
    /// To the address that is asked for, or is to be confirmed.
    EmailAsked {
        user: UserId,
    },
    /// To the address from before, if it was confirmed.
    EmailChanged {
        user: UserId,
        before: String,
    },
    /// To the person whose it is.
    SecondFactor {
        user: UserId,
        notice: SecondFactorNotice,
    },
}

impl Message {
    /// The kind of a letter that goes to somebody who may want nothing of whoever caused it. How many of one kind reach
    /// one address is limited, over all organisations together; those of one kind keep no other back.
    const fn unsolicited(&self) -> Option<&'static str> {
        match self {
            Self::SignUp(_) => Some("sign-up"),
            Self::Invitation(_) => Some("invitation"),
            Self::EmailAsked { .. } => Some("e-mail"),
            Self::InvitationAsked(_) => Some("invitation-asked"),
            Self::OwnershipOffered { .. } => Some("ownership"),
            Self::OrganisationDeleted { .. } => Some("deletion"),
            Self::OrganisationRestored { .. } => Some("restoration"),
            // Each takes an act of its reader, or is about their own sign-in.
            Self::OwnershipTaken { .. } | Self::EmailChanged { .. } | Self::SecondFactor { .. } => None,
        }
    }
}

/// Letters to one address that its reader did not ask for. Those above go out once the time is over, as far as there is
/// something to say then: an invitation may have been answered by the first, or have expired.
const TO_ONE_ADDRESS: [Throttle; 2] = [
    Throttle { name: "letters-hour", tries: 5, within: Duration::from_hours(1) },
    Throttle { name: "letters-day", tries: 20, within: Duration::from_hours(24) },
];

/// Messages taken at once, and sent at the same time: the last of them is not late for its lease.
const BATCH: u64 = 16;
/// No try takes longer; a message whose worker died is taken up again after this.
const LEASE: Duration = Duration::from_mins(2);
/// Tries before a message is given up: with doubled pauses, nearly six days.
const TRIES: i32 = 13;

/// Puts messages into the outbox; they go out after the commit. `organisation` is the one they are about, if they
/// are about one.
pub(crate) async fn put(
    ctx: &Context,
    transaction: &mut Transaction,
    organisation: Option<OrganisationId>,
    messages: &[Message],
) -> Result<()> {
    let row = |message: &Message| -> Result<_> {
        Ok(outbox::ActiveModel {
            id: Set(OutboxId(ctx.new_id()?)),
            organisation_id: Set(organisation),
            message: Set(serde_json::to_string(message)?),
            attempts: Set(0),
            created_at: Set(ctx.now()),
            due_at: Set(ctx.now()),
            delivered_at: Set(None),
            failed_at: Set(None),
        })
    };
    for batch in messages.chunks(ROWS) {
        let rows = batch.iter().map(row).collect::<Result<Vec<_>>>()?;
        outbox::Entity::insert_many(rows).exec_without_returning(&**transaction).await?;
    }
    transaction.effects.outbox |= !messages.is_empty();
    Ok(())
}

/// Delivers what is due, and gives the number of messages it tried.
pub async fn deliver_due(ctx: &Context) -> Result<usize> {
    let taken = take(ctx).await?;
    let tried = futures::future::join_all(taken.iter().map(|row| try_once(ctx, row))).await;
    tried.into_iter().collect::<Result<Vec<()>>>()?;
    Ok(taken.len())
}

async fn try_once(ctx: &Context, row: &outbox::Model) -> Result<()> {
    // Whoever took it for the last time died.
    if row.attempts > TRIES {
        return finish(ctx, row, Outcome::Failed).await;
    }
    let outcome = deliver(ctx, row).await.unwrap_or_else(|error| {
        tracing::warn!(outbox.id = %row.id, outbox.attempts = row.attempts, %error, "delivery failed");
        match error {
            Error::Undeliverable(_) => Outcome::Undeliverable,
            _ => Outcome::Failed,
        }
    });
    finish(ctx, row, outcome).await
}

/// Waits until there may be something to deliver.
pub async fn wait(ctx: &Context) {
    let patience = Duration::from_secs(10);
    // Woken by a change, guaranteed by time.
    let _ = tokio::time::timeout(patience, ctx.service().database.signals.outbox.notified()).await;
}

async fn take(ctx: &Context) -> Result<Vec<outbox::Model>> {
    let transaction = ctx.service().database.begin().await?;
    transaction.lock(uuid::Uuid::nil()).await?;
    let due = outbox::Entity::find()
        .filter(outbox::Column::DeliveredAt.is_null())
        .filter(outbox::Column::FailedAt.is_null())
        .filter(outbox::Column::DueAt.lte(ctx.now()))
        .order_by_asc(outbox::Column::DueAt)
        .limit(BATCH)
        .all(&*transaction)
        .await?;
    let mut taken = Vec::new();
    for row in due {
        let attempts = row.attempts + 1;
        let mut row = row.into_active_model();
        row.attempts = Set(attempts);
        row.due_at = Set(ctx.now() + LEASE);
        taken.push(row.update(&*transaction).await?);
    }
    transaction.commit().await?;
    Ok(taken)
}

/// How a try ended.
enum Outcome {
    /// Sent, or there was nothing to say any more.
    Delivered,
    Failed,
    /// The mail server says for good that it takes no such letter.
    Undeliverable,
    /// Its reader has had enough letters; it may be sent after this time.
    Held(Duration),
}

async fn deliver(ctx: &Context, row: &outbox::Model) -> Result<Outcome> {
    let message: Message = serde_json::from_str(&row.message)?;
    let unsolicited = message.unsolicited();
    let letter = match (message, row.organisation_id) {
        (Message::SignUp(id), _) => sign_up::letter(ctx, id).await?,
        (Message::Invitation(id), _) => invitation::letter(ctx, id).await?,
        (Message::InvitationAsked(id), _) => invitation::letter_of_request(ctx, id).await?,
        (Message::OwnershipOffered { to }, Some(of)) => ownership::offer_letter(ctx, of, to).await?,
        (Message::OwnershipTaken { reader, to }, Some(of)) => ownership::accepted_letter(ctx, of, reader, to).await?,
        (Message::OrganisationDeleted { reader }, Some(of)) => deletion::deleted(ctx, of, reader).await?,
        (Message::OrganisationRestored { reader }, Some(of)) => deletion::restored(ctx, of, reader).await?,
        (Message::EmailAsked { user }, _) => email::request_letter(ctx, user).await?,
        (Message::EmailChanged { user, before }, _) => email::changed_letter(ctx, user, before).await?,
        (Message::SecondFactor { user, notice }, _) => second_factor::letter(ctx, user, notice).await?,
        (
            Message::OwnershipOffered { .. }
            | Message::OwnershipTaken { .. }
            | Message::OrganisationDeleted { .. }
            | Message::OrganisationRestored { .. },
            None,
        ) => None,
    };
    let Some(letter) = letter else { return Ok(Outcome::Delivered) };
    // A letter that failed was counted the first time.
    if let Some(kind) = unsolicited
        && row.attempts == 1
        && let Some(pause) = count(ctx, kind, &letter.to).await?
    {
        return Ok(Outcome::Held(pause));
    }
    ctx.service().mailer.send(letter, &row.id.to_string()).await?;
    Ok(Outcome::Delivered)
}

/// Counts a letter of this kind to an address; how long it has to wait if there were too many.
async fn count(ctx: &Context, kind: &str, to: &str) -> Result<Option<Duration>> {
    for throttle in TO_ONE_ADDRESS {
        match throttle::count(ctx, throttle, &format!("{kind} {}", mailbox(to))).await {
            Ok(()) => {}
            Err(Error::Problem(Problem::TooMany { seconds })) => return Ok(Some(Duration::from_secs(seconds))),
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// Where a letter arrives: most providers drop what follows a plus sign.
pub(crate) fn mailbox(address: &str) -> String {
    let address = address.to_lowercase();
    match address.rsplit_once('@') {
        Some((name, domain)) => format!("{}@{domain}", name.split('+').next().unwrap_or(name)),
        None => address,
    }
}

/// Those that nobody needs any more, to be deleted: delivered so long ago, or given up.
pub(crate) fn finished(before: Timestamp) -> Select<outbox::Entity> {
    let delivered = outbox::Column::DeliveredAt.lte(before);
    let undeliverable = outbox::Column::FailedAt.lte(before);
    let given_up = outbox::Column::DeliveredAt
        .is_null()
        .and(outbox::Column::Attempts.gte(TRIES))
        .and(outbox::Column::DueAt.lte(before));
    outbox::Entity::find().filter(delivered.or(undeliverable).or(given_up))
}

async fn finish(ctx: &Context, row: &outbox::Model, outcome: Outcome) -> Result<()> {
    let transaction = ctx.service().database.begin().await?;
    let pause = Duration::from_secs(60 << row.attempts.clamp(0, 12));
    let message = serde_json::from_str(&row.message)?;
    let attempts = row.attempts;
    let mut row = row.clone().into_active_model();
    match outcome {
        Outcome::Delivered => row.delivered_at = Set(Some(ctx.now())),
        Outcome::Failed if attempts < TRIES => row.due_at = Set(ctx.now() + pause),
        // It is given up.
        Outcome::Failed | Outcome::Undeliverable => {
            row.failed_at = Set(Some(ctx.now()));
            if let Message::Invitation(first) = message {
                invitation::note_undeliverable(&*transaction, first, ctx.now()).await?;
            }
        }
        Outcome::Held(pause) => {
            row.due_at = Set(ctx.now() + pause);
            // It was not tried.
            row.attempts = Set(attempts - 1);
        }
    }
    row.update(&*transaction).await?;
    transaction.commit().await
}
