//! The end of somebody's own login: who they were is erased, and the logs know them by an id alone.

mod erase;
mod letter;

pub(crate) use letter::letter;

use crate::{
    Access, Context, Result,
    deletion::RESTORABLE,
    entity::{api_key, invitation, membership, organisation, user as users},
    joins, second_factor, tenant,
};
use model::{
    AccountId, DeleteUser, Event, FieldErrors, FieldFault, Form, IdentityEvent, OrganisationId, OwnedOrganisation,
    PasswordFault, Problem, Refusal, UserContents, UserDeletion, UserId,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

/// What would go with the reader's login, and what keeps them from deleting it.
///
/// # Errors
/// [`Problem::SignedOut`].
pub async fn preview(ctx: &Context) -> Result<UserDeletion> {
    let user = ctx.user()?;
    let db = ctx.readers();
    let row = users::Entity::find_by_id(user).one(db).await?.ok_or(Problem::SignedOut)?;
    let mut owned = Vec::new();
    for organisation in owned_by(user).order_by_asc(organisation::Column::NameFold).all(db).await? {
        let anywhere = Access::anonymous(ctx, organisation.id, AccountId(Uuid::nil()));
        owned.push(OwnedOrganisation {
            account: tenant::root(db, &anywhere).await?,
            name: organisation.name,
            ends: organisation.deleted_at.map(|at| ctx.moments().of(at + RESTORABLE)),
        });
    }
    Ok(UserDeletion {
        email: row.email,
        owned,
        contents: contents(ctx, db, user).await?,
        methods: second_factor::methods(db, user).await?,
    })
}

/// One that is being deleted is its owner's until it is purged: they alone can restore it, and its tombstone names them.
fn owned_by(user: UserId) -> Select<organisation::Entity> {
    organisation::Entity::find().filter(organisation::Column::OwnerId.eq(user))
}

async fn contents(ctx: &Context, db: &impl ConnectionTrait, user: UserId) -> Result<UserContents> {
    let organisations = membership::Entity::find().filter(membership::Column::UserId.eq(user));
    let organisations: Vec<OrganisationId> =
        organisations.select_only().column(membership::Column::OrganisationId).distinct().into_tuple().all(db).await?;
    let keys =
        api_key::Entity::find().filter(api_key::Column::CreatedBy.eq(user)).filter(joins::is_key_open(ctx.now()));
    let sent = invitation::Entity::find().filter(invitation::Column::InvitedBy.eq(user));
    Ok(UserContents {
        organisations: organisations.len() as u64,
        api_keys: keys.count(db).await?,
        invitations: joins::pending_invitations(sent, ctx.now()).count(db).await?,
    })
}

/// Deletes the reader's login for good. What tells who they were is erased: their row and all that hangs on it, the
/// invitations to them, and the addresses in the logs. Every organisation that they were in has an entry of it, and they
/// get a last letter.
///
/// # Errors
/// [`Problem::Invalid`] for another address and a wrong password, code or passkey; [`Refusal::OwnsOrganisation`];
/// [`Problem::Conflict`] when they come into an organisation at the same moment; [`Problem::TooMany`].
pub async fn delete(ctx: &Context, form: DeleteUser) -> Result<()> {
    let user = ctx.user()?;
    let (email, proof) = form.validated()?.into_proof();
    let row = users::Entity::find_by_id(user).one(ctx.readers()).await?.ok_or(Problem::SignedOut)?;
    if email != row.email {
        return Err(FieldErrors::one("email", FieldFault::NotOwnEmail).into());
    }
    // However recent the last proof is: this cannot be undone.
    if proof.password.is_empty() && proof.passkey.is_empty() {
        return Err(FieldErrors::one("password", PasswordFault::Missing).into());
    }
    // Nobody makes them an owner meanwhile, and nobody's change of their membership is lost.
    let organisations = erase::organisations(ctx, ctx.readers(), &row).await?;
    let locks = organisations.into_iter().map(|organisation| organisation.0).collect();
    second_factor::confirm_identity_locking(ctx, user, proof, locks, async |change| {
        let row = users::Entity::find_by_id(user).one(change.db()).await?.ok_or(Problem::SignedOut)?;
        if owned_by(user).one(change.db()).await?.is_some() {
            return Err(Refusal::OwnsOrganisation.into());
        }
        erase::erase(ctx, change, row).await?;
        Ok(Some(Event::Identity(IdentityEvent::UserDeleted { user })))
    })
    .await?;
    ctx.service().database.empty_wal().await;
    Ok(())
}
