//! What keeps others from having messages sent at this installation's cost (SMS pumping). Codes that nobody enters are
//! counted by number, by blocks of numbers, by country, by network and by organisation: see `limits.rs`. Whoever is asked
//! for a code is known by then, so nothing is sent for unknown users.

mod limits;
mod report;

pub use report::{Decision, Prefix, Report, Total, report};

use crate::{
    Context, Result,
    database::Lane,
    entity::{
        sms_code::SmsPurpose,
        sms_decision::{self, Column, Entity},
    },
    sms,
};
use limits::{Rule, SmsRequest};
use model::{Conflict, OrganisationId, Phone, Problem, SmsDecisionId, Timestamp};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, Select,
    sea_query::{Expr, ExprTrait},
};
use std::time::Duration;

/// A code of a message that was sent this long ago is entered no more.
const ENTRY_WINDOW: Duration = Duration::from_hours(24);
/// Whoever is about to send looks at what was sent before, and is then looked at by the next.
const LOCK: &str = "sms-guard";
/// How long a decision is kept that no limit counts.
const RETENTION: Duration = Duration::from_hours(30 * 24);

/// Whether a code may be sent to a number, for somebody who is known. What is decided is stored, and counts as sent; put the
/// message into the outbox at once. `organisation` is the one on whose account it is, if it is one's.
///
/// # Errors
/// [`Conflict::SmsUnavailable`] while there is no gateway that works; [`Conflict::SmsCountry`];
/// [`Problem::TooMany`] for the number itself; [`Conflict::SmsRefused`] for what it has in common with others.
pub async fn allow(
    ctx: &Context,
    phone: &Phone,
    purpose: SmsPurpose,
    organisation: Option<OrganisationId>,
) -> Result<()> {
    sms::require_up(ctx).await?;
    let request = SmsRequest::new(ctx, phone, purpose, organisation);
    let mut novelty = request.novelty(ctx.readers()).await?;
    // What is refused is refused before anybody waits for it: an attack holds up nobody else.
    let mut refusal = request.refusal(ctx, ctx.readers(), novelty).await?;
    let transaction = ctx.service().database.begin_in(Lane::Site(ctx.network().site())).await?;
    if refusal.is_none() {
        transaction.lock_text(LOCK).await?;
        novelty = request.novelty(&*transaction).await?;
        refusal = request.refusal(ctx, &*transaction, novelty).await?;
    }
    let enforced = refusal.filter(|_| !ctx.service().settings.sms_guard_records_only);
    let row = sms_decision::ActiveModel {
        id: Set(SmsDecisionId(ctx.new_id()?)),
        organisation_id: Set(organisation),
        purpose: Set(purpose),
        number_hash: Set(request.number_hash.clone()),
        prefix: Set(request.prefix.clone()),
        dialling_code: Set(request.dialling_code),
        network: Set(request.network.clone()),
        novelty: Set(novelty as i16),
        refused_by: Set(refusal.map(|rule| rule.name().to_owned())),
        created_at: Set(request.at),
        sent_at: Set(enforced.is_none().then_some(request.at)),
        entered_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(&*transaction).await?;
    transaction.commit().await?;
    match enforced {
        None => Ok(()),
        Some(Rule::Country) => Err(Conflict::SmsCountry.into()),
        Some(Rule::Number) => {
            let seconds = request.seconds_to_wait(ctx.readers()).await?;
            Err(Problem::TooMany { seconds }.into())
        }
        Some(Rule::Prefix | Rule::DiallingCode | Rule::Installation | Rule::Network | Rule::Organisation) => {
            Err(Conflict::SmsRefused.into())
        }
    }
}

/// Notes that the code of a message to this number was entered: the number is somebody's, and what was sent to it was
/// wanted.
///
/// # Errors
/// Those of the database.
pub async fn record_entry(ctx: &Context, phone: &Phone) -> Result<()> {
    let hash = ctx.service().encryption.phone(phone);
    let transaction = ctx.service().database.begin_in(Lane::Site(ctx.network().site())).await?;
    Entity::update_many()
        .col_expr(Column::EnteredAt, Expr::value(Some(ctx.now())))
        .filter(Column::NumberHash.eq(hash))
        .filter(Column::SentAt.gt(ctx.now() - ENTRY_WINDOW))
        .filter(Column::EnteredAt.is_null())
        .exec(&*transaction)
        .await?;
    transaction.commit().await
}

/// Decisions that no limit counts any more and no operator looks at, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<Entity> {
    let unentered = Column::EnteredAt.is_null().and(Column::CreatedAt.lte(now - RETENTION));
    Entity::find().filter(unentered.or(Column::CreatedAt.lte(now - limits::CREDIT)))
}
