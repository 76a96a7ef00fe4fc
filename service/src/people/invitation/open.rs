//! What the link of an invitation opens.

use super::{authority::CheckedInvitations, first_of, inviter, sharing, with_names};
use crate::{
    Access, Context, Message, Result, Secret,
    email_claim::OpenedLetter,
    entity::{invitation, invitation_secret, organisation as organisations, user as users},
    joins, rights, tenant,
    throttle::{self, Throttle},
    user,
    verified_email::VerifiedEmail,
};
use model::{Conflict, Event, InvitationId, InvitationState, OpenInvitation, PeopleEvent, Problem, Timestamp, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use std::time::Duration;

/// Letters that ask for a new one, for each invitation.
const ASK: Throttle = Throttle { name: "ask-invitation", tries: 3, within: Duration::from_hours(24) };

/// What the secret of a link leads to.
pub(super) struct Linked {
    pub row: invitation::Model,
    /// That a letter to its address was opened; `None` for a link that was handed over, which shows nobody's address.
    pub letter: Option<OpenedLetter>,
    copied_by: Option<UserId>,
}

impl Linked {
    /// The invitations that it opens. Whoever copied a link may open it themselves, so it leads to what they sent
    /// themselves, and to nothing that others share the letter with or have raised since.
    pub fn invitations(&self) -> Select<invitation::Entity> {
        let together = sharing(first_of(&self.row));
        match self.copied_by {
            Some(sender) => {
                together.filter(invitation::Column::InvitedBy.eq(sender)).filter(invitation::Column::ApiKeyId.is_null())
            }
            None => together,
        }
    }
}

pub(super) async fn with_secret(db: &impl ConnectionTrait, secret: &Secret) -> Result<Linked> {
    let found = invitation_secret::Entity::find_by_id(secret.hash().into_column()).one(db).await?;
    let found = found.ok_or(Problem::NotFound)?;
    let row = invitation::Entity::find_by_id(found.invitation_id).one(db).await?.ok_or(Problem::NotFound)?;
    let letter = found.copied_by.is_none().then(|| OpenedLetter::by_secret(&*row.email));
    Ok(Linked { row, letter, copied_by: found.copied_by })
}

/// Who is signed in, if anybody is.
async fn reader(ctx: &Context) -> Result<Option<users::Model>> {
    let Ok(id) = ctx.user() else { return Ok(None) };
    Ok(users::Entity::find_by_id(id).one(ctx.readers()).await?)
}

async fn state(db: &impl ConnectionTrait, row: &invitation::Model, now: Timestamp) -> Result<InvitationState> {
    if row.accepted_at.is_some() {
        let is_member = match user::with_email(db, &row.email).await? {
            Some(user) => rights::is_member(db, user.id, row.account_id).await?,
            None => false,
        };
        Ok(if is_member { InvitationState::Accepted } else { InvitationState::Left })
    } else if row.revoked_at.is_some() {
        Ok(InvitationState::Revoked)
    } else if row.expires_at <= now {
        Ok(InvitationState::Expired)
    } else {
        Ok(InvitationState::Pending)
    }
}

/// Those of the invitations of a letter that can be accepted, with their names, and how the letter stands.
async fn standing(ctx: &Context, linked: &Linked) -> Result<(InvitationState, Vec<super::Row>)> {
    let (db, row) = (ctx.readers(), &linked.row);
    let waiting = joins::pending_invitations(linked.invitations(), ctx.now()).all(db).await?;
    let sifted = CheckedInvitations::of(db, ctx, waiting).await?;
    let valid = sifted.valid.iter().map(|row| row.id);
    let valid = with_names(invitation::Entity::find().filter(invitation::Column::Id.is_in(valid)))
        .order_by_asc(invitation::Column::Id)
        .into_model::<super::Row>()
        .all(db)
        .await?;
    let state = match state(db, row, ctx.now()).await? {
        _ if !valid.is_empty() => InvitationState::Pending,
        InvitationState::Pending if tenant::is_deleting(db, row.organisation_id).await? => InvitationState::Deleting,
        _ if !sifted.void.is_empty() => InvitationState::Void,
        // It is somebody else's by now, whose letter has another link.
        InvitationState::Pending if linked.copied_by.is_some() => InvitationState::Void,
        state => state,
    };
    Ok((state, valid))
}

/// What the link with this secret opens.
///
/// # Errors
/// [`Problem::NotFound`] for a secret that was never given out, or was replaced.
pub async fn open(ctx: &Context, secret: &Secret) -> Result<OpenInvitation> {
    let db = ctx.readers();
    let linked = with_secret(db, secret).await?;
    let copied = linked.letter.is_none();
    let (state, together) = standing(ctx, &linked).await?;
    let row = linked.row;
    let organisation =
        organisations::Entity::find_by_id(row.organisation_id).one(db).await?.ok_or(Problem::NotFound)?;
    let holder = user::with_email(db, &row.email).await?;
    // Whoever was handed the link, or copied it, is not told whether the address has a login.
    let known = !copied && holder.as_ref().is_some_and(|holder| VerifiedEmail::of(holder).is_some());
    let reader = reader(ctx).await?;
    Ok(OpenInvitation {
        organisation_name: organisation.name,
        invited_by: inviter(db, row.invited_by, ctx.locale()).await?,
        state,
        places: together.iter().map(|row| (row.account_name.clone(), row.role_name())).collect(),
        known,
        unconfirmed: !copied && holder.is_some() && !known,
        copied,
        is_me: (known || copied) && reader.as_ref().is_some_and(|reader| reader.email == row.email),
        signed_in_as: reader.map(|reader| reader.email).filter(|email| *email != row.email),
        email: row.email,
    })
}

/// Asks for a new invitation in the place of one that has expired, was withdrawn, whose sender could not send it any
/// more, or that led somebody in who has left since: the inviter, or the owner once the inviter may not invite there any more.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] for an invitation that is open, or whose reader is a member;
/// [`Problem::Refused`] when the policy does not let the address be invited any more; [`Problem::TooMany`].
pub async fn ask(ctx: &Context, secret: &Secret) -> Result<()> {
    let db = ctx.readers();
    let linked = with_secret(db, secret).await?;
    let (state, _) = standing(ctx, &linked).await?;
    let row = linked.row;
    if !state.can_be_renewed() {
        return Err(Conflict::InvitationOpen.into());
    }
    count_asking(ctx, row.id).await?;
    let access = Access::anonymous(ctx, row.organisation_id, row.account_id);
    // Of a void one the page has said what is in the way, this perhaps.
    if state != InvitationState::Void {
        access.require(tenant::policy(db, &access).await?.admits(&row.email)).await?;
    }
    access
        .change(async |change| {
            change.deliver_all(&[Message::InvitationAsked(row.id)]).await?;
            Ok(((), Event::People(PeopleEvent::InvitationAsked { invitation: row.id })))
        })
        .await
}

/// Counts a letter that asks for a new invitation.
pub(super) async fn count_asking(ctx: &Context, invitation: InvitationId) -> Result<()> {
    throttle::count(ctx, ASK, &invitation.to_string()).await
}
