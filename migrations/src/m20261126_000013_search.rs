//! What searches need to be cheap: the text of contacts as it is compared, and the log by what it is filtered by.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// SQLite finds three letters in a row. The table between has ids that stay (those of `contact` may change
/// with a VACUUM), and triggers keep both true whatever writes a contact, or deletes it with its account.
const TRIGRAMS_OF_SQLITE: &str = "
    CREATE TABLE contact_search (id INTEGER PRIMARY KEY, contact_id BLOB NOT NULL UNIQUE, text TEXT NOT NULL);
    CREATE VIRTUAL TABLE contact_trigram USING fts5
        (text, content = 'contact_search', content_rowid = 'id', tokenize = 'trigram case_sensitive 1',
         detail = 'none', columnsize = 0);
    CREATE TRIGGER contact_search_inserted AFTER INSERT ON contact_search BEGIN
        INSERT INTO contact_trigram (rowid, text) VALUES (NEW.id, NEW.text);
    END;
    CREATE TRIGGER contact_search_deleted AFTER DELETE ON contact_search BEGIN
        INSERT INTO contact_trigram (contact_trigram, rowid, text) VALUES ('delete', OLD.id, OLD.text);
    END;
    CREATE TRIGGER contact_inserted AFTER INSERT ON contact WHEN NEW.search_text <> '' BEGIN
        INSERT INTO contact_search (contact_id, text) VALUES (NEW.id, NEW.search_text);
    END;
    CREATE TRIGGER contact_updated AFTER UPDATE OF search_text ON contact WHEN NEW.search_text <> OLD.search_text BEGIN
        DELETE FROM contact_search WHERE contact_id = OLD.id;
        INSERT INTO contact_search (contact_id, text) SELECT NEW.id, NEW.search_text WHERE NEW.search_text <> '';
    END;
    CREATE TRIGGER contact_deleted AFTER DELETE ON contact BEGIN
        DELETE FROM contact_search WHERE contact_id = OLD.id;
    END;";

/// Both extensions come with PostgreSQL, and whoever owns the database may create them. Where that is not so,
/// searches read the account's contacts one after the other.
const TRIGRAMS_OF_POSTGRES: &str = "
    DO $$ BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE EXTENSION IF NOT EXISTS btree_gin;
        CREATE INDEX contact_search_text ON contact USING gin (account_id, search_text gin_trgm_ops);
    EXCEPTION WHEN OTHERS THEN
        RAISE WARNING 'searches of contacts are slower than they could be: %', SQLERRM;
    END $$;";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        let trigrams = if is_postgres { TRIGRAMS_OF_POSTGRES } else { TRIGRAMS_OF_SQLITE };
        // Empty for contacts from before: a worker writes it, since no database folds letters as the service does.
        db.execute_unprepared("ALTER TABLE contact ADD COLUMN search_text TEXT NOT NULL DEFAULT ''").await?;
        let unwritten = "CREATE INDEX contact_search_text_unwritten ON contact (organisation_id, account_id)
            WHERE search_text = ''";
        db.execute_unprepared(unwritten).await?;
        db.execute_unprepared(trigrams).await?;
        // The organisation leads, so that no search of the log reads another's entries; the time comes last, so
        // that the newest are read first and no others.
        let beginnings = if is_postgres { "text_pattern_ops" } else { "" };
        for (column, order) in [("account_id", ""), ("user_id", ""), ("ip", ""), ("outcome", ""), ("path", beginnings)]
        {
            let columns = format!("organisation_id, {column} {order}, created_at, id");
            db.execute_unprepared(&format!("CREATE INDEX access_entry_by_{column} ON access_entry ({columns})"))
                .await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before searches were cheap".to_owned()))
    }
}
