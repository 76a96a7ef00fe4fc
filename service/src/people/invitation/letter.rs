//! The letters about invitations.

use super::{Row, sharing, with_names};
use crate::{
    Actor, Context, Letter, Result, Secret,
    entity::{invitation, invitation_secret, organisation, user},
    joins, rights,
    verified_email::VerifiedEmail,
};
use model::{AccountId, InvitationId, LetterText, Permission, Timestamp, UserId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};

/// The letter of an invitation and those that share it, with a new secret of its own; `None` when
/// there is nothing to send any more.
pub(crate) async fn letter(ctx: &Context, first: InvitationId) -> Result<Option<Letter>> {
    let together = with_names(joins::pending_invitations(sharing(first), ctx.now()))
        .order_by_asc(invitation::Column::Id)
        .into_model::<Row>()
        .all(ctx.readers())
        .await?;
    let Some(row) = together.first() else { return Ok(None) };
    let secret = ctx.new_secret()?;
    let transaction = ctx.service().database.begin().await?;
    insert_secret(&*transaction, &secret, first, None).await?;
    transaction.commit().await?;

    let link = link(ctx, &secret);
    // Rounded up: the letter is written a moment after the invitation.
    let works = row.expires_at.since(ctx.now()).as_secs().div_ceil(86_400);
    let text = LetterText::Invitation {
        invited_by: row.inviter(ctx.locale()),
        organisation: row.organisation_name.clone(),
        places: together.iter().map(|row| (row.account_name.clone(), row.role_name())).collect(),
        link,
        days: u16::try_from(works).unwrap_or(u16::MAX),
    };
    Ok(Some(Letter::that_verifies(row.email.clone(), &text, ctx.locale())))
}

/// Keeps what a link is known by.
pub(super) async fn insert_secret(
    db: &impl ConnectionTrait,
    secret: &Secret,
    first: InvitationId,
    copied_by: Option<UserId>,
) -> Result<()> {
    let row = invitation_secret::ActiveModel {
        secret_hash: Set(secret.hash().into_column()),
        invitation_id: Set(first),
        copied_by: Set(copied_by),
    };
    row.insert(db).await?;
    Ok(())
}

/// Where a secret leads.
pub(super) fn link(ctx: &Context, secret: &Secret) -> String {
    format!("{}/invitations/{}", ctx.service().settings.public_url, secret.reveal())
}

/// Notes that the letter of these invitations cannot be delivered, for whoever looks after them.
pub(crate) async fn note_undeliverable(db: &impl ConnectionTrait, first: InvitationId, now: Timestamp) -> Result<()> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::UndeliverableAt, Expr::value(Some(now)))
        .filter(super::shares(first))
        .exec(db)
        .await?;
    Ok(())
}

async fn may_invite(ctx: &Context, user: UserId, account: AccountId) -> Result<bool> {
    let held = rights::permissions_of(ctx.readers(), Actor::User(user), account, ctx.now()).await?;
    Ok(held.contains(Permission::MemberInvite))
}

/// To whoever may send one: somebody asks for a new invitation.
pub(crate) async fn letter_of_request(ctx: &Context, id: InvitationId) -> Result<Option<Letter>> {
    let db = ctx.readers();
    let Some(row) = invitation::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    let Some(organisation) = organisation::Entity::find_by_id(row.organisation_id).one(db).await? else {
        return Ok(None);
    };
    let asked = match row.invited_by {
        Some(by) if may_invite(ctx, by, row.account_id).await? => by,
        _ => organisation.owner_id,
    };
    let Some(to) = user::Entity::find_by_id(asked).one(db).await? else { return Ok(None) };
    let Some(address) = VerifiedEmail::of(&to) else { return Ok(None) };
    let text = LetterText::InvitationAsked {
        name: format!("{} {}", to.first_name, to.last_name),
        email: row.email,
        organisation: organisation.name,
        page: format!("{}/accounts/{}/members/invite", ctx.service().settings.public_url, row.account_id),
    };
    Ok(Some(Letter::to_user(&address, &text, ctx.locale())))
}
