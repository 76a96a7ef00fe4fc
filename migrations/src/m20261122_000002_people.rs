//! Roles with a name; invitations that share a letter; offers of an organisation.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, text, uuid, uuid_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let to = |table: &'static str, column: &'static str| {
            ForeignKey::create().from_col(column).to(table, "id").on_delete(ForeignKeyAction::Cascade).to_owned()
        };
        // A member's role is a name that every organisation knows, or the id of one of these; so
        // the id is text, as that is.
        let role = Table::create()
            .table("role")
            .col(string("id").primary_key())
            .col(uuid("organisation_id"))
            .col(string("name"))
            .col(text("permissions"))
            .col(big_integer("created_at"))
            .foreign_key(&mut to("organisation", "organisation_id"))
            .to_owned();
        manager.create_table(role).await?;
        let by_name = Index::create()
            .table("role")
            .name("role_organisation_id_name")
            .col("organisation_id")
            .col("name")
            .unique()
            .to_owned();
        manager.create_index(by_name).await?;
        let by_role = Index::create()
            .table("membership")
            .name("membership_organisation_id_role")
            .col("organisation_id")
            .col("role")
            .to_owned();
        manager.create_index(by_role).await?;
        let share = Table::alter().table("invitation").add_column(uuid_null("sent_with")).to_owned();
        manager.alter_table(share).await?;
        let by_first = Index::create().table("invitation").name("invitation_sent_with").col("sent_with").to_owned();
        manager.create_index(by_first).await?;
        let by_email = Index::create().table("invitation").name("invitation_email").col("email").to_owned();
        manager.create_index(by_email).await?;
        let offer = Table::create()
            .table("ownership_offer")
            .col(uuid("organisation_id").primary_key())
            .col(uuid("user_id"))
            .col(big_integer("created_at"))
            .foreign_key(&mut to("organisation", "organisation_id"))
            .foreign_key(&mut to("user", "user_id"))
            .to_owned();
        manager.create_table(offer).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before roles had names".to_owned()))
    }
}
