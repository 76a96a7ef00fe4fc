//! Addresses that were shown to be their users', sign-ups that wait for that, and messages to people who are in
//! no organisation.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, string, string_null, uuid},
    sea_orm::DbBackend,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Who came by the link of an invitation to their address, or confirmed a change of it. An invitation that was
/// accepted without its link, as one's own, shows nothing: anybody could type the address at sign-up.
const VERIFIED: &str = r#"
    UPDATE "user" SET email_verified_at = created_at
    WHERE id IN (
        SELECT e.subject_user_id FROM access_entry e WHERE e.action = 'email.change' AND e.outcome = 'allowed'
    ) OR id IN (
        SELECT u.id FROM access_entry e
        JOIN "user" u ON u.id = e.user_id
        JOIN invitation i ON i.email = u.email AND i.organisation_id = e.organisation_id
        WHERE e.action = 'invitation.accept' AND e.path = '/api/accept_invitation' AND i.accepted_at IS NOT NULL
    )"#;

/// Whoever accepted an invitation that way may be in another's place: they wait until somebody there resumes them.
const SUSPENDED: &str = r#"
    UPDATE membership SET suspended_at = created_at
    WHERE suspended_at IS NULL AND EXISTS (
        SELECT 1 FROM access_entry e
        JOIN "user" u ON u.id = e.user_id
        WHERE e.organisation_id = membership.organisation_id AND e.user_id = membership.user_id
        AND e.action = 'invitation.accept' AND e.path = '/api/accept_own_invitation' AND u.email_verified_at IS NULL
    )"#;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let verified = Table::alter().table("user").add_column(big_integer_null("email_verified_at")).to_owned();
        manager.alter_table(verified).await?;
        manager.get_connection().execute_unprepared(VERIFIED).await?;
        manager.get_connection().execute_unprepared(SUSPENDED).await?;
        let pending = Table::create()
            .table("sign_up")
            .col(uuid("id").primary_key())
            .col(string("email"))
            .col(string("first_name"))
            .col(string("last_name"))
            .col(string("organisation"))
            .col(string("password_hash"))
            .col(string_null("secret_hash").unique_key())
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(pending).await?;
        let by_age = Index::create().table("sign_up").name("sign_up_created_at").col("created_at").to_owned();
        manager.create_index(by_age).await?;
        let db = manager.get_connection();
        let statements: &[&str] = if manager.get_database_backend() == DbBackend::Sqlite {
            &WITHOUT_ORGANISATION
        } else {
            &["ALTER TABLE outbox ALTER COLUMN organisation_id DROP NOT NULL"]
        };
        for statement in statements {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before addresses were verified".to_owned()))
    }
}

/// SQLite cannot drop a `NOT NULL`: the table is made anew, with its foreign key and its indexes.
const WITHOUT_ORGANISATION: [&str; 6] = [
    r#"CREATE TABLE "outbox_new" (
        "id" uuid_text NOT NULL PRIMARY KEY,
        "organisation_id" uuid_text NULL,
        "message" text NOT NULL,
        "attempts" integer NOT NULL,
        "created_at" bigint NOT NULL,
        "due_at" bigint NOT NULL,
        "delivered_at" bigint NULL,
        FOREIGN KEY ("organisation_id") REFERENCES "organisation" ("id") ON DELETE CASCADE
    )"#,
    r#"INSERT INTO "outbox_new" ("id", "organisation_id", "message", "attempts", "created_at", "due_at", "delivered_at")
        SELECT "id", "organisation_id", "message", "attempts", "created_at", "due_at", "delivered_at" FROM "outbox""#,
    r#"DROP TABLE "outbox""#,
    r#"ALTER TABLE "outbox_new" RENAME TO "outbox""#,
    r#"CREATE INDEX "outbox_delivered_at_due_at" ON "outbox" ("delivered_at", "due_at")"#,
    r#"CREATE INDEX "outbox_organisation_id" ON "outbox" ("organisation_id")"#,
];
