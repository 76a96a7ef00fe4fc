//! Messages that wait for their delivery. They are written in the transaction of the change that
//! caused them, and delivered at least once: a worker takes what is due, and puts off its next try
//! before it begins, so that whoever dies in between is followed by another.

use crate::{
    Context, Error, Result, deletion, email,
    entity::outbox,
    invitation, ownership,
    throttle::{self, Throttle},
};
use model::{InvitationId, Problem, Timestamp, UserId};
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
    /// To the address that is asked for.
    EmailAsked {
        user: UserId,
    },
    /// To the address from before.
    EmailChanged {
        user: UserId,
        before: String,
    },
}

impl Message {
    /// Whether it goes to somebody who may want nothing of whoever caused it. How many of these reach one address is
    /// limited, over all organisations together.
    const fn is_unsolicited(&self) -> bool {
        match self {
            Self::Invitation(_) | Self::InvitationAsked(_) | Self::EmailAsked { .. } => true,
            Self::OwnershipOffered { .. }
            | Self::OwnershipTaken { .. }
            | Self::OrganisationDeleted { .. }
            | Self::OrganisationRestored { .. }
            | Self::EmailChanged { .. } => false,
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
/// Tries before a message is given up: with doubled pauses, about three days.
const TRIES: i32 = 13;

/// Delivers what is due, and gives the number of messages it tried.
pub async fn deliver_due(ctx: &Context) -> Result<usize> {
    let taken = take(ctx).await?;
    let tried = futures::future::join_all(taken.iter().map(|row| try_once(ctx, row))).await;
    tried.into_iter().collect::<Result<Vec<()>>>()?;
    Ok(taken.len())
}

async fn try_once(ctx: &Context, row: &outbox::Model) -> Result<()> {
    let outcome = deliver(ctx, row).await.unwrap_or_else(|error| {
        tracing::warn!(outbox.id = %row.id, outbox.attempts = row.attempts, %error, "delivery failed");
        Outcome::Failed
    });
    settle(ctx, row, outcome).await
}

/// Waits until there may be something to deliver.
pub async fn wait(ctx: &Context) {
    let patience = Duration::from_secs(10);
    // Woken by a change, guaranteed by time.
    let _ = tokio::time::timeout(patience, ctx.service().database.signals.outbox.notified()).await;
}

async fn take(ctx: &Context) -> Result<Vec<outbox::Model>> {
    let transaction = ctx.service().database.begin().await?;
    transaction.hold(uuid::Uuid::nil()).await?;
    let due = outbox::Entity::find()
        .filter(outbox::Column::DeliveredAt.is_null())
        .filter(outbox::Column::DueAt.lte(ctx.now()))
        .filter(outbox::Column::Attempts.lt(TRIES))
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
    /// Its reader has had enough letters; it may be sent after this time.
    Held(Duration),
}

async fn deliver(ctx: &Context, row: &outbox::Model) -> Result<Outcome> {
    let message: Message = serde_json::from_str(&row.message)?;
    let unsolicited = message.is_unsolicited();
    let letter = match message {
        Message::Invitation(id) => invitation::letter(ctx, id).await?,
        Message::InvitationAsked(id) => invitation::asked(ctx, id).await?,
        Message::OwnershipOffered { to } => ownership::offered(ctx, row.organisation_id, to).await?,
        Message::OwnershipTaken { reader, to } => ownership::taken(ctx, row.organisation_id, reader, to).await?,
        Message::OrganisationDeleted { reader } => deletion::deleted(ctx, row.organisation_id, reader).await?,
        Message::OrganisationRestored { reader } => deletion::restored(ctx, row.organisation_id, reader).await?,
        Message::EmailAsked { user } => email::asked(ctx, user).await?,
        Message::EmailChanged { user, before } => email::changed(ctx, user, before).await?,
    };
    let Some(letter) = letter else { return Ok(Outcome::Delivered) };
    // A letter that failed was counted the first time.
    if unsolicited
        && row.attempts == 1
        && let Some(pause) = count(ctx, &letter.to).await?
    {
        return Ok(Outcome::Held(pause));
    }
    ctx.service().mailer.send(letter, &row.id.to_string()).await?;
    Ok(Outcome::Delivered)
}

/// Counts a letter to an address; how long it has to wait if there were too many.
async fn count(ctx: &Context, to: &str) -> Result<Option<Duration>> {
    for throttle in TO_ONE_ADDRESS {
        match throttle::count(ctx, throttle, &mailbox(to)).await {
            Ok(()) => {}
            Err(Error::Problem(Problem::TooMany { seconds })) => return Ok(Some(Duration::from_secs(seconds))),
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// Where a letter arrives: most providers drop what follows a plus sign.
fn mailbox(address: &str) -> String {
    let address = address.to_lowercase();
    match address.rsplit_once('@') {
        Some((name, domain)) => format!("{}@{domain}", name.split('+').next().unwrap_or(name)),
        None => address,
    }
}

/// Those that nobody needs any more, to be deleted: delivered so long ago, or given up.
pub(crate) fn settled(before: Timestamp) -> Select<outbox::Entity> {
    let delivered = outbox::Column::DeliveredAt.lte(before);
    let given_up = outbox::Column::DeliveredAt
        .is_null()
        .and(outbox::Column::Attempts.gte(TRIES))
        .and(outbox::Column::DueAt.lte(before));
    outbox::Entity::find().filter(delivered.or(given_up))
}

async fn settle(ctx: &Context, row: &outbox::Model, outcome: Outcome) -> Result<()> {
    let transaction = ctx.service().database.begin().await?;
    let pause = Duration::from_secs(60 << row.attempts.clamp(0, 12));
    let attempts = row.attempts;
    let mut row = row.clone().into_active_model();
    match outcome {
        Outcome::Delivered => row.delivered_at = Set(Some(ctx.now())),
        Outcome::Failed => row.due_at = Set(ctx.now() + pause),
        Outcome::Held(pause) => {
            row.due_at = Set(ctx.now() + pause);
            // It was not tried.
            row.attempts = Set(attempts - 1);
        }
    }
    row.update(&*transaction).await?;
    transaction.commit().await
}
