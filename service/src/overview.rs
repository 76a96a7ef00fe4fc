//! The dashboard.

use crate::{Context, Result, access_entry, entity::contact, invitation, member};
use model::{AccountId, Overview, Permission};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);
/// Entries of the log that are shown.
const LAST: u64 = 6;

/// What there is to know about an account at a glance, as far as the reader may know it.
pub async fn get(ctx: &Context, account: AccountId) -> Result<Overview> {
    let access = ctx.member(account).await?;
    let mut overview = Overview {
        members: None,
        suspended: None,
        pending_invitations: None,
        contacts: None,
        new_contacts: None,
        accesses: None,
        greeting: ctx.moments().greeting().to_owned(),
        now: ctx.moments().today(),
    };
    if access.may(Permission::MemberRead) {
        let counts = member::count(&access).await?;
        overview.members = Some(counts.active + counts.suspended);
        overview.suspended = Some(counts.suspended);
    }
    if access.may(Permission::MemberInvite) {
        overview.pending_invitations = Some(invitation::count_pending(&access).await?);
    }
    if access.may(Permission::ContactReadBasic) {
        let db = &*access.expensive_reads().await?;
        let contacts = access.in_account::<contact::Entity>();
        overview.contacts = Some(contacts.clone().count(db).await?);
        let recent = contacts.filter(contact::Column::CreatedAt.gt(ctx.now() - DAY));
        overview.new_contacts = Some(recent.count(db).await?);
    }
    overview.accesses = access_entry::last(&access, LAST).await?;
    Ok(overview)
}
