//! Messages that wait for their delivery. They are written in the transaction of the change that
//! caused them, and delivered at least once: a worker takes what is due, and puts off its next try
//! before it begins, so that whoever dies in between is followed by another.

use crate::{
    Context, Result, change::BATCH as ROWS, database::Transaction, deletion, email, entity::outbox, invitation,
    ownership, sign_up,
};
use model::{InvitationId, OrganisationId, OutboxId, SignUpId, UserId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
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
}

/// Messages taken at once, and sent at the same time: the last of them is not late for its lease.
const BATCH: u64 = 16;
/// No try takes longer; a message whose worker died is taken up again after this.
const LEASE: Duration = Duration::from_mins(2);
/// Tries before a message is given up: with doubled pauses, about three days.
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
    let delivered = deliver(ctx, row).await;
    if let Err(error) = &delivered {
        tracing::warn!(outbox.id = %row.id, outbox.attempts = row.attempts, %error, "delivery failed");
    }
    settle(ctx, row, delivered.is_ok()).await
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

async fn deliver(ctx: &Context, row: &outbox::Model) -> Result<()> {
    let letter = match (serde_json::from_str(&row.message)?, row.organisation_id) {
        (Message::SignUp(id), _) => sign_up::letter(ctx, id).await?,
        (Message::Invitation(id), _) => invitation::letter(ctx, id).await?,
        (Message::InvitationAsked(id), _) => invitation::asked(ctx, id).await?,
        (Message::OwnershipOffered { to }, Some(of)) => ownership::offered(ctx, of, to).await?,
        (Message::OwnershipTaken { reader, to }, Some(of)) => ownership::taken(ctx, of, reader, to).await?,
        (Message::OrganisationDeleted { reader }, Some(of)) => deletion::deleted(ctx, of, reader).await?,
        (Message::OrganisationRestored { reader }, Some(of)) => deletion::restored(ctx, of, reader).await?,
        (Message::EmailAsked { user }, _) => email::asked(ctx, user).await?,
        (Message::EmailChanged { user, before }, _) => email::changed(ctx, user, before).await?,
        (
            Message::OwnershipOffered { .. }
            | Message::OwnershipTaken { .. }
            | Message::OrganisationDeleted { .. }
            | Message::OrganisationRestored { .. },
            None,
        ) => None,
    };
    match letter {
        Some(letter) => ctx.service().mailer.send(letter, &row.id.to_string()).await,
        None => Ok(()),
    }
}

async fn settle(ctx: &Context, row: &outbox::Model, delivered: bool) -> Result<()> {
    let transaction = ctx.service().database.begin().await?;
    let pause = Duration::from_secs(60 << row.attempts.clamp(0, 12));
    let mut row = row.clone().into_active_model();
    if delivered {
        row.delivered_at = Set(Some(ctx.now()));
    } else {
        row.due_at = Set(ctx.now() + pause);
    }
    row.update(&*transaction).await?;
    transaction.commit().await
}
