//! Which key encrypts what is stored; a member's or an invitation's named role is one that exists.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, integer, string},
    sea_orm::DbBackend,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The tables whose column `role` is a role's name, or the id of a named one.
const WITH_ROLE: [(&str, &str); 2] = [("membership", ", permissions = ''"), ("invitation", "")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let installation = Table::create()
            .table("installation")
            .col(integer("id").primary_key())
            .col(string("key_check"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(installation).await?;
        for (table, nothing) in WITH_ROLE {
            require_role(manager, table, nothing).await?;
        }
        // By which rows that are over are found, to be deleted.
        for (table, column) in
            [("throttle", "until"), ("second_factor_offer", "created_at"), ("email_change", "created_at")]
        {
            let index = Index::create().table(table).name(format!("{table}_{column}")).col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before secrets were encrypted".to_owned()))
    }
}

/// A foreign key from the named role, if it is one: ids have hyphens, names have none. SQLite adds no foreign key to a
/// column that is there, and neither database has one for some values only; so it is on a column made from it.
async fn require_role(manager: &SchemaManager<'_>, table: &str, nothing: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    db.execute_unprepared(&format!(
        r#"UPDATE "{table}" SET role = 'custom'{nothing}
           WHERE role LIKE '%-%' AND role NOT IN (SELECT id FROM "role")"#
    ))
    .await?;
    let kind = match manager.get_database_backend() {
        DbBackend::Postgres => "STORED",
        _ => "VIRTUAL",
    };
    db.execute_unprepared(&format!(
        r#"ALTER TABLE "{table}" ADD COLUMN named_role varchar
           GENERATED ALWAYS AS (CASE WHEN role LIKE '%-%' THEN role END) {kind} REFERENCES "role" (id)"#
    ))
    .await?;
    let index =
        Index::create().table(table.to_owned()).name(format!("{table}_named_role")).col("named_role").to_owned();
    manager.create_index(index).await
}
