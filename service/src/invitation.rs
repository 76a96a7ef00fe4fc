//! Invitations: e-mail × account × role, pending until accepted, revoked or expired.

use crate::{
    Access, Change, Context, Message, Result, Secret,
    entity::{account, invitation, invitation_secret, membership, organisation as organisations, user as users},
    organisation, password, user,
};
use model::{
    AcceptInvitation, AccountId, Event, FieldErrors, Form, Invitation, InvitationId, InvitationState, InviteMembers,
    InviteOutcome, Invited, MemberId, OpenInvitation, Permission, PermissionSet, Problem, Role, UserId, within_ceiling,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::time::Duration;

const LIFETIME: Duration = Duration::from_hours(168);
/// Pending invitations shown at once.
const SHOWN: u64 = 200;

/// Invites people into an account, and says for each address what became of it.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::Refused`] for a role above the inviter's own permissions.
pub async fn invite(ctx: &Context, account: AccountId, form: InviteMembers) -> Result<Vec<Invited>> {
    let form = form.validated()?;
    let mut change = ctx.access(account, Permission::MemberInvite).await?.change().await?;
    let ceiling = change.access().rights().permissions;
    let granted = form.role.permissions(PermissionSet::EMPTY);
    if let Err(refusal) = within_ceiling(ceiling, PermissionSet::EMPTY, granted) {
        return change.refuse(refusal).await;
    }
    let mut answer = Vec::new();
    let mut events = Vec::new();
    for email in form.addresses() {
        let outcome = outcome(&change, account, &email).await?;
        if outcome == InviteOutcome::Invited {
            let invitation = insert(&mut change, email.clone(), form.role).await?;
            events.push(Event::MemberInvited { invitation, role: form.role });
        }
        answer.push(Invited { email, outcome });
    }
    if let Some(last) = events.pop() {
        for event in events {
            change.record(&event).await?;
        }
        change.commit(last).await?;
    }
    Ok(answer)
}

async fn outcome(change: &Change, account: AccountId, email: &str) -> Result<InviteOutcome> {
    let access = change.access();
    if let Some(user) = user::with_email(change.db(), email).await? {
        let member = access
            .here::<membership::Entity>()
            .filter(membership::Column::UserId.eq(user.id))
            .count(change.db())
            .await?;
        if member > 0 {
            return Ok(InviteOutcome::AlreadyMember);
        }
    }
    let pending =
        pending(access).filter(invitation::Column::AccountId.eq(account)).filter(invitation::Column::Email.eq(email));
    let invited = pending.count(change.db()).await? > 0;
    Ok(if invited { InviteOutcome::AlreadyInvited } else { InviteOutcome::Invited })
}

async fn insert(change: &mut Change, email: String, role: Role) -> Result<InvitationId> {
    let access = change.access();
    let (ctx, now) = (access.ctx(), access.ctx().now());
    let id = InvitationId(ctx.new_id()?);
    let row = invitation::ActiveModel {
        id: Set(id),
        organisation_id: Set(access.organisation()),
        account_id: Set(access.account()),
        email: Set(email),
        role: Set(role),
        invited_by: Set(access.user()),
        created_at: Set(now),
        expires_at: Set(now + LIFETIME),
        accepted_at: Set(None),
        revoked_at: Set(None),
    };
    row.insert(change.db()).await?;
    change.deliver(&Message::Invitation(id)).await?;
    Ok(id)
}

fn pending(access: &Access) -> Select<invitation::Entity> {
    access
        .here_and_below::<invitation::Entity>()
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(access.ctx().now()))
}

pub(crate) async fn count_pending(access: &Access) -> Result<u64> {
    Ok(pending(access).count(access.readers()).await?)
}

