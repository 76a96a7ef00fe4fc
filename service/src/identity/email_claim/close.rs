//! The end of a login that had somebody else's address.

use crate::{
    Access, Change, Result, credentials,
    entity::{api_key, email_change, former_email, membership, ownership_offer, phone, user as users},
    password, second_factor, succession,
};
use model::{Event, IdentityEvent, Job, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

/// Closes a login: nobody signs in with it any more, and it is a member nowhere. What it owned goes to others, as
/// [`succession::transfer_all`] has it. The row stays, since logs name it.
pub(super) async fn close(change: &mut Change, user: UserId) -> Result<()> {
    let places = places(change, user).await?;
    let (db, now) = (change.db(), change.access().ctx().now());
    membership::Entity::delete_many().filter(membership::Column::UserId.eq(user)).exec(db).await?;
    credentials::renew_all(db, user).await?;
    second_factor::delete_all(db, user).await?;
    phone::Entity::delete_by_id(user).exec(db).await?;
    email_change::Entity::delete_by_id(user).exec(db).await?;
    former_email::Entity::delete_many().filter(former_email::Column::UserId.eq(user)).exec(db).await?;
    ownership_offer::Entity::delete_many().filter(ownership_offer::Column::UserId.eq(user)).exec(db).await?;
    api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::value(Some(now)))
        .filter(api_key::Column::CreatedBy.eq(user))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    users::Entity::update_many()
        .col_expr(users::Column::Email, Expr::value(format!("{user}@reclaimed.invalid")))
        .col_expr(users::Column::PasswordHash, Expr::value(password::DUMMY_HASH))
        .filter(users::Column::Id.eq(user))
        .exec(db)
        .await?;
    change.end_sessions(user);
    for place in places {
        change.log_at(place, &[Event::Identity(IdentityEvent::EmailReclaimed { user })]).await?;
    }
    succession::transfer_all(change, user).await
}

/// One place in each organisation that somebody is in, suspended or not; what happens there is nobody's act who is
/// known there.
async fn places(change: &Change, user: UserId) -> Result<Vec<Access>> {
    let ctx = change.access().ctx().as_job(Job::CloseLogin);
    let rows = membership::Entity::find().filter(membership::Column::UserId.eq(user));
    let mut places: Vec<Access> = Vec::new();
    for row in rows.order_by_asc(membership::Column::CreatedAt).all(change.db()).await? {
        if places.iter().all(|place| place.organisation() != row.organisation_id) {
            places.push(Access::anonymous(&ctx, row.organisation_id, row.account_id));
        }
    }
    Ok(places)
}
