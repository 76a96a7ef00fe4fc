//! People, organisations, accounts, members, invitations, contacts, sessions, the log, the outbox.
//!
//! Times are microseconds since 1970 in UTC. The organisation leads every index of what belongs to one.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, json_binary, small_integer, string, text, uuid, uuid_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

fn to(table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col(column).to(table, "id").on_delete(ForeignKeyAction::Cascade).to_owned()
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

fn id() -> ColumnDef {
    uuid("id").primary_key().to_owned()
}

fn index(table: &'static str, columns: &[&'static str], unique: bool) -> IndexCreateStatement {
    let mut index = Index::create();
    index.table(table).name(format!("{table}_{}", columns.join("_")));
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    index
}

#[expect(clippy::too_many_lines, reason = "a schema reads from top to bottom")]
fn tables() -> Vec<TableCreateStatement> {
    vec![
        table("user")
            .col(id())
            .col(string("email"))
            .col(string("first_name"))
            .col(string("last_name"))
            .col(string("password_hash"))
            .col(big_integer("created_at"))
            .to_owned(),
        table("organisation")
            .col(id())
            .col(uuid("owner_id"))
            .col(string("name"))
            .col(json_binary("physical_address"))
            .col(json_binary("billing_address"))
            .col(big_integer("created_at"))
            .col(big_integer_null("updated_at"))
            .col(uuid_null("updated_by"))
            .foreign_key(
                ForeignKey::create().from_col("owner_id").to("user", "id").on_delete(ForeignKeyAction::Restrict),
            )
            .foreign_key(
                ForeignKey::create().from_col("updated_by").to("user", "id").on_delete(ForeignKeyAction::SetNull),
            )
            .to_owned(),
        table("account")
            .col(id())
            .col(uuid("organisation_id"))
            .col(uuid_null("parent_id"))
            .col(string("name"))
            .col(small_integer("depth"))
            .col(big_integer("created_at"))
            .foreign_key(&mut to("organisation", "organisation_id"))
            .foreign_key(
                ForeignKey::create().from_col("parent_id").to("account", "id").on_delete(ForeignKeyAction::Restrict),
            )
            .to_owned(),
        // Every account with itself and all accounts above it: "here and below" is one join.
        table("account_ancestor")
            .col(uuid("organisation_id"))
            .col(uuid("account_id"))
            .col(uuid("ancestor_id"))
            .primary_key(Index::create().col("account_id").col("ancestor_id"))
            .foreign_key(&mut to("account", "account_id"))
            .foreign_key(&mut to("account", "ancestor_id"))
            .to_owned(),
        table("membership")
            .col(id())
            .col(uuid("organisation_id"))
            .col(uuid("account_id"))
            .col(uuid("user_id"))
            .col(string("role"))
            .col(text("permissions"))
            .col(big_integer_null("suspended_at"))
            .col(big_integer("created_at"))
            .foreign_key(&mut to("organisation", "organisation_id"))
            .foreign_key(&mut to("account", "account_id"))
            .foreign_key(&mut to("user", "user_id"))
            .to_owned(),
        table("invitation")
            .col(id())
            .col(uuid("organisation_id"))
            .col(uuid("account_id"))
            .col(string("email"))
            .col(string("role"))
            .col(uuid_null("invited_by"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .col(big_integer_null("accepted_at"))
            .col(big_integer_null("revoked_at"))
            .foreign_key(&mut to("organisation", "organisation_id"))
            .foreign_key(&mut to("account", "account_id"))
            .foreign_key(
                ForeignKey::create().from_col("invited_by").to("user", "id").on_delete(ForeignKeyAction::SetNull),
            )
            .to_owned(),
        // One for each message that went out: a repeated delivery must not kill the first link.
        table("invitation_secret")
            .col(string("secret_hash").primary_key())
            .col(uuid("invitation_id"))
            .foreign_key(&mut to("invitation", "invitation_id"))
            .to_owned(),
        table("contact")
            .col(id())
            .col(uuid("organisation_id"))
            .col(uuid("account_id"))
            .col(string("name"))
            .col(string("mobile"))
            .col(string("email"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .foreign_key(&mut to("organisation", "organisation_id"))
            .foreign_key(&mut to("account", "account_id"))
            .to_owned(),
        table("contact_tag")
            .col(uuid("organisation_id"))
            .col(uuid("account_id"))
            .col(uuid("contact_id"))
            .col(string("tag"))
            .primary_key(Index::create().col("contact_id").col("tag"))
            .foreign_key(&mut to("contact", "contact_id"))
            .to_owned(),
        table("session")
            .col(string("id_hash").primary_key())
            .col(uuid_null("user_id"))
            .col(text("data"))
            .col(string("ip"))
            .col(string("user_agent"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .foreign_key(&mut to("user", "user_id"))
            .to_owned(),
        // No foreign key to the user or the account: the log outlives them.
        table("access_entry")
            .col(id())
            .col(uuid("organisation_id"))
            .col(uuid_null("account_id"))
            .col(uuid("request_id"))
            .col(uuid_null("user_id"))
            .col(uuid_null("subject_user_id"))
            .col(string("ip"))
            .col(string("method"))
            .col(string("path"))
            .col(string("action"))
            .col(string("permission"))
            .col(text("event"))
            .col(big_integer("records"))
            .col(string("outcome"))
            .col(big_integer("created_at"))
            .foreign_key(&mut to("organisation", "organisation_id"))
            .to_owned(),
        table("outbox")
            .col(id())
            .col(uuid("organisation_id"))
            .col(text("message"))
            .col(integer("attempts"))
            .col(big_integer("created_at"))
            .col(big_integer("due_at"))
            .col(big_integer_null("delivered_at"))
            .foreign_key(&mut to("organisation", "organisation_id"))
            .to_owned(),
        table("throttle").col(string("key").primary_key()).col(integer("count")).col(big_integer("until")).to_owned(),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("user", &["email"], true),
        index("organisation", &["owner_id"], false),
        index("account", &["organisation_id", "parent_id"], false),
        index("account_ancestor", &["organisation_id", "ancestor_id"], false),
        index("membership", &["account_id", "user_id"], true),
        index("membership", &["organisation_id", "account_id", "created_at"], false),
        index("membership", &["user_id"], false),
        index("invitation", &["organisation_id", "account_id", "created_at"], false),
        index("invitation", &["organisation_id", "email"], false),
        index("invitation_secret", &["invitation_id"], false),
        index("contact", &["organisation_id", "account_id", "created_at", "id"], false),
        index("contact_tag", &["organisation_id", "account_id", "tag"], false),
        index("session", &["user_id"], false),
        index("session", &["expires_at"], false),
        index("access_entry", &["organisation_id", "created_at", "id"], false),
        index("outbox", &["delivered_at", "due_at"], false),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before the first schema".to_owned()))
    }
}
