//! Accepting what the link of an invitation opens.

use super::{
    authority::CheckedInvitations,
    open::{Linked, with_secret},
};
use crate::{
    Access, Change, Context, Login, Result, Rollback, Secret, UserChange, email_claim,
    email_claim::OpenedLetter,
    entity::{invitation, membership, user as users},
    grants, joins, password,
    password_choice::{self, Person},
    session, tenant,
    user::{self, SignInOutcome},
    verified_email::VerifiedEmail,
};
use model::{
    AcceptInvitation, AccountId, AuditEvent, Conflict, Event, FieldErrors, Form, MemberId, PeopleEvent, Problem,
    Refusal, UserId,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

/// How an acceptance ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// Who accepted, and the account they now may enter.
    Accepted(Login, AccountId),
    /// Nothing is accepted yet: this person has to sign in with a code.
    NeedsSecondFactor(Login),
}

/// Accepts what a link opens: the secret of a letter shows whose the address is. Somebody new becomes a user; a login
/// that has confirmed the address is shown by its password, or by being signed in. A login that has it unconfirmed is
/// confirmed by its password, or loses it to somebody new, as the form says. A link that was handed over confirms no
/// address, takes none away, and answers who has no such login as [`user::sign_in`] does.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::WrongPassword`]; [`Problem::NotFound`];
/// [`Problem::Conflict`] for an invitation that is no longer pending; [`Problem::Refused`] while the organisation
/// is being deleted, and when its sender could not send it any more.
pub async fn accept(ctx: &Context, form: AcceptInvitation) -> Result<Acceptance> {
    let mut form = form.validated()?;
    let secret = Secret::from_client(std::mem::take(&mut form.secret));
    let linked = with_secret(ctx.readers(), &secret).await?;
    let invitation = &linked.row;
    if tenant::is_deleting(ctx.readers(), invitation.organisation_id).await? {
        let access = Access::anonymous(ctx, invitation.organisation_id, invitation.account_id);
        access.require(Err(Refusal::BeingDeleted)).await?;
    }
    let guest = match invitee(ctx, &secret, &linked, form).await? {
        Ok(guest) => guest,
        Err(login) => return Ok(Acceptance::NeedsSecondFactor(login)),
    };
    let login = guest.login();
    let access = Access::for_self(ctx, login.user, invitation.organisation_id, invitation.account_id);
    access
        .change_locking(email_claim::locks(ctx.readers(), &invitation.email).await?, async |change| {
            let linked = with_secret(change.db(), &secret).await?;
            let waiting =
                joins::pending_invitations(linked.invitations(), ctx.now()).order_by_asc(invitation::Column::Id);
            let Linked { row, letter, .. } = linked;
            let by_letter = letter.is_some();
            let together = waiting.all(change.db()).await?;
            if together.is_empty() {
                return Err(no_longer_open().into());
            }
            let (user, is_new) = match guest {
                Invitee::Known(login) => (login.user, false),
                Invitee::New(new) => (login_of(change, letter, new).await?, true),
            };
            let holder = users::Entity::find_by_id(user).one(change.db()).await?;
            // The address may have become another's since it was looked up.
            let holder = holder.filter(|holder| holder.email == row.email).ok_or_else(no_longer_open)?;
            match VerifiedEmail::of(&holder) {
                Some(_) => {}
                None if by_letter => return Err(no_longer_open().into()),
                None => admit_unconfirmed(change, is_new).await?,
            }
            let (account, events) = accept_all(change, user, together, is_new).await?;
            Ok((Acceptance::Accepted(login, account), events))
        })
        .await
}

/// Makes a login for somebody new. Without a letter, nobody has shown that the address is theirs: whoever opens one to
/// it later takes it.
async fn login_of(change: &mut Change, letter: Option<OpenedLetter>, new: user::NewUser) -> Result<UserId> {
    if let Some(letter) = letter {
        return Ok(email_claim::join(change, letter, new).await?.user());
    }
    let user = new.id;
    user::insert(change, new).await?;
    Ok(user)
}

