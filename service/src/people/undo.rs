//! What somebody did a moment ago, as the log has it, and may take back.

use crate::{Access, Result, access_log as log, entity::access_entry};
use model::{Event, RequestId};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use std::time::Duration;

/// The ten seconds that a page offers it for, and time for the way here.
const WINDOW: Duration = Duration::from_secs(15);

/// What the actor did in a request, if that was a moment ago.
pub(super) async fn latest_acts(access: &Access, request: RequestId) -> Result<Vec<Event>> {
    let ctx = access.ctx();
    let rows: Vec<String> = access
        .in_subtree::<access_entry::Entity>()
        .filter(access_entry::Column::CreatedAt.gt(ctx.now() - WINDOW))
        .filter(access_entry::Column::RequestId.eq(request))
        .filter(access_entry::Column::UserId.eq(ctx.person()?))
        .order_by_asc(access_entry::Column::Id)
        .select_only()
        .column(access_entry::Column::Event)
        .into_tuple()
        .all(access.readers())
        .await?;
    rows.iter().map(|text| log::event(text)).collect()
}