/// The invitations that wait for an answer, the newest first.
pub async fn list(ctx: &Context, account: AccountId) -> Result<Vec<Invitation>> {
    let access = ctx.access(account, Permission::MemberInvite).await?;
    let db = access.readers();
    let to_account = invitation::Entity::belongs_to(account::Entity)
        .from(invitation::Column::AccountId)
        .to(account::Column::Id)
        .into();
    let rows = pending(&access)
        .join(JoinType::InnerJoin, to_account)
        .select_also(account::Entity)
        .order_by_desc(invitation::Column::CreatedAt)
        .limit(SHOWN)
        .all(db)
        .await?;
    let moments = ctx.moments();
    let mut list = Vec::new();
    for (row, account) in rows {
        list.push(Invitation {
            id: row.id,
            email: row.email,
            role: row.role,
            account_name: account.map_or_else(String::new, |account| account.name),
            invited_by: inviter(db, row.invited_by).await?,
            created: moments.of(row.created_at),
            expires: moments.of(row.expires_at),
        });
    }
    Ok(list)
}

async fn inviter(db: &impl ConnectionTrait, user: Option<UserId>) -> Result<String> {
    match user {
        Some(user) => organisation::name_of(db, user).await,
        None => Ok("Somebody who left".to_owned()),
    }
}

/// Sends an invitation once more, with a new link and a new time; the old links end.
pub async fn resend(ctx: &Context, account: AccountId, invitation: InvitationId) -> Result<()> {
    let (mut change, row) = change(ctx, account, invitation).await?;
    let granted = row.role.permissions(PermissionSet::EMPTY);
    if let Err(refusal) = within_ceiling(change.access().rights().permissions, PermissionSet::EMPTY, granted) {
        return change.refuse(refusal).await;
    }
    forget_secrets(&change, invitation).await?;
    let mut row = row.into_active_model();
    row.expires_at = Set(ctx.now() + LIFETIME);
    row.update(change.db()).await?;
    change.deliver(&Message::Invitation(invitation)).await?;
    change.commit(Event::InvitationResent { invitation }).await
}

/// Withdraws an invitation; its links end.
pub async fn revoke(ctx: &Context, account: AccountId, invitation: InvitationId) -> Result<()> {
    let (change, row) = change(ctx, account, invitation).await?;
    let mut row = row.into_active_model();
    row.revoked_at = Set(Some(ctx.now()));
    row.update(change.db()).await?;
    change.commit(Event::InvitationRevoked { invitation }).await
}

async fn change(ctx: &Context, account: AccountId, invitation: InvitationId) -> Result<(Change, invitation::Model)> {
    let change = ctx.access(account, Permission::MemberInvite).await?.change().await?;
    let row = pending(change.access()).filter(invitation::Column::Id.eq(invitation)).one(change.db()).await?;
    Ok((change, row.ok_or(Problem::NotFound)?))
}

async fn forget_secrets(change: &Change, invitation: InvitationId) -> Result<()> {
    invitation_secret::Entity::delete_many()
        .filter(invitation_secret::Column::InvitationId.eq(invitation))
        .exec(change.db())
        .await?;
    Ok(())
}

async fn with_secret(db: &impl ConnectionTrait, secret: &Secret) -> Result<invitation::Model> {
    let found = invitation_secret::Entity::find_by_id(secret.hash().into_column()).one(db).await?;
    let id = found.ok_or(Problem::NotFound)?.invitation_id;
    Ok(invitation::Entity::find_by_id(id).one(db).await?.ok_or(Problem::NotFound)?)
}

