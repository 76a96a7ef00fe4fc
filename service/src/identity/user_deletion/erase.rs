//! What is taken out of the database with a login. What hangs on its row goes with that, by the foreign keys; this is
//! about what does not.

use crate::{
    Access, Context, Message, Result, Rollback, UserChange, access_log,
    entity::{
        access_entry, api_key, invitation, membership, outbox, ownership_offer as offers, password_reset, sign_up,
        user as users,
    },
    joins, tenant,
    verified_email::VerifiedEmail,
};
use model::{AccountId, Conflict, Event, IdentityEvent, OrganisationEvent, OrganisationId, PeopleEvent, UserId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Entries of a log that are read at a time.
const BATCH: u64 = 1_000;

/// The organisations that somebody is in, suspended or not, that they are invited to, or have a key of.
pub(super) async fn organisations(
    ctx: &Context,
    db: &impl ConnectionTrait,
    user: &users::Model,
) -> Result<BTreeSet<OrganisationId>> {
    let of_members = memberships(user.id).all(db).await?.into_iter().map(|row| row.organisation_id);
    let of_keys = open_keys(ctx, user.id).all(db).await?.into_iter().map(|row| row.organisation_id);
    let of_invitations = invited(ctx, db, user).await?.into_iter().map(|row| row.organisation_id);
    Ok(of_members.chain(of_keys).chain(of_invitations).collect())
}

fn memberships(user: UserId) -> Select<membership::Entity> {
    let rows = membership::Entity::find().filter(membership::Column::UserId.eq(user));
    rows.order_by_asc(membership::Column::CreatedAt)
}

fn open_keys(ctx: &Context, user: UserId) -> Select<api_key::Entity> {
    api_key::Entity::find().filter(api_key::Column::CreatedBy.eq(user)).filter(joins::is_key_open(ctx.now()))
}

/// What waits for their answer. To an address that they have not confirmed it is not known to be theirs.
async fn invited(ctx: &Context, db: &impl ConnectionTrait, user: &users::Model) -> Result<Vec<invitation::Model>> {
    let Some(address) = VerifiedEmail::of(user) else { return Ok(Vec::new()) };
    let received = invitation::Entity::find().filter(invitation::Column::Email.eq(address.as_str()));
    Ok(joins::pending_invitations(received, ctx.now()).all(db).await?)
}

/// Erases somebody inside a change that holds their [`organisations`]. The change logs that they are deleted where they
/// are an active member; the rest is logged here.
pub(super) async fn erase(ctx: &Context, change: &mut UserChange, user: users::Model) -> Result<(), Rollback> {
    let reached = organisations(ctx, change.db(), &user).await?;
    if reached.iter().any(|organisation| !change.inner().is_locked(organisation.0)) {
        return Err(Conflict::SameMoment.into());
    }
    for Entry { organisation, account, event } in entries(ctx, change.db(), &user).await? {
        let place = Access::for_self(ctx, user.id, organisation, account);
        change.inner().log_at(place, &[event]).await?;
    }
    let former = pseudonymise(change.db(), user.id).await?;
    forget_invitations(change.db(), &user, former).await?;
    forget_messages(change.db(), user.id).await?;
    if let Some(address) = VerifiedEmail::of(&user) {
        sign_up::Entity::delete_many().filter(sign_up::Column::Email.eq(address.as_str())).exec(change.db()).await?;
        let asked = password_reset::Entity::delete_many().filter(password_reset::Column::Email.eq(address.as_str()));
        asked.exec(change.db()).await?;
        let to = address.as_str().to_owned();
        change.deliver(&[Message::UserDeleted { to, first_name: user.first_name }]).await?;
    }
    users::Entity::delete_by_id(user.id).exec(change.db()).await?;
    change.inner().end_sessions(user.id);
    Ok(())
}

/// What a deletion does in an organisation, at the account whose log has it.
struct Entry {
    organisation: OrganisationId,
    account: AccountId,
    event: Event,
}

/// What ends with the login: keys, offers, invitations, and memberships that are suspended.
async fn entries(ctx: &Context, db: &impl ConnectionTrait, user: &users::Model) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let members = memberships(user.id).all(db).await?;
    let active: BTreeSet<OrganisationId> =
        members.iter().filter(|row| row.suspended_at.is_none()).map(|row| row.organisation_id).collect();
    let mut suspended = BTreeSet::new();
    for membership::Model { organisation_id: organisation, account_id: account, .. } in members {
        if !active.contains(&organisation) && suspended.insert(organisation) {
            let event = Event::Identity(IdentityEvent::UserDeleted { user: user.id });
            entries.push(Entry { organisation, account, event });
        }
    }
    for api_key::Model { id: key, organisation_id, account_id, name, .. } in open_keys(ctx, user.id).all(db).await? {
        let event = Event::Identity(IdentityEvent::ApiKeyRevoked { key, name });
        entries.push(Entry { organisation: organisation_id, account: account_id, event });
    }
    for invitation::Model { id: invitation, organisation_id, account_id, .. } in invited(ctx, db, user).await? {
        let event = Event::People(PeopleEvent::InvitationDeclined { invitation });
        entries.push(Entry { organisation: organisation_id, account: account_id, event });
    }
    for offer in offers::Entity::find().filter(offers::Column::UserId.eq(user.id)).all(db).await? {
        let anywhere = Access::anonymous(ctx, offer.organisation_id, AccountId(Uuid::nil()));
        let event = Event::Organisation(OrganisationEvent::OwnershipKept { to: user.id });
        let account = tenant::root(db, &anywhere).await?;
        entries.push(Entry { organisation: offer.organisation_id, account, event });
    }
    Ok(entries)
}

