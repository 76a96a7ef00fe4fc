//! The letters about invitations.

use super::{Row, sharing, with_names};
use crate::{
    Actor, Context, Letter, Result,
    entity::{invitation, invitation_secret, organisation, user},
    joins, rights,
    verified_email::VerifiedEmail,
};
use model::{AccountId, InvitationId, Permission, Timestamp, UserId, in_letter, quoted};
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
    let hash =
        invitation_secret::ActiveModel { secret_hash: Set(secret.hash().into_column()), invitation_id: Set(first) };
    hash.insert(&*transaction).await?;
    transaction.commit().await?;

    let link = format!("{}/invitations/{}", ctx.service().settings.public_url, secret.reveal());
    let (invited_by, organisation) = (quoted(&row.inviter()), quoted(&row.organisation_name));
    // Rounded up: the letter is written a moment after the invitation.
    let works = row.expires_at.since(ctx.now()).as_secs().div_ceil(86_400);
    let works = u16::try_from(works).unwrap_or(u16::MAX);
    let place = |row: &Row| format!("  {} as {}", in_letter(&row.account_name), in_letter(&row.role_name()));
    let places: Vec<String> = together.iter().map(place).collect();
    let subject = format!("{invited_by} invites you to {organisation}");
    let text = format!(
        "Hello,\n\n{invited_by} invites you to join {organisation} on Tenantry:\n\n{}\n\n\
         Accept the invitation:\n{link}\n\n\
         The link works for {}. If you did not expect it, ignore this message: nothing happens without you.\n",
        places.join("\n"),
        model::days(works)
    );
    Ok(Some(Letter::that_verifies(row.email.clone(), subject, text)))
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
    let name = quoted(&organisation.name);
    let page = format!("{}/accounts/{}/members/invite", ctx.service().settings.public_url, row.account_id);
    let subject = format!("{} asks for a new invitation to {name}", row.email);
    let text = format!(
        "Hello {} {},\n\n{} opened an invitation to {name} that is over, and asks for a new one.\n\n\
         Invite them again:\n{page}\n\nIf you do not know them, ignore this message.\n",
        to.first_name, to.last_name, row.email
    );
    Ok(Some(Letter::to_user(&address, subject, text)))
}
