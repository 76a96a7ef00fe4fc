//! One's own sessions, and their end.

use super::open;
use crate::{Context, Result, UserChange, entity::session, user_agent};
use model::{Event, IdentityEvent, OpenSession, Problem, SessionId, UserId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Sessions that are listed at most; those that were used last come first.
const MAX_SESSIONS: u64 = 100;

/// The browsers in which the reader is signed in.
///
/// # Errors
/// [`Problem::SignedOut`].
pub async fn list(ctx: &Context) -> Result<Vec<OpenSession>> {
    let (user, db) = (ctx.user()?, ctx.readers());
    let rows =
        open(ctx, db, user).await?.order_by_desc(session::Column::LastUsedAt).limit(MAX_SESSIONS).all(db).await?;
    let (moments, this) = (ctx.moments(), ctx.session_hash());
    let view = |row: session::Model| OpenSession {
        id: row.id,
        device: user_agent::device(&row.user_agent),
        ip: row.ip,
        signed_in: moments.of(row.created_at),
        last_used: moments.of(row.last_used_at),
        is_current: this.as_ref() == Some(&row.id_hash),
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Ends a session of the reader: its browser is signed out with its next request, and its open pages at once.
///
/// # Errors
/// [`Problem::NotFound`] for one that has ended, and for another person's.
pub async fn close(ctx: &Context, id: SessionId) -> Result<()> {
    let user = ctx.user()?;
    match end(ctx, user, session::Column::Id.eq(id)).await? {
        0 => Err(Problem::NotFound.into()),
        _ => Ok(()),
    }
}

/// Ends every session of the reader but this one; gives how many.
///
/// # Errors
/// [`Problem::SignedOut`].
pub async fn close_others(ctx: &Context) -> Result<u64> {
    let user = ctx.user()?;
    end(ctx, user, session::Column::IdHash.ne(ctx.session_hash().unwrap_or_default())).await
}

async fn end(ctx: &Context, user: UserId, those: impl Into<Condition>) -> Result<u64> {
    let those = Condition::all().add(session::Column::UserId.eq(user)).add(those);
    UserChange::run(ctx, user, async |change| {
        let sessions = session::Entity::delete_many().filter(those).exec(change.db()).await?.rows_affected;
        if sessions == 0 {
            return Ok((0, Vec::new()));
        }
        change.inner().end_sessions(user);
        Ok((sessions, vec![Event::Identity(IdentityEvent::SessionsClosed { sessions })]))
    })
    .await
}
