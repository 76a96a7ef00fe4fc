//! Campaigns: what an account writes to many of its contacts.

use crate::{
    Access, Change, Context, Result, contact as contacts,
    database::ExpensiveReads,
    entity::{campaign, contact, user},
    page::{self, Paging},
    search, tenant,
};
use model::{
    AccountId, Campaign, CampaignDetails, CampaignFilter, CampaignForm, CampaignId, Conflict, Event, Form,
    FoundCampaign, MessagingEvent, Page, PeopleEvent, Permission, Problem, Timestamp, UserId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, JoinType, Order,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationDef, Select,
};

/// Rows of a page.
const PAGE: u64 = 50;

#[derive(Clone, FromQueryResult)]
struct Row {
    id: CampaignId,
    name: String,
    text: String,
    tag: String,
    created_at: Timestamp,
    updated_at: Timestamp,
    updated_by: Option<UserId>,
    first_name: Option<String>,
    last_name: Option<String>,
}

impl Row {
    fn into_view(self, ctx: &Context) -> Campaign {
        let updated_by = match (self.first_name, self.last_name) {
            (Some(first), Some(last)) => format!("{first} {last}"),
            _ => tenant::former_member(ctx.locale()),
        };
        let updated = ctx.moments().of(self.updated_at);
        Campaign {
            id: self.id,
            name: self.name,
            text: self.text,
            tag: self.tag,
            updated_by,
            updated_by_id: self.updated_by,
            updated,
            version: self.updated_at,
        }
    }
}

fn with_names(select: Select<campaign::Entity>) -> Select<campaign::Entity> {
    let to_user: RelationDef =
        campaign::Entity::belongs_to(user::Entity).from(campaign::Column::UpdatedBy).to(user::Column::Id).into();
    select
        .join(JoinType::LeftJoin, to_user)
        .column_as(user::Column::FirstName, "first_name")
        .column_as(user::Column::LastName, "last_name")
}

/// The campaigns of an account, the newest first.
///
/// # Errors
/// [`Problem::Malformed`] for a search that is too long.
pub async fn list(ctx: &Context, account: AccountId, filter: CampaignFilter) -> Result<Page<Campaign>> {
    let CampaignFilter { search, cursor } = filter;
    search::validate(&search)?;
    let access = ctx.access(account, Permission::CampaignRead).await?;
    let is_narrow = !search.trim().is_empty();
    let mut select = access.in_account::<campaign::Entity>();
    if !search.trim().is_empty() {
        select = mentioning(select, &search);
    }
    let paging =
        Paging { at: campaign::Column::CreatedAt, id: campaign::Column::Id, order: Order::Desc, size: PAGE, cursor };
    let key = |row: &Row| (row.created_at.0, row.id.0);
    let page = page::fetch(&*access.list_reads(is_narrow).await?, select, paging, with_names, key).await?;
    // Beside each campaign stands who wrote it.
    access.log_read_by_key(Event::People(PeopleEvent::MembersRead { records: page.rows.len() as u64 })).await?;
    Ok(page.map(|row| row.into_view(ctx)))
}

fn mentioning(select: Select<campaign::Entity>, text: &str) -> Select<campaign::Entity> {
    select.filter(search::folded_mention([campaign::Column::NameFold.into_expr()], text))
}

/// The newest few campaigns whose name has `text` in it.
pub(crate) async fn search(access: &Access, text: &str, most: u64) -> Result<Vec<FoundCampaign>> {
    let reads = access.expensive_reads().await?;
    let select = mentioning(access.in_account(), text)
        .order_by_desc(campaign::Column::CreatedAt)
        .order_by_desc(campaign::Column::Id)
        .limit(most);
    let rows = select.all(&*reads).await?;
    Ok(rows.into_iter().map(|row| FoundCampaign { id: row.id, name: row.name }).collect())
}

/// One campaign, and for readers who may see contacts' personal details how many it would reach: for others it would
/// tell by tag who has a mobile number.
pub async fn get(ctx: &Context, account: AccountId, campaign: CampaignId) -> Result<CampaignDetails> {
    let access = ctx.access(account, Permission::CampaignRead).await?;
    let select = access.in_account::<campaign::Entity>().filter(campaign::Column::Id.eq(campaign));
    let row = with_names(select).into_model::<Row>().one(access.readers()).await?.ok_or(Problem::NotFound)?;
    access.log_read_by_key(Event::People(PeopleEvent::MembersRead { records: 1 })).await?;
    let may_count = [Permission::ContactReadBasic, Permission::ContactReadPii].iter().all(|what| access.may(*what));
    let recipients = if may_count { Some(count_recipients(&access, &row.tag).await?) } else { None };
    Ok(CampaignDetails { campaign: row.into_view(ctx), recipients })
}

