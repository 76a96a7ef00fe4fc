//! Messages that wait for their delivery. They are written in the transaction of the change that
//! caused them, and delivered at least once: a worker takes what is due, and puts off its next try
//! before it begins, so that whoever dies in between is followed by another.

use crate::{
    Context, Error, Message, Result, deletion, email_change, email_undo,
    entity::outbox,
    invitation, ownership, password_change, password_reset, phone, second_factor, sign_up,
    sms::{self, Sms},
    sms_code,
    throttle::{self, Throttle},
    user_browser, user_deletion,
};
use model::{Problem, Timestamp};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::ExprTrait,
};
use std::time::Duration;

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
            Self::PasswordReset(_) => Some("password-reset"),
            // Each takes an act of its reader, or is about their own sign-in. Codes have limits of their own:
            // [`crate::sms_guard`].
            Self::OwnershipTaken { .. }
            | Self::EmailChanged { .. }
            | Self::SecondFactor { .. }
            | Self::Password { .. }
            | Self::EmailRestored { .. }
            | Self::EmailUndone { .. }
            | Self::UserDeleted { .. }
            | Self::Phone { .. }
            | Self::SmsCode(_)
            | Self::NewDevice { .. } => None,
        }
    }

    /// How long it is of use to its reader; later it is not sent.
    const fn lifetime(&self) -> Option<Duration> {
        match self {
            Self::SmsCode(_) => Some(sms_code::LIFETIME),
            Self::SignUp(_)
            | Self::Invitation(_)
            | Self::InvitationAsked(_)
            | Self::OwnershipOffered { .. }
            | Self::OwnershipTaken { .. }
            | Self::OrganisationDeleted { .. }
            | Self::OrganisationRestored { .. }
            | Self::EmailAsked { .. }
            | Self::EmailChanged { .. }
            | Self::SecondFactor { .. }
            | Self::PasswordReset(_)
            | Self::Password { .. }
            | Self::EmailRestored { .. }
            | Self::EmailUndone { .. }
            | Self::UserDeleted { .. }
            | Self::Phone { .. }
            | Self::NewDevice { .. } => None,
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
    /// Sent, with the id that the gateway gave it; or there was nothing to say any more.
    Delivered(Option<String>),
    Failed,
    /// The mail server or the gateway says for good that it takes no such message, or it is too late.
    Undeliverable,
    /// Its reader has had enough letters; it may be sent after this time.
    Deferred(Duration),
}

async fn deliver(ctx: &Context, row: &outbox::Model) -> Result<Outcome> {
    let message: Message = serde_json::from_str(&row.message)?;
    if message.lifetime().is_some_and(|lifetime| row.created_at + lifetime <= ctx.now()) {
        return Ok(Outcome::Undeliverable);
    }
    let unsolicited = message.unsolicited();
    let letter = match (message, row.organisation_id) {
        (Message::SignUp(id), _) => sign_up::letter(ctx, id).await?,
        (Message::Invitation(id), _) => invitation::letter(ctx, id).await?,
        (Message::InvitationAsked(id), _) => invitation::letter_of_request(ctx, id).await?,
        (Message::OwnershipOffered { to }, Some(of)) => ownership::offer_letter(ctx, of, to).await?,
        (Message::OwnershipTaken { reader, to }, Some(of)) => ownership::accepted_letter(ctx, of, reader, to).await?,
        (Message::OrganisationDeleted { reader }, Some(of)) => deletion::deleted(ctx, of, reader).await?,
        (Message::OrganisationRestored { reader }, Some(of)) => deletion::restored(ctx, of, reader).await?,
        (Message::EmailAsked { user }, _) => email_change::request_letter(ctx, user).await?,
        (Message::EmailChanged { user, before }, _) => email_undo::changed_letter(ctx, user, before).await?,
        (Message::SecondFactor { user, notice }, _) => second_factor::letter(ctx, user, notice).await?,
        (Message::PasswordReset(id), _) => password_reset::letter(ctx, id).await?,
        (Message::Password { user, notice }, _) => password_change::letter(ctx, user, notice).await?,
        (Message::EmailRestored { user, left }, _) => email_undo::restored_letter(ctx, user, left).await?,
        (Message::EmailUndone { user, left }, _) => email_undo::undone_letter(ctx, user, left).await?,
        (Message::UserDeleted { to, first_name }, _) => Some(user_deletion::letter(ctx, to, first_name)),
        (Message::Phone { user, notice }, _) => phone::letter(ctx, user, notice).await?,
        (Message::SmsCode(id), _) => return send_sms(ctx, row, sms_code::message(ctx, id).await?).await,
        (Message::NewDevice { user, device, ip, at }, _) => user_browser::letter(ctx, user, device, ip, at).await?,
        (
            Message::OwnershipOffered { .. }
            | Message::OwnershipTaken { .. }
            | Message::OrganisationDeleted { .. }
            | Message::OrganisationRestored { .. },
            None,
        ) => None,
    };
    let Some(letter) = letter else { return Ok(Outcome::Delivered(None)) };
    // A letter that failed was counted the first time.
    if let Some(kind) = unsolicited
        && row.attempts == 1
        && let Some(pause) = count(ctx, kind, &letter.to).await?
    {
        return Ok(Outcome::Deferred(pause));
    }
    ctx.service().mailer().send(letter, &row.id.to_string()).await?;
    Ok(Outcome::Delivered(None))
}

async fn send_sms(ctx: &Context, row: &outbox::Model, sms: Option<Sms>) -> Result<Outcome> {
    let Some(sms) = sms else { return Ok(Outcome::Delivered(None)) };
    Ok(Outcome::Delivered(sms::send(ctx, sms, &row.id.to_string()).await?))
}

/// Counts a letter of this kind to an address; how long it has to wait if there were too many.
async fn count(ctx: &Context, kind: &str, to: &str) -> Result<Option<Duration>> {
    for throttle in TO_ONE_ADDRESS {
        match throttle::count(ctx, throttle, &format!("{kind} {}", crate::kernel::outbox::mailbox(to))).await {
            Ok(()) => {}
            Err(Error::Problem(Problem::TooMany { seconds })) => return Ok(Some(Duration::from_secs(seconds))),
            Err(error) => return Err(error),
        }
    }
    Ok(None)
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
    let (message, attempts) = (&row.message, row.attempts);
    if is_erased(message, attempts, &outcome) {
        outbox::Entity::delete_by_id(row.id).exec(&*transaction).await?;
        transaction.commit().await?;
        ctx.service().database.empty_wal().await;
        return Ok(());
    }
    let mut row = row.clone().into_active_model();
    match outcome {
        Outcome::Delivered(gateway_id) => {
            row.delivered_at = Set(Some(ctx.now()));
            row.gateway_id = Set(gateway_id);
        }
        Outcome::Failed if attempts < TRIES => row.due_at = Set(ctx.now() + pause),
        // It is given up.
        Outcome::Failed | Outcome::Undeliverable => {
            row.failed_at = Set(Some(ctx.now()));
            // One that does not read is given up as well.
            if let Ok(Message::Invitation(first)) = serde_json::from_str(message) {
                invitation::note_undeliverable(&*transaction, first, ctx.now()).await?;
            }
        }
        Outcome::Deferred(pause) => {
            row.due_at = Set(ctx.now() + pause);
            // It was not tried.
            row.attempts = Set(attempts - 1);
        }
    }
    match row.update(&*transaction).await {
        // Its reader deleted their login meanwhile, and their messages with it.
        Ok(_) | Err(DbErr::RecordNotUpdated) => transaction.commit().await,
        Err(error) => Err(error.into()),
    }
}

/// Whether nothing may stay of a message that is over now.
fn is_erased(message: &str, attempts: i32, outcome: &Outcome) -> bool {
    let is_over = match outcome {
        Outcome::Delivered(_) | Outcome::Undeliverable => true,
        Outcome::Failed => attempts >= TRIES,
        Outcome::Deferred(_) => false,
    };
    is_over && serde_json::from_str::<Message>(message).is_ok_and(|message| message.is_erased_at_once())
}
