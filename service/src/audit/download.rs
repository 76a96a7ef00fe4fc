//! The data access log as a file: all that a filter leaves, page by page.

use super::access_log::{matching, read_without_total};
use crate::{Context, Result, entity::access_entry as entry, moment::Moments};
use model::{AccessEntry, AccessFilter, AccountId, AuditEvent, Event, Moment, Permission, Timestamp};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};

/// Rows that are read at a time.
const BATCH: u64 = 1_000;

/// A download that has begun: the log says so.
pub struct AccessLogDownload {
    ctx: Context,
    account: AccountId,
    filter: AccessFilter,
    /// What happens while it goes on is not in it.
    before: Timestamp,
    /// In whose zone it is from its beginning to its end, whatever they choose meanwhile.
    moments: Moments,
    records: u64,
    is_over: bool,
}

/// Begins a download, and logs how many entries it has.
///
/// # Errors
/// [`model::Problem::Refused`] without `access_log.read` and `access_log.export`; [`model::Problem::Malformed`] for a
/// filter that is too long; [`model::Problem::TooSlow`] for one that takes too long to count.
pub async fn access_log(ctx: &Context, account: AccountId, filter: AccessFilter) -> Result<AccessLogDownload> {
    let access = ctx.access(account, Permission::AccessLogRead).await?;
    let access = access.require_permission(Permission::AccessLogExport).await?;
    let filter = AccessFilter { cursor: None, ..filter };
    let before = ctx.now();
    let reads = access.expensive_reads().await?;
    let select = matching(&*reads, &access, &filter).await?.filter(entry::Column::CreatedAt.lt(before));
    let records = select.count(&*reads).await?;
    drop(reads);
    access.log(Event::Audit(AuditEvent::AccessLogExported { records })).await?;
    Ok(AccessLogDownload { ctx: ctx.clone(), account, filter, before, moments: ctx.moments(), records, is_over: false })
}

impl AccessLogDownload {
    /// How many entries it has.
    pub const fn records(&self) -> u64 {
        self.records
    }

    /// The IANA name of the zone that its times are in.
    pub fn time_zone(&self) -> &str {
        self.moments.zone_name()
    }

    /// A time of an entry by RFC 3339, with the offset of that zone.
    pub fn time(&self, moment: &Moment) -> String {
        self.moments.with_offset(moment)
    }

    /// The next entries, the newest first; none at the end. The rights are checked anew for each page, since a large
    /// download takes a while.
    ///
    /// # Errors
    /// As [`access_log`].
    pub async fn next(&mut self) -> Result<Vec<AccessEntry>> {
        if self.is_over {
            return Ok(Vec::new());
        }
        let access = self.ctx.access(self.account, Permission::AccessLogRead).await?;
        let access = access.require_permission(Permission::AccessLogExport).await?;
        let reads = access.expensive_reads().await?;
        let page = read_without_total(&*reads, &access, &self.filter, self.before, BATCH).await?;
        drop(reads);
        self.filter.cursor = page.older;
        self.is_over = self.filter.cursor.is_none();
        Ok(page.rows.to_vec())
    }
}
