//! What open pages are told, and of which organisations.

use crate::kernel::{Result, Service, rights::FACTOR_HOLDERS};
use model::{OrganisationId, Timestamp, Topic, UserId};
use sea_orm::{FromQueryResult, Statement};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What a commit tells the live channels, of this process and of every replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// Something changed that open pages may be showing.
    Changed {
        organisation: OrganisationId,
        topic: Topic,
        /// `None`: for everyone of the organisation.
        user: Option<UserId>,
    },
    /// A session of this user ended.
    SessionEnded { user: UserId },
    /// Anything may have happened: for a moment this process heard of nothing.
    #[serde(skip)]
    Missed,
}

impl Hint {
    /// As they are told. What may shut somebody out goes first: of the commit that does so they hear nothing else.
    pub(crate) fn in_order(hints: HashSet<Self>) -> Vec<Self> {
        let mut hints: Vec<_> = hints.into_iter().collect();
        hints.sort_by_key(|hint| {
            !matches!(hint, Self::SessionEnded { .. } | Self::Changed { topic: Topic::Rights, .. })
        });
        hints
    }
}

#[derive(FromQueryResult)]
struct Row {
    organisation_id: OrganisationId,
    second_factor_due: Option<Timestamp>,
}

/// What a live channel of somebody may tell of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiveScope {
    pub organisations: Vec<OrganisationId>,
    /// The first instant at which it is less by time alone, of which there is no hint.
    pub changes_at: Option<Timestamp>,
}

/// The organisations whose changes `user` may hear of: those where they are a member who is not suspended and has the
/// second factor that is required. One that is being deleted is among them, so that its pages return when it is restored.
///
/// Nothing is logged: this is asked in the background, by nobody's act.
pub async fn scope(service: &Service, user: UserId) -> Result<LiveScope> {
    let db = service.database.readers();
    let sql = format!(
        "SELECT DISTINCT m.organisation_id,
                CASE WHEN NOT EXISTS (SELECT 1 FROM ({FACTOR_HOLDERS}) f WHERE f.user_id = m.user_id)
                  THEN CAST(o.policy -> 'second_factor' ->> 'from' AS BIGINT) END AS second_factor_due
         FROM membership m
         JOIN organisation o ON o.id = m.organisation_id
         WHERE m.user_id = $1 AND m.suspended_at IS NULL"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [user.into()]);
    let rows = Row::find_by_statement(statement).all(db).await?;
    let now = service.now();
    let open: Vec<Row> = rows.into_iter().filter(|row| row.second_factor_due.is_none_or(|due| due > now)).collect();
    Ok(LiveScope {
        changes_at: open.iter().filter_map(|row| row.second_factor_due).min(),
        organisations: open.into_iter().map(|row| row.organisation_id).collect(),
    })
}
