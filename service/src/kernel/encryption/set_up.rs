//! At start: whether the key is the right one, and what was stored before there was one.

use super::{Encrypted, EncryptedColumn as Column, VERSION};
use crate::{
    entity::{installation, recovery_code, second_factor, second_factor_offer as offers},
    kernel::{Database, Error, Result, Service, database::Transaction, secret::SecretHash},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr,
};

/// There is one row.
const ONLY: i32 = 1;

/// Whether the database belongs to a key already, so that a new one would be wrong.
pub async fn is_set_up(database: &Database) -> Result<bool> {
    Ok(installation::Entity::find_by_id(ONLY).one(database.readers()).await?.is_some())
}

/// Binds the database to the key of this installation the first time, and checks it from then on. Encrypts what was
/// stored before there was encryption.
///
/// # Errors
/// [`Error::WrongMasterKey`].
pub async fn set_up(service: &Service) -> Result<()> {
    let transaction = service.database.begin().await?;
    // Replicas that start together.
    transaction.lock_text("encryption").await?;
    let check = service.encryption.check();
    match installation::Entity::find_by_id(ONLY).one(&*transaction).await? {
        Some(row) if row.key_check == check => {}
        Some(_) => return Err(Error::WrongMasterKey),
        None => {
            let row =
                installation::ActiveModel { id: Set(ONLY), key_check: Set(check), created_at: Set(service.now()) };
            row.insert(&*transaction).await?;
        }
    }
    encrypt_factors(service, &transaction).await?;
    encrypt_offers(service, &transaction).await?;
    hash_recovery_codes(service, &transaction).await?;
    transaction.commit().await
}

fn plain() -> String {
    format!("{VERSION}%")
}

async fn encrypt_factors(service: &Service, db: &Transaction) -> Result<()> {
    let rows = second_factor::Entity::find().filter(second_factor::Column::Key.not_like(plain())).all(&**db).await?;
    for row in rows {
        let Encrypted(key) = &row.key;
        let key = service.encrypt(Column::SecondFactorKey, row.user_id, key)?;
        let mut row = row.into_active_model();
        row.key = Set(key);
        row.update(&**db).await?;
    }
    Ok(())
}

async fn encrypt_offers(service: &Service, db: &Transaction) -> Result<()> {
    for row in offers::Entity::find().filter(offers::Column::Key.not_like(plain())).all(&**db).await? {
        let (Encrypted(key), Encrypted(codes)) = (&row.key, &row.recovery_codes);
        let key = service.encrypt(Column::SecondFactorOfferKey, row.user_id, key)?;
        let codes = service.encrypt(Column::SecondFactorOfferRecoveryCodes, row.user_id, codes)?;
        let mut row = row.into_active_model();
        row.key = Set(key);
        row.recovery_codes = Set(codes);
        row.update(&**db).await?;
    }
    Ok(())
}

async fn hash_recovery_codes(service: &Service, db: &Transaction) -> Result<()> {
    let by_hash = recovery_code::Column::CodeHash;
    for row in recovery_code::Entity::find().filter(by_hash.not_like(plain())).all(&**db).await? {
        let hash = service.encryption.recovery_code(row.user_id, SecretHash::from_column(row.code_hash.clone()));
        recovery_code::Entity::update_many()
            .col_expr(by_hash, Expr::value(hash))
            .filter(by_hash.eq(row.code_hash))
            .exec(&**db)
            .await?;
    }
    Ok(())
}
