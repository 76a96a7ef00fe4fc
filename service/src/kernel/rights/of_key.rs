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

/// The rights of a key in its account or one below, from those of its maker there; `None` elsewhere.
pub(super) async fn narrow(
    db: &impl ConnectionTrait,
    key: ApiKeyId,
    account: AccountId,
    now: Timestamp,
    makers: impl Future<Output = Result<Option<Rights>>>,
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
    let makers = makers.await?;
    let held = makers.map_or(PermissionSet::EMPTY, |makers| makers.permissions);
    let of_maker = makers.is_none_or(|makers| makers.ended.is_some()).then_some(Refusal::KeyWithoutMaker);
    let ended = match row {
        Row { revoked_at: Some(_), .. } => Some(Refusal::KeyRevoked),
        Row { expires_at: Some(at), .. } if at <= now => Some(Refusal::KeyExpired),
        _ => of_maker,
    };
    Ok(Some(Rights {
        organisation: row.organisation_id,
        // Never the owner's: a key is no person.
        role: Role::Custom,
        permissions: row.permissions.intersection(PermissionSet::reach(row.depth == 0)).intersection(held),
        ended,
        deleting: makers.is_some_and(|makers| makers.deleting),
        second_factor_due: makers.and_then(|makers| makers.second_factor_due),
    }))
}
