//! What a key may do: what it was given, as far as whoever made it holds it now.

use super::Rights;
use crate::kernel::Result;
use model::{AccountId, ApiKeyId, OrganisationId, PermissionSet, Refusal, Role, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

#[derive(FromQueryResult)]
struct Row {
    organisation_id: OrganisationId,
    permissions: PermissionSet,
    expires_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
    /// Of the key's account.
    depth: i16,
}

/// The rights of a key in its account or one below, from those of its creator there; `None` elsewhere.
pub(super) async fn narrow(
    db: &impl ConnectionTrait,
    key: ApiKeyId,
    account: AccountId,
    now: Timestamp,
    creators: impl Future<Output = Result<Option<Rights>>>,
) -> Result<Option<Rights>> {
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT k.organisation_id, k.permissions, k.expires_at, k.revoked_at, a.depth
         FROM api_key k
         JOIN account a ON a.id = k.account_id
         JOIN account_ancestor aa ON aa.ancestor_id = k.account_id AND aa.account_id = $2
         WHERE k.id = $1",
        [key.into(), account.into()],
    );
    let Some(row) = Row::find_by_statement(statement).one(db).await? else { return Ok(None) };
    let creators = creators.await?;
    let held = creators.map_or(PermissionSet::EMPTY, |creators| creators.permissions);
    let of_creator = creators.is_none_or(|creators| creators.ended.is_some()).then_some(Refusal::KeyCreatorInactive);
    let ended = match row {
        Row { revoked_at: Some(_), .. } => Some(Refusal::KeyRevoked),
        Row { expires_at: Some(at), .. } if at <= now => Some(Refusal::KeyExpired),
        _ => of_creator,
    };
    Ok(Some(Rights {
        organisation: row.organisation_id,
        // Never the owner's: a key is no person.
        role: Role::Custom,
        permissions: row.permissions.intersection(PermissionSet::reach(row.depth == 0)).intersection(held),
        ended,
        deleting: creators.is_some_and(|creators| creators.deleting),
        second_factor_due: creators.and_then(|creators| creators.second_factor_due),
    }))
}
