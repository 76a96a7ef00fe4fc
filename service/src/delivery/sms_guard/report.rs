//! What the operator sees of the limits on text messages.

use super::limits::PREFIX;
use crate::{
    Database, Result,
    entity::sms_decision::{self, Column, Entity},
    moment::Moments,
};
use model::{Locale, Timestamp};
use sea_orm::{
    ColumnTrait, DatabaseConnection, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use std::time::Duration;

/// What is reported, but for single decisions.
const DAY: Duration = Duration::from_hours(24);
const PREFIXES: u64 = 20;
const DECISIONS: u64 = 30;

/// The limits on text messages, as they stand.
pub struct Report {
    /// Of the last 24 hours, by the rule that refused them.
    pub totals: Vec<Total>,
    /// Those with the most requests of the last 24 hours.
    pub prefixes: Vec<Prefix>,
    /// The latest.
    pub decisions: Vec<Decision>,
}

/// Requests that were decided alike.
#[derive(FromQueryResult)]
pub struct Total {
    /// By which rule they were refused, or would have been; `None` for those that were not.
    pub refused_by: Option<String>,
    pub asked: i64,
    pub sent: i64,
    pub entered: i64,
}

/// A block of ten thousand numbers.
pub struct Prefix {
    /// `+` and the digits, without the last four.
    pub prefix: String,
    pub asked: i64,
    pub sent: i64,
    pub entered: i64,
    /// Whether new numbers in it get no message now.
    pub is_blocked: bool,
}

pub struct Decision {
    /// In UTC, as RFC 3339 has it.
    pub at: String,
    pub prefix: String,
    pub network: String,
    pub refused_by: Option<String>,
    pub is_sent: bool,
    pub is_entered: bool,
}

/// Reads how the limits stand `now`, also beside a server that runs. `database_url` is as for [`Database::open`].
///
/// # Errors
/// [`crate::Error::Setup`] where there is no database, and those of the database.
pub async fn report(database_url: &str, now: Timestamp) -> Result<Report> {
    let db = Database::open_to_read(database_url).await?;
    let report = Report {
        totals: totals(&db, now).await?,
        prefixes: prefixes(&db, now).await?,
        decisions: decisions(&db, now).await?,
    };
    db.close().await?;
    Ok(report)
}

async fn totals(db: &DatabaseConnection, now: Timestamp) -> Result<Vec<Total>> {
    let asked = Expr::cust("COUNT(*)");
    let totals = Entity::find()
        .filter(Column::CreatedAt.gt(now - DAY))
        .select_only()
        .column(Column::RefusedBy)
        .column_as(asked.clone(), "asked")
        .column_as(Column::SentAt.count(), "sent")
        .column_as(Column::EnteredAt.count(), "entered")
        .group_by(Column::RefusedBy)
        .order_by_desc(asked);
    Ok(totals.into_model().all(db).await?)
}

#[derive(FromQueryResult)]
struct Counts {
    prefix: String,
    asked: i64,
    sent: i64,
    entered: i64,
}

async fn prefixes(db: &DatabaseConnection, now: Timestamp) -> Result<Vec<Prefix>> {
    let asked = Expr::cust("COUNT(*)");
    let counts = Entity::find()
        .filter(Column::CreatedAt.gt(now - DAY))
        .select_only()
        .column(Column::Prefix)
        .column_as(asked.clone(), "asked")
        .column_as(Column::SentAt.count(), "sent")
        .column_as(Column::EnteredAt.count(), "entered")
        .group_by(Column::Prefix)
        .order_by_desc(asked)
        .limit(PREFIXES);
    let mut prefixes = Vec::new();
    for Counts { prefix, asked, sent, entered } in counts.into_model::<Counts>().all(db).await? {
        let of = || Column::Prefix.eq(&*prefix);
        let is_blocked = PREFIX.unentered(db, of(), now).await? >= PREFIX.allowed(db, of(), now).await?;
        prefixes.push(Prefix { prefix, asked, sent, entered, is_blocked });
    }
    Ok(prefixes)
}

async fn decisions(db: &DatabaseConnection, now: Timestamp) -> Result<Vec<Decision>> {
    let moments = Moments::new(now, jiff::tz::TimeZone::UTC, Locale::default());
    let decision = |row: sms_decision::Model| Decision {
        at: moments.of(row.created_at).at,
        prefix: row.prefix,
        network: row.network,
        refused_by: row.refused_by,
        is_sent: row.sent_at.is_some(),
        is_entered: row.entered_at.is_some(),
    };
    let latest = Entity::find().order_by_desc(Column::CreatedAt).limit(DECISIONS).all(db).await?;
    Ok(latest.into_iter().map(decision).collect())
}