/// Lets somebody in whose address nobody has confirmed: not where the policy names domains, of which it may be none.
async fn admit_unconfirmed(change: &mut Change, is_new: bool) -> Result<(), Rollback> {
    if tenant::policy(change.db(), change.access()).await?.domains.is_empty() {
        return Ok(());
    }
    if is_new {
        // Whoever would have become a user is nobody known.
        change.act_as_anonymous();
    }
    Err(Refusal::DomainNotAllowed.into())
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

/// Finds out who accepts; the error is who has to type a code first. A link that was handed over tells nobody whether the
/// address has a login: whoever says that they have one is answered as who signs in, and everybody else hears first what is
/// wrong with the form.
async fn invitee(
    ctx: &Context,
    secret: &Secret,
    Linked { row, letter, .. }: &Linked,
    mut form: AcceptInvitation,
) -> Result<Result<Invitee, Login>> {
    let (email, by_letter) = (&*row.email, letter.is_some());
    let holder = user::with_email(ctx.readers(), email).await?;
    let confirmed = holder.as_ref().is_some_and(|holder| VerifiedEmail::of(holder).is_some());
    if let Some(holder) = &holder
        && (confirmed || !by_letter)
        && ctx.user().is_ok_and(|reader| reader == holder.id)
    {
        // The version was read before: a session that has ended since must not begin another.
        if !session::is_open(ctx).await? {
            return Err(Problem::SignedOut.into());
        }
        return Ok(Ok(Invitee::Known(Login { user: holder.id, credentials_version: holder.credentials_version })));
    }
    let has_login = if by_letter { confirmed || (holder.is_some() && form.existing) } else { form.existing };
    if !has_login {
        validate_new(&mut form)?;
        if by_letter || holder.is_none() {
            return Ok(Ok(Invitee::New(new_user(ctx, email, form).await?)));
        }
    }
    let proven = prove(ctx, email, form).await?;
    if !confirmed && by_letter {
        UserChange::run(ctx, proven.user(), async |change| {
            let letter = with_secret(change.db(), secret).await?.letter.ok_or(Problem::NotFound)?;
            Ok(((), email_claim::confirm(change, letter, proven.user()).await?))
        })
        .await?;
    }
    Ok(match proven {
        SignInOutcome::Complete(login) => Ok(Invitee::Known(login)),
        SignInOutcome::NeedsSecondFactor(login) => Err(login),
    })
}

pub(super) fn no_longer_open() -> Problem {
    Conflict::InvitationNotOpen.into()
}

/// Makes a user a member wherever the invitations lead whose senders could still send them, and closes these; gives
/// the first account. Those of others stay as they are. Without any left, nothing is kept but the refusal.
pub(super) async fn accept_all(
    change: &mut Change,
    user: UserId,
    invitations: Vec<invitation::Model>,
    is_new: bool,
) -> Result<(AccountId, Vec<Event>), Rollback> {
    let ctx = change.access().ctx().clone();
    let CheckedInvitations { valid, void } = CheckedInvitations::of(change.db(), &ctx, invitations).await?;
    let Some(account) = valid.first().map(|row| row.account_id) else {
        let why = void.first().map_or(Refusal::InvitationVoid, |(_, why)| *why);
        if is_new {
            // Whoever would have become a user is nobody known.
            change.act_as_anonymous();
        }
        return Err(why.into());
    };
    let mut events: Vec<Event> = void.into_iter().map(|(_, why)| Event::Audit(AuditEvent::Refused { why })).collect();
    for row in &valid {
        join(change, user, row).await?;
        let role = grants::resolve(change.db(), row.organisation_id, row.role, row.permissions).await?.role_name;
        let permissions = (!row.permissions.is_empty()).then_some(row.permissions);
        events.push(Event::People(PeopleEvent::InvitationAccepted { invitation: row.id, role, permissions }));
    }
    invitation::Entity::update_many()
        .col_expr(invitation::Column::AcceptedAt, Expr::value(ctx.now()))
        .filter(invitation::Column::Id.is_in(valid.iter().map(|row| row.id)))
        .exec(change.db())
        .await?;
    let organisation = change.access().organisation();
    change.invalidate(organisation.0);
    Ok((account, events))
}

async fn prove(ctx: &Context, email: &str, form: AcceptInvitation) -> Result<SignInOutcome> {
    let sign_in = model::SignIn { email: email.to_owned(), password: form.password, then: String::new() };
    user::sign_in(ctx, sign_in).await
}

/// Requires what somebody new has to fill in.
fn validate_new(form: &mut AcceptInvitation) -> Result<()> {
    let mut errors = FieldErrors::default();
    form.check_new(&mut errors);
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
}

async fn new_user(ctx: &Context, email: &str, form: AcceptInvitation) -> Result<user::NewUser> {
    let AcceptInvitation { first_name, last_name, password, .. } = form;
    let person = Person { email, first_name: &first_name, last_name: &last_name };
    password_choice::check("password", &password, &person)?;
    let password_hash = password::hash(ctx, password).await?;
    Ok(user::NewUser { id: UserId(ctx.new_id()?), email: email.to_owned(), first_name, last_name, password_hash })
}

/// Makes the user a member, unless they are one already.
async fn join(change: &Change, user: UserId, invitation: &invitation::Model) -> Result<()> {
    let access = change.access();
    let member = access
        .in_organisation::<membership::Entity>()
        .filter(membership::Column::AccountId.eq(invitation.account_id))
        .filter(membership::Column::UserId.eq(user))
        .one(change.db())
        .await?;
    if member.is_some() {
        return Ok(());
    }
    let row = membership::ActiveModel {
        id: Set(MemberId(access.ctx().new_id()?)),
        organisation_id: Set(access.organisation()),
        account_id: Set(invitation.account_id),
        user_id: Set(user),
        role: Set(invitation.role),
        permissions: Set(invitation.permissions),
        suspended_at: Set(None),
        created_at: Set(access.ctx().now()),
    };
    row.insert(change.db()).await?;
    Ok(())
}
