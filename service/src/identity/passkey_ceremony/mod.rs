//! How a browser makes a passkey, and how it shows one: it is asked by options that carry a challenge, and answers once,
//! within five minutes. What that is checked by stands in the database meanwhile.

mod relying_party;
mod request;
mod shown;

pub(crate) use relying_party::RelyingParty;
pub(crate) use request::{Ceremony, Purpose, Request, ask, ask_within, count, expired};
pub(crate) use shown::{ShownPasskey, failed_sign_in};

use crate::{Result, entity::passkey};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::UserId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

/// The passkeys of somebody, the first that was added first.
pub(crate) async fn of_user(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<passkey::Model>> {
    let rows = passkey::Entity::find()
        .filter(passkey::Column::UserId.eq(user))
        .order_by_asc(passkey::Column::CreatedAt)
        .order_by_asc(passkey::Column::Id);
    Ok(rows.all(db).await?)
}

pub(crate) async fn count_of_user(db: &impl ConnectionTrait, user: UserId) -> Result<u64> {
    Ok(passkey::Entity::find().filter(passkey::Column::UserId.eq(user)).count(db).await?)
}

/// As browsers and the database write what is bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}
