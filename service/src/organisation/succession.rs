//! What becomes of an organisation when the login of its owner is closed.

use crate::{
    Access, Change, Message, Result, deletion,
    entity::{membership, organisation as organisations},
    ownership::{admins, end_offer, set_owner},
    tenant, verified_email,
};
use model::{AccountId, Event, Job, OrganisationEvent, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// Passes on all that somebody owns whose login is closed, since its address is another's.
///
/// An organisation whose owner nobody can be any more could never be handed over, deleted, or rid of an Admin.
/// It goes to the Admin of the first account who has been one for longest and has confirmed their address: the owner alone
/// made Admins, so nobody gets more than they were trusted with by the one who could give it. Not to whoever opened the
/// letter: they asked for an address, and would come to own what a stranger built with it. Without such an Admin, as for a
/// founder who is alone, it is deleted as if its owner had asked, and purged when the time to restore it is over, so that
/// nothing of theirs is left behind.
pub(crate) async fn transfer_all(change: &mut Change, from: UserId) -> Result<()> {
    let owned = organisations::Entity::find()
        .filter(organisations::Column::OwnerId.eq(from))
        .filter(organisations::Column::DeletedAt.is_null())
        .order_by_asc(organisations::Column::CreatedAt);
    for row in owned.all(change.db()).await? {
        if !change.is_locked(row.id.0) {
            return Err(verified_email::conflict().into());
        }
        let ctx = change.access().ctx().as_job(Job::CloseLogin);
        let anywhere = Access::anonymous(&ctx, row.id, AccountId(Uuid::nil()));
        let root = tenant::root(change.db(), &anywhere).await?;
        let place = Access::anonymous(&ctx, row.id, root);
        let own = change.switch_access(place.clone());
        let events = match successor(change).await? {
            Some(to) => inherit(change, from, to).await?,
            None => deletion::schedule(change).await?,
        };
        change.switch_access(own);
        change.log_at(place, &events).await?;
    }
    Ok(())
}

async fn successor(change: &Change) -> Result<Option<UserId>> {
    let longest = admins(change.db(), change.access())
        .await?
        .order_by_asc(membership::Column::CreatedAt)
        .order_by_asc(membership::Column::Id);
    Ok(longest.one(change.db()).await?.map(|row| row.user_id))
}

async fn inherit(change: &mut Change, from: UserId, to: UserId) -> Result<Vec<Event>> {
    let ended = end_offer(change.db(), change.access()).await?;
    set_owner(change.db(), change.access(), to).await?;
    change.deliver_all(&[Message::OwnershipTaken { reader: to, to }]).await?;
    Ok(ended.into_iter().chain([Event::Organisation(OrganisationEvent::OwnershipInherited { from, to })]).collect())
}
