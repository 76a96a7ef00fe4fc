//! The dashboard.

use crate::{Context, Result, access_log, contact as contacts, entity::contact, member, pending_invitations, search};
use model::{AccountId, Overview, Permission, SearchResults};
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
        overview.pending_invitations = Some(pending_invitations::count_pending(&access).await?);
    }
    if access.may(Permission::ContactReadBasic) {
        let db = &*access.expensive_reads().await?;
        let contacts = access.in_account::<contact::Entity>();
        overview.contacts = Some(contacts.clone().count(db).await?);
        let recent = contacts.filter(contact::Column::CreatedAt.gt(ctx.now() - DAY));
        overview.new_contacts = Some(recent.count(db).await?);
    }
    overview.accesses = access_log::last(&access, LAST).await?;
    Ok(overview)
}

/// What a search shows of each kind.
const FOUND: u64 = 5;

/// Finds people and contacts of an account by a part of a name, address or number. Contacts are
/// found by those who may see personal details, and stand in the log as read.
///
/// # Errors
/// [`model::Problem::Malformed`] for a text that is too long.
pub async fn search(ctx: &Context, account: AccountId, text: &str) -> Result<SearchResults> {
    let access = ctx.member(account).await?;
    search::validate(text)?;
    let mut found = SearchResults::default();
    if text.trim().is_empty() {
        return Ok(found);
    }
    if access.may(Permission::MemberRead) {
        found.people = member::search(&access, text, FOUND).await?;
    }
    if access.may(Permission::ContactReadBasic) {
        found.contacts = contacts::search(&access, text, FOUND).await?;
    }
    Ok(found)
}