/// Takes what tells who somebody is out of the entries about them, in all logs; gives the addresses that stood there.
async fn pseudonymise(db: &impl ConnectionTrait, user: UserId) -> Result<BTreeSet<String>> {
    use access_entry::{Column, Entity};
    let mut addresses = BTreeSet::new();
    let mut last = None;
    loop {
        let mut about = Entity::find().filter(Column::SubjectUserId.eq(user)).order_by_asc(Column::Id).limit(BATCH);
        if let Some(last) = last {
            about = about.filter(Column::Id.gt(last));
        }
        let page = about.all(db).await?;
        for row in &page {
            // One of a later version is left as it is.
            let Ok(event) = access_log::event(&row.event) else { continue };
            let Some(pseudonymised) = event.pseudonymised() else { continue };
            if let Event::Identity(
                IdentityEvent::EmailChanged { before, after, .. } | IdentityEvent::EmailRestored { before, after, .. },
            ) = event
            {
                addresses.extend([before, after]);
            }
            Entity::update_many()
                .col_expr(Column::Event, Expr::value(serde_json::to_string(&pseudonymised)?))
                .filter(Column::Id.eq(row.id))
                .exec(db)
                .await?;
        }
        match page.last() {
            Some(row) if page.len() as u64 == BATCH => last = Some(row.id),
            _ => return Ok(addresses),
        }
    }
}

/// Deletes the invitations to somebody: to their confirmed address all, and what they accepted to any that they ever had,
/// unless it is another's by now.
async fn forget_invitations(db: &impl ConnectionTrait, user: &users::Model, former: BTreeSet<String>) -> Result<()> {
    use invitation::{Column, Entity};
    if let Some(address) = VerifiedEmail::of(user) {
        Entity::delete_many().filter(Column::Email.eq(address.as_str())).exec(db).await?;
    }
    for address in former.into_iter().chain([user.email.clone()]) {
        let holder = users::Entity::find().filter(users::Column::Email.eq(&*address)).one(db).await?;
        if holder.is_none_or(|holder| holder.id == user.id) {
            let accepted = Entity::delete_many().filter(Column::Email.eq(address));
            accepted.filter(Column::AcceptedAt.is_not_null()).exec(db).await?;
        }
    }
    Ok(())
}

/// Deletes what waits to be sent about somebody's own affairs, and what was sent.
async fn forget_messages(db: &impl ConnectionTrait, user: UserId) -> Result<()> {
    outbox::Entity::delete_many()
        .filter(outbox::Column::OrganisationId.is_null())
        .filter(outbox::Column::Message.contains(user.to_string()))
        .exec(db)
        .await?;
    Ok(())
}
