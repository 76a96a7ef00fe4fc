//! What the link of an invitation opens, and what its reader does there.

use super::{first_of, inviter, pending_in, sharing, with_names};
use crate::{
    Access, Change, Context, Login, Message, Result, Secret,
    entity::{invitation, invitation_secret, membership, organisation as organisations, user as users},
    organisation, password, policy, rights, role, session,
    throttle::{self, Throttle},
    user::{self, Proven},
};
use model::{
    AcceptInvitation, AccountId, Event, FieldErrors, Form, InvitationState, MemberId, OpenInvitation, PermissionSet,
    Problem, Refusal, Role, Timestamp, UserId,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::time::Duration;

/// Letters that ask for a new one, for each invitation.
const ASK: Throttle = Throttle { name: "ask-invitation", tries: 3, within: Duration::from_hours(24) };

async fn with_secret(db: &impl ConnectionTrait, secret: &Secret) -> Result<invitation::Model> {
    let found = invitation_secret::Entity::find_by_id(secret.hash().into_column()).one(db).await?;
    let id = found.ok_or(Problem::NotFound)?.invitation_id;
    Ok(invitation::Entity::find_by_id(id).one(db).await?.ok_or(Problem::NotFound)?)
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

/// What the link with this secret opens.
///
/// # Errors
/// [`Problem::NotFound`] for a secret that was never given out, or was replaced.
pub async fn open(ctx: &Context, secret: &Secret) -> Result<OpenInvitation> {
    let db = ctx.readers();
    let row = with_secret(db, secret).await?;
    let organisation =
        organisations::Entity::find_by_id(row.organisation_id).one(db).await?.ok_or(Problem::NotFound)?;
    let together = with_names(pending_in(sharing(first_of(&row)), ctx.now()))
        .order_by_asc(invitation::Column::Id)
        .into_model::<super::Row>()
        .all(db)
        .await?;
    let reader = reader(ctx).await?;
    Ok(OpenInvitation {
        organisation_name: organisation.name,
        invited_by: inviter(db, row.invited_by).await?,
        state: match state(db, &row, ctx.now()).await? {
            _ if !together.is_empty() => InvitationState::Pending,
            InvitationState::Pending if organisation.deleted_at.is_some() => InvitationState::Deleting,
            state => state,
        },
        places: together.iter().map(|row| (row.account_name.clone(), row.role_name())).collect(),
        known: user::with_email(db, &row.email).await?.is_some(),
        is_me: reader.as_ref().is_some_and(|reader| reader.email == row.email),
        signed_in_as: reader.map(|reader| reader.email).filter(|email| *email != row.email),
        email: row.email,
    })
}

/// How an acceptance ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// Who accepted, and the account they now may enter.
    Accepted(Login, AccountId),
    /// Nothing is accepted yet: this person has to sign in with a code.
    ButCode(Login),
}

/// Accepts what a link opens. Somebody new becomes a user; somebody known shows that they are it by their
/// password, or is signed in.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::WrongPassword`]; [`Problem::NotFound`];
/// [`Problem::Conflict`] for an invitation that is no longer pending; [`Problem::Refused`] while the organisation
/// is being deleted.
pub async fn accept(ctx: &Context, form: AcceptInvitation) -> Result<Acceptance> {
    let mut form = form.validated()?;
    let secret = Secret::presented(std::mem::take(&mut form.secret));
    let invitation = with_secret(ctx.readers(), &secret).await?;
    if organisation::is_deleting(ctx.readers(), invitation.organisation_id).await? {
        let access = Access::nobody(ctx, invitation.organisation_id, invitation.account_id);
        return Err(access.refused(Refusal::BeingDeleted).await?);
    }
    let reader = reader(ctx).await?.filter(|reader| reader.email == invitation.email);
    let known = user::with_email(ctx.readers(), &invitation.email).await?;
    let (login, new) = match (reader, known) {
        // The version was read before: a session that has ended since must not begin another.
        (Some(_), _) if !session::is_open(ctx).await? => return Err(Problem::SignedOut.into()),
        (Some(reader), _) => (Login { user: reader.id, credentials_version: reader.credentials_version }, None),
        (None, Some(user)) => match prove(ctx, user, form).await? {
            Proven::Whole(login) => (login, None),
            Proven::ButCode(login) => return Ok(Acceptance::ButCode(login)),
        },
        (None, None) => {
            let new = new_user(ctx, invitation.email, form).await?;
            (Login::first(new.id), Some(new))
        }
    };
    let id = login.user;
    let access = Access::oneself(ctx, id, invitation.organisation_id, invitation.account_id);
    let change = access.change().await?;
    let first = first_of(&with_secret(change.db(), &secret).await?);
    let together = pending_in(sharing(first), ctx.now()).order_by_asc(invitation::Column::Id).all(change.db()).await?;
    let account = together.first().map(|row| row.account_id).ok_or_else(over)?;
    if let Some(new) = new {
        user::insert(&change, new).await?;
    }
    take(change, id, together).await?;
    Ok(Acceptance::Accepted(login, account))
}

pub(super) fn over() -> Problem {
    Problem::Conflict("This invitation is no longer open. Ask for a new one.".to_owned())
}

/// Makes a user a member wherever the invitations lead, and closes them.
pub(super) async fn take(mut change: Change, user: UserId, invitations: Vec<invitation::Model>) -> Result<()> {
    let mut events = Vec::new();
    for row in &invitations {
        join(&change, user, row.account_id, row.role).await?;
        let role = role::held(change.db(), row.organisation_id, row.role, PermissionSet::EMPTY).await?.called;
        events.push(Event::InvitationAccepted { invitation: row.id, role });
    }
    invitation::Entity::update_many()
        .col_expr(invitation::Column::AcceptedAt, Expr::value(change.access().ctx().now()))
        .filter(invitation::Column::Id.is_in(invitations.iter().map(|row| row.id)))
        .exec(change.db())
        .await?;
    let organisation = change.access().organisation();
    change.outdates(organisation.0);
    change.commit_all(events).await
}

async fn prove(ctx: &Context, user: users::Model, form: AcceptInvitation) -> Result<Proven> {
    let sign_in = model::SignIn { email: user.email, password: form.password, then: String::new() };
    user::sign_in(ctx, sign_in).await
}

async fn new_user(ctx: &Context, email: String, mut form: AcceptInvitation) -> Result<user::NewUser> {
    let mut errors = FieldErrors::default();
    form.check_new(&mut errors);
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let AcceptInvitation { secret: _, first_name, last_name, password } = form;
    let password_hash = password::hash(ctx, password).await?;
    Ok(user::NewUser { id: UserId(ctx.new_id()?), email, first_name, last_name, password_hash })
}

/// Makes the user a member, unless they are one already.
async fn join(change: &Change, user: UserId, account: AccountId, role: Role) -> Result<()> {
    let access = change.access();
    let member = access
        .all::<membership::Entity>()
        .filter(membership::Column::AccountId.eq(account))
        .filter(membership::Column::UserId.eq(user))
        .one(change.db())
        .await?;
    if member.is_some() {
        return Ok(());
    }
    let row = membership::ActiveModel {
        id: Set(MemberId(access.ctx().new_id()?)),
        organisation_id: Set(access.organisation()),
        account_id: Set(account),
        user_id: Set(user),
        role: Set(role),
        permissions: Set(PermissionSet::EMPTY),
        suspended_at: Set(None),
        created_at: Set(access.ctx().now()),
    };
    row.insert(change.db()).await?;
    Ok(())
}

/// Asks for a new invitation in the place of one that has expired, was withdrawn, or led somebody in who has
/// left since: the inviter, or the owner once the inviter may not invite there any more.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] for an invitation that is open, or whose reader is a member;
/// [`Problem::Refused`] when the policy does not let the address be invited any more; [`Problem::TooMany`].
pub async fn ask(ctx: &Context, secret: &Secret) -> Result<()> {
    let db = ctx.readers();
    let row = with_secret(db, secret).await?;
    let state = state(db, &row, ctx.now()).await?;
    if !matches!(state, InvitationState::Expired | InvitationState::Revoked | InvitationState::Left) {
        let sentence = "You need no new invitation: accept this one, or sign in.";
        return Err(Problem::Conflict(sentence.to_owned()).into());
    }
    throttle::count(ctx, ASK, &row.id.to_string()).await?;
    let access = Access::nobody(ctx, row.organisation_id, row.account_id);
    if let Err(refusal) = policy::of(db, &access).await?.admits(&row.email) {
        return Err(access.refused(refusal).await?);
    }
    let mut change = access.change().await?;
    change.deliver_all(&[Message::InvitationAsked(row.id)]).await?;
    change.commit(Event::InvitationAsked { invitation: row.id }).await
}
