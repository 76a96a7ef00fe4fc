//! Who owns an organisation: handed over by two, one who offers and one who accepts.

use crate::{
    Access, Change, Context, Message, Result,
    entity::{membership, organisation as organisations, ownership_offer as offers, user as users},
    joins,
    pending_invitations::{self, Loss},
    tenant,
    verified_email::VerifiedEmail,
};
use model::{
    AccountId, Conflict, Event, FieldErrors, FieldFault, LetterText, MemberId, OfferOwnership, OrganisationEvent,
    OrganisationNotice, Ownership, OwnershipOffer, Problem, Role, UserId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType,
    ModelTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

/// Who owns the organisation, to whom it is offered, and whom the owner may offer it to.
pub async fn get(ctx: &Context, account: AccountId) -> Result<Ownership> {
    let access = ctx.member(account).await?;
    let db = access.readers();
    let (owner, me) = (tenant::owner(db, &access).await?, access.require_person().await?);
    let offer = offer_of(db, &access).await?;
    // An offer is between two.
    let offer = offer.filter(|offer| [owner, offer.user_id].contains(&me));
    let offer = match offer {
        Some(row) => Some(OwnershipOffer {
            to: tenant::name_of(db, row.user_id, ctx.locale()).await?,
            to_me: row.user_id == me,
            at: ctx.moments().of(row.created_at),
        }),
        None => None,
    };
    let candidates = if owner == me { candidates(db, &access).await? } else { Vec::new() };
    let invitations =
        if owner == me { 0 } else { pending_invitations::preview_ended(&access, &Loss::Leaving(me)).await? };
    let name = tenant::name_of(db, owner, ctx.locale()).await?;
    Ok(Ownership { owner: name, is_mine: owner == me, offer, candidates, invitations })
}

pub(crate) async fn offer_of(db: &impl ConnectionTrait, access: &Access) -> Result<Option<offers::Model>> {
    Ok(offers::Entity::find_by_id(access.organisation()).one(db).await?)
}

/// The Admins at the root who have confirmed their address, besides the owner.
async fn candidates(db: &impl ConnectionTrait, access: &Access) -> Result<Vec<(MemberId, String)>> {
    let rows: Vec<(MemberId, String, String)> = admins(db, access)
        .await?
        .join(JoinType::InnerJoin, joins::member_to_user())
        .order_by_asc(users::Column::NameFold)
        .select_only()
        .column(membership::Column::Id)
        .column(users::Column::FirstName)
        .column(users::Column::LastName)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, first, last)| (id, format!("{first} {last}"))).collect())
}

pub(crate) async fn admins(db: &impl ConnectionTrait, access: &Access) -> Result<sea_orm::Select<membership::Entity>> {
    let confirmed = users::Entity::find()
        .select_only()
        .column(users::Column::Id)
        .filter(users::Column::EmailVerifiedAt.is_not_null());
    Ok(access
        .in_organisation::<membership::Entity>()
        .filter(membership::Column::UserId.in_subquery(confirmed.into_query()))
        .filter(membership::Column::AccountId.eq(tenant::root(db, access).await?))
        .filter(membership::Column::Role.eq(Role::Admin))
        .filter(membership::Column::SuspendedAt.is_null())
        .filter(membership::Column::UserId.ne(tenant::owner(db, access).await?)))
}

/// Offers the organisation to one of its Admins, in the place of an earlier offer.
///
/// # Errors
/// [`Problem::Refused`] for anybody but the owner, and for an owner who has not confirmed their address;
/// [`Problem::Invalid`] for somebody who is no Admin or has not confirmed theirs; [`Problem::ProofNeeded`].
pub async fn offer(ctx: &Context, account: AccountId, form: OfferOwnership) -> Result<()> {
    ctx.member(account)
        .await?
        .change(async |change| {
            change.access().owner_only()?;
            VerifiedEmail::demand(change.db(), ctx.user()?).await?;
            let (db, access) = (change.db(), change.access());
            let to = admins(db, access).await?.filter(membership::Column::Id.eq(form.member)).one(db).await?;
            let to = to.ok_or_else(|| FieldErrors::one("member", FieldFault::NotAdmin))?.user_id;
            offers::Entity::delete_by_id(access.organisation()).exec(db).await?;
            let row = offers::ActiveModel {
                organisation_id: Set(access.organisation()),
                user_id: Set(to),
                created_at: Set(ctx.now()),
            };
            row.insert(db).await?;
            change.deliver_all(&[Message::OwnershipOffered { to }]).await?;
            Ok(((), Event::Organisation(OrganisationEvent::OwnershipOffered { to })))
        })
        .await
}

