//! Messages that a change leaves behind. They are written in its transaction, and delivered after its commit.

use crate::{
    entity::outbox,
    kernel::{Context, Result, change::BATCH, database::Transaction},
};
use model::{
    Device, InvitationId, OrganisationId, OutboxId, PasswordNotice, PasswordResetId, PhoneNotice, SecondFactorNotice,
    SignUpId, SmsCodeId, Timestamp, UserId,
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Deserialize, Serialize};

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
    /// To the address that somebody typed, if a login has it.
    PasswordReset(PasswordResetId),
    /// To the person whose it is.
    Password {
        user: UserId,
        notice: PasswordNotice,
    },
    /// To the address that is back in the place of `left`.
    EmailRestored {
        user: UserId,
        left: String,
    },
    /// To the address that was given up for it.
    EmailUndone {
        user: UserId,
        left: String,
    },
    /// To somebody who is gone: it holds what their row no longer does, and is deleted once it is delivered.
    UserDeleted {
        to: String,
        first_name: String,
    },
    /// To the person whose it is.
    Phone {
        user: UserId,
        notice: PhoneNotice,
    },
    /// To the number that somebody says is theirs, or that is known to be.
    SmsCode(SmsCodeId),
    /// To whoever signed in with a kind of browser that they never used before.
    NewDevice {
        user: UserId,
        device: Device,
        ip: String,
        at: Timestamp,
    },
}

impl Message {
    /// Whether it goes as soon as there is nothing more to try, and not after a week.
    pub(crate) const fn is_erased_at_once(&self) -> bool {
        matches!(self, Self::UserDeleted { .. })
    }
}

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
            gateway_id: Set(None),
        })
    };
    for batch in messages.chunks(BATCH) {
        let rows = batch.iter().map(row).collect::<Result<Vec<_>>>()?;
        outbox::Entity::insert_many(rows).exec_without_returning(&**transaction).await?;
    }
    transaction.effects.outbox |= !messages.is_empty();
    Ok(())
}

/// Where a letter arrives: most providers drop what follows a plus sign.
pub(crate) fn mailbox(address: &str) -> String {
    let address = address.to_lowercase();
    match address.rsplit_once('@') {
        Some((name, domain)) => format!("{}@{domain}", name.split('+').next().unwrap_or(name)),
        None => address,
    }
}
