//! Messages that a change leaves behind. They are written in its transaction, and delivered after its commit.

use crate::{
    entity::outbox,
    kernel::{Context, Result, change::BATCH, database::Transaction},
};
use model::{InvitationId, OrganisationId, OutboxId, SecondFactorNotice, SignUpId, UserId};
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
