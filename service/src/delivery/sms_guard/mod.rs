//! What keeps others from having messages sent at this installation's cost (SMS pumping). Codes that nobody enters are
//! counted by number, by blocks of numbers, by country, by network and by organisation: see `limits.rs`. Whoever is asked
//! for a code is known by then, so nothing is sent for unknown users.

mod limits;
mod report;

pub use report::{Decision, Prefix, Report, Total, report};

use crate::{
    Context, Result,
    database::Lane,
    entity::sms_decision::{self, Column, Entity},
    sms,
};
use limits::{Attempt, Rule};
use model::{Conflict, OrganisationId, Phone, Problem, SmsDecisionId, Timestamp};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, Select,
    sea_query::{Expr, ExprTrait},
};
use std::time::Duration;

/// A code of a message that was sent this long ago is entered no more.
const ENTERABLE: Duration = Duration::from_hours(24);
/// Whoever is about to send looks at what was sent before, and is then looked at by the next.
const LOCK: &str = "sms-guard";
/// How long a decision is kept that no limit counts.
const REPORTED: Duration = Duration::from_hours(30 * 24);

/// Whether a code may be sent to a number, for somebody who is known. What is decided is stored, and counts as sent; put the
/// message into the outbox at once. `organisation` is the one on whose account it is, if it is one's.
///
/// # Errors
/// [`Conflict::SmsUnavailable`] while there is no gateway that works; [`Conflict::SmsCountry`];
/// [`Problem::TooMany`] for the number itself; [`Conflict::SmsRefused`] for what it has in common with others.
pub async fn allow(ctx: &Context, phone: &Phone, organisation: Option<OrganisationId>) -> Result<()> {
    sms::require_up(ctx).await?;
    let attempt = Attempt::new(ctx, phone, organisation);
    let mut novelty = attempt.novelty(ctx.readers()).await?;
    // What is refused is refused before anybody waits for it: an attack holds up nobody else.
    let mut refusal = attempt.refusal(ctx, ctx.readers(), novelty).await?;
    let transaction = ctx.service().database.begin_in(Lane::Site(ctx.network().site())).await?;
    if refusal.is_none() {
        transaction.lock_text(LOCK).await?;
        novelty = attempt.novelty(&*transaction).await?;
        refusal = attempt.refusal(ctx, &*transaction, novelty).await?;
    }
    let enforced = refusal.filter(|_| !ctx.service().settings.sms_guard_records_only);
    let row = sms_decision::ActiveModel {
        id: Set(SmsDecisionId(ctx.new_id()?)),
        organisation_id: Set(organisation),
        number_hash: Set(attempt.number_hash.clone()),
        prefix: Set(attempt.prefix.clone()),
        dialling_code: Set(attempt.dialling_code),
        network: Set(attempt.network.clone()),
        novelty: Set(novelty as i16),
        refused_by: Set(refusal.map(|rule| rule.name().to_owned())),
        created_at: Set(attempt.at),
        sent_at: Set(enforced.is_none().then_some(attempt.at)),
        entered_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(&*transaction).await?;
    transaction.commit().await?;
    match enforced {
        None => Ok(()),
        Some(Rule::Country) => Err(Conflict::SmsCountry.into()),
        Some(Rule::Number) => {
            let seconds = attempt.seconds_to_wait(ctx.readers()).await?;
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
pub async fn entered(ctx: &Context, phone: &Phone) -> Result<()> {
    let hash = ctx.service().encryption.phone(phone);
    let transaction = ctx.service().database.begin_in(Lane::Site(ctx.network().site())).await?;
    Entity::update_many()
        .col_expr(Column::EnteredAt, Expr::value(Some(ctx.now())))
        .filter(Column::NumberHash.eq(hash))
        .filter(Column::SentAt.gt(ctx.now() - ENTERABLE))
        .filter(Column::EnteredAt.is_null())
        .exec(&*transaction)
        .await?;
    transaction.commit().await
}

/// Decisions that no limit counts any more and no operator looks at, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<Entity> {
    let unentered = Column::EnteredAt.is_null().and(Column::CreatedAt.lte(now - REPORTED));
    Entity::find().filter(unentered.or(Column::CreatedAt.lte(now - limits::CREDIT)))
}