/// Takes an offer back.
///
/// # Errors
/// [`Problem::Refused`] for anybody but the owner; [`Problem::NotFound`] without an offer.
pub async fn withdraw(ctx: &Context, account: AccountId) -> Result<()> {
    ctx.member(account)
        .await?
        .change(async |change| {
            change.access().owner_only()?;
            let offer = offer_of(change.db(), change.access()).await?.ok_or(Problem::NotFound)?;
            let to = offer.user_id;
            offer.delete(change.db()).await?;
            Ok(((), Event::Organisation(OrganisationEvent::OwnershipKept { to })))
        })
        .await
}

/// The offer that was made to whoever answers it.
async fn own_offer(change: &Change) -> Result<offers::Model> {
    let offer = offer_of(change.db(), change.access()).await?;
    let me = change.access().ctx().user().ok();
    Ok(offer.filter(|offer| me == Some(offer.user_id)).ok_or(Problem::NotFound)?)
}

/// Takes over the organisation. Whoever owned it stays as an Admin.
///
/// # Errors
/// [`Problem::NotFound`] without an offer; [`Problem::Conflict`] for somebody who is no Admin any more;
/// [`Problem::Refused`] for somebody who has not confirmed their address; [`Problem::ProofNeeded`].
pub async fn accept(ctx: &Context, account: AccountId) -> Result<()> {
    ctx.member(account)
        .await?
        .change(async |change| {
            let offer = own_offer(change).await?;
            VerifiedEmail::demand(change.db(), offer.user_id).await?;
            let (db, access) = (change.db(), change.access());
            let to: UserId = offer.user_id;
            let still = admins(db, access).await?.filter(membership::Column::UserId.eq(to)).one(db).await?;
            if still.is_none() {
                return Err(Conflict::NotAdminAnyMore.into());
            }
            let from = tenant::owner(db, access).await?;
            offer.delete(db).await?;
            set_owner(db, access, to).await?;
            let told = [from, to].map(|reader| Message::OwnershipTaken { reader, to });
            change.deliver_all(&told).await?;
            Ok(((), Event::Organisation(OrganisationEvent::OwnershipTransferred { from, to })))
        })
        .await
}

pub(crate) async fn set_owner(db: &impl ConnectionTrait, access: &Access, to: UserId) -> Result<()> {
    let mut row = tenant::row(db, access).await?.into_active_model();
    row.owner_id = Set(to);
    row.update(db).await?;
    Ok(())
}

/// Ends an offer that nobody can accept any more, if there is one.
pub(crate) async fn end_offer(db: &impl ConnectionTrait, access: &Access) -> Result<Option<Event>> {
    let Some(offer) = offer_of(db, access).await? else { return Ok(None) };
    let to = offer.user_id;
    offer.delete(db).await?;
    Ok(Some(Event::Organisation(OrganisationEvent::OwnershipKept { to })))
}

/// Declines an offer.
///
/// # Errors
/// [`Problem::NotFound`] without one.
pub async fn decline(ctx: &Context, account: AccountId) -> Result<()> {
    ctx.member(account)
        .await?
        .change(async |change| {
            let offer = own_offer(change).await?;
            let to = offer.user_id;
            offer.delete(change.db()).await?;
            Ok(((), Event::Organisation(OrganisationEvent::OwnershipKept { to })))
        })
        .await
}

/// The letter that says so to whom it is offered.
pub(crate) async fn offer_letter(
    ctx: &Context,
    organisation: model::OrganisationId,
    to: UserId,
) -> Result<Option<crate::Letter>> {
    let offer = offers::Entity::find_by_id(organisation).one(ctx.readers()).await?;
    if offer.is_none_or(|offer| offer.user_id != to) {
        return Ok(None);
    }
    letter(ctx, organisation, to, OrganisationNotice::OwnershipOffered).await
}

/// The letter that says so to both, once it is handed over.
pub(crate) async fn accepted_letter(
    ctx: &Context,
    organisation: model::OrganisationId,
    reader: UserId,
    to: UserId,
) -> Result<Option<crate::Letter>> {
    let notice = if reader == to {
        OrganisationNotice::OwnershipTaken
    } else {
        OrganisationNotice::OwnershipTakenBy { name: tenant::name_of(ctx.readers(), to, ctx.locale()).await? }
    };
    letter(ctx, organisation, reader, notice).await
}

/// A letter about an organisation; `None` for a reader who has not confirmed their address.
pub(crate) async fn letter(
    ctx: &Context,
    organisation: model::OrganisationId,
    to: UserId,
    notice: OrganisationNotice,
) -> Result<Option<crate::Letter>> {
    let db = ctx.readers();
    let Some(row) = organisations::Entity::find_by_id(organisation).one(db).await? else { return Ok(None) };
    let Some(to) = users::Entity::find_by_id(to).one(db).await? else { return Ok(None) };
    let Some(address) = VerifiedEmail::of(&to) else { return Ok(None) };
    let home = ctx.service().settings.public_url.clone();
    let text = LetterText::Organisation { first_name: to.first_name.clone(), organisation: row.name, notice, home };
    Ok(Some(crate::Letter::to_user(&address, &text, ctx.locale())))
}
