//! The dashboard.

use crate::{
    Context, Result, access_log, account,
    by_day::count_by_day,
    campaign, contact as contacts,
    entity::{api_key, contact, invitation},
    member, pending_invitations, search, second_factor, tenant,
};
use model::{AccountId, ApiKeyId, DayCount, FirstRun, InvitationId, Overview, Permission, SearchResults};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QuerySelect, sea_query::Expr};
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
        invitation_days: None,
        contacts: None,
        new_contacts: None,
        accesses: None,
        now: ctx.moments().now(),
    };
    if access.may(Permission::MemberRead) {
        let counts = member::count(&access).await?;
        overview.members = Some(counts.active + counts.suspended);
        overview.suspended = Some(counts.suspended);
    }
    if access.may(Permission::MemberInvite) {
        overview.pending_invitations = Some(pending_invitations::count_pending(&access).await?);
        overview.invitation_days = Some(tenant::policy(access.readers(), &access).await?.invitation_days);
    }
    if access.may(Permission::ContactReadBasic) {
        let db = &*access.expensive_reads().await?;
        // As members are counted: here and below.
        let contacts = access.in_subtree::<contact::Entity>();
        overview.contacts = Some(contacts.clone().count(db).await?);
        let recent = contacts.filter(contact::Column::CreatedAt.gt(ctx.now() - DAY));
        overview.new_contacts = Some(recent.count(db).await?);
    }
    overview.accesses = access_log::last(&access, LAST).await?;
    Ok(overview)
}

/// How many contacts were new on each of the last days, here and below.
pub async fn new_contacts(ctx: &Context, account: AccountId) -> Result<Vec<DayCount>> {
    let access = ctx.access(account, Permission::ContactReadBasic).await?;
    let all = access.in_subtree::<contact::Entity>();
    count_by_day(&access, all, contact::Column::CreatedAt, Expr::cust("COUNT(*)")).await
}

/// How far a new organisation is set up, for those who look after it.
pub async fn first_run(ctx: &Context, account: AccountId) -> Result<FirstRun> {
    let access = ctx.access(account, Permission::OrganisationUpdate).await?;
    let db = access.readers();
    let invitations = access.in_organisation::<invitation::Entity>().select_only().column(invitation::Column::Id);
    let keys = access.in_organisation::<api_key::Entity>().select_only().column(api_key::Column::Id);
    Ok(FirstRun {
        details: !tenant::row(db, &access).await?.physical_address.lines().is_empty(),
        invitation: invitations.limit(1).into_tuple::<InvitationId>().one(db).await?.is_some(),
        second_factor: second_factor::is_set_up(db, ctx.person()?).await?,
        api_key: keys.limit(1).into_tuple::<ApiKeyId>().one(db).await?.is_some(),
    })
}

/// What a search shows of each kind.
const FOUND: u64 = 5;

/// Finds by a part of a name, address or number what an account has, and the accounts that are open to the reader.
/// Contacts are found by those who may see personal details, and stand in the log as read.
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
    if access.may(Permission::CampaignRead) {
        found.campaigns = campaign::search(&access, text, FOUND).await?;
    }
    if access.may(Permission::ApiKeyRead) {
        found.api_keys = crate::api_key::search(&access, text, FOUND).await?;
    }
    found.accounts = account::search_first(ctx, text, FOUND).await?;
    Ok(found)
}