/// How many contacts with this tag, or of all without one, have a mobile number.
async fn count_recipients(access: &Access, tag: &str) -> Result<u64> {
    let all = access.in_account::<contact::Entity>();
    let all = if tag.is_empty() { all } else { contacts::with_tag(access, all, tag) };
    let chosen = contacts::personal_query(access, all, contacts::Question::HasMobile).await?;
    let count = async |reads: &ExpensiveReads, select: Select<contact::Entity>| Ok(select.count(&**reads).await?);
    Ok(chosen.read(count, |recipients| *recipients).await?.0)
}

/// Writes a campaign. Nothing is sent.
///
/// # Errors
/// [`Problem::Invalid`] for the form.
pub async fn create(ctx: &Context, account: AccountId, form: CampaignForm) -> Result<CampaignId> {
    let form = form.validated()?;
    ctx.access(account, Permission::CampaignCreate)
        .await?
        .change(async |change| {
            let name = form.name.clone();
            let campaign = insert(change, account, form, ctx.now()).await?;
            Ok((campaign, Event::Messaging(MessagingEvent::CampaignCreated { campaign, name })))
        })
        .await
}

/// Writes a campaign inside a change.
pub(crate) async fn insert(
    change: &Change,
    account: AccountId,
    form: CampaignForm,
    at: Timestamp,
) -> Result<CampaignId> {
    let access = change.access();
    let id = CampaignId(access.ctx().new_id()?);
    let CampaignForm { name, text, tag, version: _ } = form;
    let row = campaign::ActiveModel {
        id: Set(id),
        organisation_id: Set(access.organisation()),
        account_id: Set(account),
        name: Set(name),
        text: Set(text),
        tag: Set(tag),
        created_at: Set(at),
        updated_at: Set(at),
        updated_by: Set(access.user()),
        ..Default::default()
    };
    row.insert(change.db()).await?;
    Ok(id)
}

async fn row(change: &Change, campaign: CampaignId) -> Result<campaign::Model> {
    let select = change.access().in_account::<campaign::Entity>().filter(campaign::Column::Id.eq(campaign));
    Ok(select.one(change.db()).await?.ok_or(Problem::NotFound)?)
}

/// Changes a campaign; what is as before is no change.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Conflict::ChangedMeanwhile`] when it is no longer the version that the form shows.
pub async fn update(ctx: &Context, account: AccountId, campaign: CampaignId, form: CampaignForm) -> Result<()> {
    let form = form.validated()?;
    ctx.access(account, Permission::CampaignUpdate)
        .await?
        .change(async |change| {
            let row = row(change, campaign).await?;
            let CampaignForm { name, text, tag, version } = form;
            if version.is_some_and(|version| version != row.updated_at) {
                return Err(Conflict::ChangedMeanwhile.into());
            }
            if (&row.name, &row.text, &row.tag) == (&name, &text, &tag) {
                return Ok(((), Vec::new()));
            }
            let updated_at = ctx.now().after(row.updated_at);
            let mut row = row.into_active_model();
            row.name = Set(name.clone());
            row.text = Set(text);
            row.tag = Set(tag);
            row.updated_at = Set(updated_at);
            row.updated_by = Set(change.access().user());
            row.update(change.db()).await?;
            Ok(((), vec![Event::Messaging(MessagingEvent::CampaignUpdated { campaign, name })]))
        })
        .await
}

/// Deletes a campaign.
pub async fn delete(ctx: &Context, account: AccountId, campaign: CampaignId) -> Result<()> {
    ctx.access(account, Permission::CampaignDelete)
        .await?
        .change(async |change| {
            let row = row(change, campaign).await?;
            campaign::Entity::delete_by_id(row.id).exec(change.db()).await?;
            Ok(((), Event::Messaging(MessagingEvent::CampaignDeleted { campaign, name: row.name })))
        })
        .await
}