fn state(row: &invitation::Model, now: model::Timestamp) -> InvitationState {
    if row.accepted_at.is_some() {
        InvitationState::Accepted
    } else if row.revoked_at.is_some() {
        InvitationState::Revoked
    } else if row.expires_at <= now {
        InvitationState::Expired
    } else {
        InvitationState::Pending
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
    Ok(OpenInvitation {
        organisation_name: organisation.name,
        invited_by: inviter(db, row.invited_by).await?,
        role: row.role,
        state: state(&row, ctx.now()),
        known: user::with_email(db, &row.email).await?.is_some(),
        email: row.email,
    })
}

/// Accepts an invitation and gives the user who did, with the account they now may enter. Somebody
/// new becomes a user; somebody known shows that they are it by their password.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::WrongPassword`]; [`Problem::NotFound`];
/// [`Problem::Conflict`] for an invitation that is no longer pending.
pub async fn accept(ctx: &Context, form: AcceptInvitation) -> Result<(UserId, AccountId)> {
    let mut form = form.validated()?;
    let secret = Secret::presented(std::mem::take(&mut form.secret));
    let invitation = with_secret(ctx.readers(), &secret).await?;
    let known = user::with_email(ctx.readers(), &invitation.email).await?;
    let (id, new) = if let Some(user) = known {
        (prove(ctx, user, form).await?, None)
    } else {
        let new = new_user(ctx, invitation.email, form).await?;
        (new.id, Some(new))
    };
    let access = Access::oneself(ctx, id, invitation.organisation_id, invitation.account_id);
    let mut change = access.change().await?;
    let row = with_secret(change.db(), &secret).await?;
    if state(&row, ctx.now()) != InvitationState::Pending {
        return Err(Problem::Conflict("This invitation is no longer open. Ask for a new one.".to_owned()).into());
    }
    if let Some(new) = new {
        user::insert(&change, new).await?;
    }
    join(&change, id, row.role).await?;
    let (invitation, role, account) = (row.id, row.role, row.account_id);
    let mut row = row.into_active_model();
    row.accepted_at = Set(Some(ctx.now()));
    row.update(change.db()).await?;
    let organisation = change.access().organisation();
    change.outdates(organisation.0);
    change.commit(Event::InvitationAccepted { invitation, role }).await?;
    Ok((id, account))
}

async fn prove(ctx: &Context, user: users::Model, form: AcceptInvitation) -> Result<UserId> {
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
async fn join(change: &Change, user: UserId, role: Role) -> Result<()> {
    let access = change.access();
    let member =
        access.here::<membership::Entity>().filter(membership::Column::UserId.eq(user)).one(change.db()).await?;
    if member.is_some() {
        return Ok(());
    }
    let row = membership::ActiveModel {
        id: Set(MemberId(access.ctx().new_id()?)),
        organisation_id: Set(access.organisation()),
        account_id: Set(access.account()),
        user_id: Set(user),
        role: Set(role),
        permissions: Set(PermissionSet::EMPTY),
        suspended_at: Set(None),
        created_at: Set(access.ctx().now()),
    };
    row.insert(change.db()).await?;
    Ok(())
}

/// The letter of an invitation, with a new secret of its own; `None` when there is nothing to send
/// any more.
pub(crate) async fn letter(ctx: &Context, id: InvitationId) -> Result<Option<crate::mail::Letter>> {
    let db = ctx.readers();
    let Some(row) = invitation::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    if state(&row, ctx.now()) != InvitationState::Pending {
        return Ok(None);
    }
    let secret = ctx.new_secret()?;
    let transaction = ctx.service().database.begin().await?;
    let hash = invitation_secret::ActiveModel { secret_hash: Set(secret.hash().into_column()), invitation_id: Set(id) };
    hash.insert(&*transaction).await?;
    transaction.commit().await?;

    let open = open(ctx, &secret).await?;
    let link = format!("{}/invitations/{}", ctx.service().settings.public_url, secret.reveal());
    let OpenInvitation { organisation_name, invited_by, email, role, .. } = open;
    Ok(Some(crate::mail::Letter {
        to: email,
        subject: format!("{invited_by} invites you to {organisation_name}"),
        text: format!(
            "Hello,\n\n{invited_by} invites you to join {organisation_name} on Tenantry as {role}.\n\n\
             Accept the invitation:\n{link}\n\n\
             The link works for 7 days. If you did not expect it, ignore this message: nothing happens without you.\n"
        ),
    }))
}
