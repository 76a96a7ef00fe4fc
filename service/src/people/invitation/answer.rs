//! What the link of an invitation opens, and what its reader does there.

use super::{authority::CheckedInvitations, first_of, inviter, sharing, with_names};
use crate::{
    Access, Change, Context, Login, Message, Result, Secret, UserChange, email_claim,
    email_claim::OpenedLetter,
    entity::{invitation, invitation_secret, membership, organisation as organisations, user as users},
    grants, joins, password, rights, session, tenant,
    throttle::{self, Throttle},
    user::{self, SignInOutcome},
    verified_email::VerifiedEmail,
};
use model::{
    AcceptInvitation, AccountId, AuditEvent, Event, FieldErrors, Form, InvitationId, InvitationState, MemberId,
    OpenInvitation, PeopleEvent, PermissionSet, Problem, Refusal, Role, Timestamp, UserId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
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

/// Those of the invitations of a letter that can be accepted, with their names, and how the letter stands.
async fn standing(ctx: &Context, row: &invitation::Model) -> Result<(InvitationState, Vec<super::Row>)> {
    let db = ctx.readers();
    let waiting = joins::pending_invitations(sharing(first_of(row)), ctx.now()).all(db).await?;
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
    let row = with_secret(db, secret).await?;
    let organisation =
        organisations::Entity::find_by_id(row.organisation_id).one(db).await?.ok_or(Problem::NotFound)?;
    let (state, together) = standing(ctx, &row).await?;
    let holder = user::with_email(db, &row.email).await?;
    let known = holder.as_ref().is_some_and(|holder| VerifiedEmail::of(holder).is_some());
    let reader = reader(ctx).await?;
    Ok(OpenInvitation {
        organisation_name: organisation.name,
        invited_by: inviter(db, row.invited_by).await?,
        state,
        places: together.iter().map(|row| (row.account_name.clone(), row.role_name())).collect(),
        known,
        unconfirmed: holder.is_some() && !known,
        is_me: known && reader.as_ref().is_some_and(|reader| reader.email == row.email),
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
    NeedsSecondFactor(Login),
}

/// Accepts what a link opens: its secret shows whose the address is. Somebody new becomes a user; a login that has
/// confirmed the address is shown by its password, or by being signed in. A login that has it unconfirmed is confirmed
/// by its password, or loses it to somebody new, as the form says.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::WrongPassword`]; [`Problem::NotFound`];
/// [`Problem::Conflict`] for an invitation that is no longer pending; [`Problem::Refused`] while the organisation
/// is being deleted, and when its sender could not send it any more.
pub async fn accept(ctx: &Context, form: AcceptInvitation) -> Result<Acceptance> {
    let mut form = form.validated()?;
    let secret = Secret::from_client(std::mem::take(&mut form.secret));
    let invitation = with_secret(ctx.readers(), &secret).await?;
    if tenant::is_deleting(ctx.readers(), invitation.organisation_id).await? {
        let access = Access::anonymous(ctx, invitation.organisation_id, invitation.account_id);
        return Err(access.log_refusal(Refusal::BeingDeleted).await?);
    }
    let guest = match invitee(ctx, &secret, &invitation.email, form).await? {
        Ok(guest) => guest,
        Err(login) => return Ok(Acceptance::NeedsSecondFactor(login)),
    };
    let login = guest.login();
    let access = Access::for_self(ctx, login.user, invitation.organisation_id, invitation.account_id);
    let mut change = access.change_locking(email_claim::locks(ctx.readers(), &invitation.email).await?).await?;
    let row = with_secret(change.db(), &secret).await?;
    let waiting = joins::pending_invitations(sharing(first_of(&row)), ctx.now()).order_by_asc(invitation::Column::Id);
    let together = waiting.all(change.db()).await?;
    if together.is_empty() {
        return Err(no_longer_open().into());
    }
    let (to, is_new) = match guest {
        Invitee::Known(login) => (VerifiedEmail::of_user(change.db(), login.user).await?, false),
        Invitee::New(new) => {
            (Some(email_claim::join(&mut change, OpenedLetter::by_secret(&*row.email), new).await?), true)
        }
    };
    // The address may have become another's since it was looked up.
    let to = to.filter(|to| to.as_str() == row.email).ok_or_else(no_longer_open)?;
    let account = accept_all(change, &to, together, is_new).await?;
    Ok(Acceptance::Accepted(login, account))
}

/// Who accepts.
enum Invitee {
    /// Has the address, and is signed in or has typed the password.
    Known(Login),
    New(user::NewUser),
}

impl Invitee {
    fn login(&self) -> Login {
        match self {
            Self::Known(login) => *login,
            Self::New(new) => Login::first(new.id),
        }
    }
}

/// Finds out who accepts; the error is who has to type a code first.
async fn invitee(
    ctx: &Context,
    secret: &Secret,
    email: &str,
    form: AcceptInvitation,
) -> Result<Result<Invitee, Login>> {
    let Some(holder) = user::with_email(ctx.readers(), email).await? else {
        return Ok(Ok(Invitee::New(new_user(ctx, email, form).await?)));
    };
    let confirmed = VerifiedEmail::of(&holder).is_some();
    if !confirmed && !form.existing {
        return Ok(Ok(Invitee::New(new_user(ctx, email, form).await?)));
    }
    if confirmed && ctx.user().is_ok_and(|reader| reader == holder.id) {
        // The version was read before: a session that has ended since must not begin another.
        if !session::is_open(ctx).await? {
            return Err(Problem::SignedOut.into());
        }
        return Ok(Ok(Invitee::Known(Login { user: holder.id, credentials_version: holder.credentials_version })));
    }
    let proven = prove(ctx, holder, form).await?;
    if !confirmed {
        let change = UserChange::begin(ctx, proven.user()).await?;
        let row = with_secret(change.db(), secret).await?;
        email_claim::confirm(change, OpenedLetter::by_secret(row.email), proven.user()).await?;
    }
    Ok(match proven {
        SignInOutcome::Complete(login) => Ok(Invitee::Known(login)),
        SignInOutcome::NeedsSecondFactor(login) => Err(login),
    })
}

pub(super) fn no_longer_open() -> Problem {
    Problem::Conflict("This invitation is no longer open. Ask for a new one.".to_owned())
}

/// Makes a user a member wherever the invitations lead whose senders could still send them, and closes these; gives
/// the first account. Those of others stay as they are. Without any left, nothing is kept but the refusal.
pub(super) async fn accept_all(
    mut change: Change,
    to: &VerifiedEmail,
    invitations: Vec<invitation::Model>,
    is_new: bool,
) -> Result<AccountId> {
    let ctx = change.access().ctx().clone();
    let CheckedInvitations { valid, void } = CheckedInvitations::of(change.db(), &ctx, invitations).await?;
    let Some(account) = valid.first().map(|row| row.account_id) else {
        let why = void.first().map_or(Refusal::InvitationVoid, |(_, why)| *why);
        return refuse(change, why, is_new).await;
    };
    let mut events: Vec<Event> = void.into_iter().map(|(_, why)| Event::Audit(AuditEvent::Refused { why })).collect();
    for row in &valid {
        join(&change, to.user(), row.account_id, row.role).await?;
        let role = grants::resolve(change.db(), row.organisation_id, row.role, PermissionSet::EMPTY).await?.role_name;
        events.push(Event::People(PeopleEvent::InvitationAccepted { invitation: row.id, role }));
    }
    invitation::Entity::update_many()
        .col_expr(invitation::Column::AcceptedAt, Expr::value(ctx.now()))
        .filter(invitation::Column::Id.is_in(valid.iter().map(|row| row.id)))
        .exec(change.db())
        .await?;
    let organisation = change.access().organisation();
    change.invalidate(organisation.0);
    change.commit_all(events).await?;
    Ok(account)
}

/// Whoever would have become a user is nobody known.
async fn refuse<T>(change: Change, why: Refusal, is_new: bool) -> Result<T> {
    if !is_new {
        return change.refuse(why).await;
    }
    let access = change.access();
    let nobody = Access::anonymous(&access.ctx().as_anonymous(), access.organisation(), access.account());
    drop(change);
    Err(nobody.log_refusal(why).await?)
}

async fn prove(ctx: &Context, user: users::Model, form: AcceptInvitation) -> Result<SignInOutcome> {
    let sign_in = model::SignIn { email: user.email, password: form.password, then: String::new() };
    user::sign_in(ctx, sign_in).await
}

async fn new_user(ctx: &Context, email: &str, mut form: AcceptInvitation) -> Result<user::NewUser> {
    let mut errors = FieldErrors::default();
    form.check_new(&mut errors);
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let AcceptInvitation { first_name, last_name, password, .. } = form;
    let password_hash = password::hash(ctx, password).await?;
    Ok(user::NewUser { id: UserId(ctx.new_id()?), email: email.to_owned(), first_name, last_name, password_hash })
}

/// Makes the user a member, unless they are one already.
async fn join(change: &Change, user: UserId, account: AccountId, role: Role) -> Result<()> {
    let access = change.access();
    let member = access
        .in_organisation::<membership::Entity>()
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

/// Asks for a new invitation in the place of one that has expired, was withdrawn, whose sender could not send it any
/// more, or that led somebody in who has left since: the inviter, or the owner once the inviter may not invite there any more.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] for an invitation that is open, or whose reader is a member;
/// [`Problem::Refused`] when the policy does not let the address be invited any more; [`Problem::TooMany`].
pub async fn ask(ctx: &Context, secret: &Secret) -> Result<()> {
    let db = ctx.readers();
    let row = with_secret(db, secret).await?;
    let (state, _) = standing(ctx, &row).await?;
    if !state.can_be_renewed() {
        let sentence = "You need no new invitation: accept this one, or sign in.";
        return Err(Problem::Conflict(sentence.to_owned()).into());
    }
    count_asking(ctx, row.id).await?;
    let access = Access::anonymous(ctx, row.organisation_id, row.account_id);
    // Of a void one the page has said what is in the way, this perhaps.
    if state != InvitationState::Void
        && let Err(refusal) = tenant::policy(db, &access).await?.admits(&row.email)
    {
        return Err(access.log_refusal(refusal).await?);
    }
    let mut change = access.change().await?;
    change.deliver_all(&[Message::InvitationAsked(row.id)]).await?;
    change.commit(Event::People(PeopleEvent::InvitationAsked { invitation: row.id })).await
}

/// Counts a letter that asks for a new invitation.
pub(super) async fn count_asking(ctx: &Context, invitation: InvitationId) -> Result<()> {
    throttle::count(ctx, ASK, &invitation.to_string()).await
}
