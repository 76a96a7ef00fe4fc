use super::{
    App,
    accounts::{ROWS, rows},
};
use model::{ContactId, OrganisationId, UserId};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use std::collections::BTreeMap;

/// What the tombstone of an organisation says.
pub struct Tombstone {
    pub name: String,
    pub deleted_by: UserId,
    pub purged: bool,
    pub has_last_entry: bool,
    /// Rows that went, by table.
    pub gone: BTreeMap<String, u64>,
}

impl App {
    async fn ask(&self, sql: &str) -> QueryResult {
        let db = self.service.database.for_migrations();
        let statement = Statement::from_string(db.get_database_backend(), sql);
        db.query_one_raw(statement).await.unwrap().unwrap()
    }

    /// The only one there is.
    pub async fn tombstone(&self) -> Tombstone {
        let row = self.ask("SELECT * FROM organisation_tombstone").await;
        let gone: String = row.try_get("", "gone").unwrap();
        Tombstone {
            name: row.try_get("", "name").unwrap(),
            deleted_by: row.try_get("", "deleted_by").unwrap(),
            purged: row.try_get::<Option<i64>>("", "purged_at").unwrap().is_some(),
            has_last_entry: row.try_get::<Option<uuid::Uuid>>("", "last_entry_id").unwrap().is_some(),
            gone: serde_json::from_str(&gone).unwrap(),
        }
    }

    /// How many rows a table has, of whatever organisation.
    pub async fn rows(&self, table: &str) -> u64 {
        let row = self.ask(&format!(r#"SELECT COUNT(*) AS rows FROM "{table}""#)).await;
        u64::try_from(row.try_get::<i64>("", "rows").unwrap()).unwrap()
    }

    /// The tables that have a column, as the database itself lists them.
    pub async fn tables_with(&self, column: &str) -> Vec<String> {
        let db = self.service.database.for_migrations();
        let sql = match db.get_database_backend() {
            DbBackend::Postgres => {
                "SELECT table_name AS name FROM information_schema.columns
                 WHERE table_schema = current_schema() AND column_name = $1"
            }
            _ => {
                "SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c
                 WHERE t.type = 'table' AND c.name = $1"
            }
        };
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [column.into()]);
        let rows = db.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
    }

    /// What stands in columns of text, to look for what should be nowhere.
    pub async fn texts(&self, table: &str, columns: &[&str]) -> String {
        let db = self.service.database.for_migrations();
        let sql = format!("SELECT {} AS texts FROM {table}", columns.join(" || '|' || "));
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        rows.iter().map(|row| row.try_get::<String>("", "texts").unwrap()).collect()
    }

    /// Many entries of the owner's in the log.
    pub async fn log_rows(&self, many: i64) {
        let row = self.ask("SELECT id FROM organisation").await;
        let organisation: OrganisationId = row.try_get("", "id").unwrap();
        let owner = self.owner().user;
        let now = self.service.now().0;
        let numbers: Vec<i64> = (0..many).collect();
        for batch in numbers.chunks(ROWS) {
            let mut values = Vec::new();
            for number in batch {
                let id = model::AccessEntryId(self.service.new_id().unwrap());
                let request = model::RequestId(self.service.new_id().unwrap());
                values.extend([id.into(), request.into(), organisation.into(), self.account.into(), owner.into()]);
                values.push((now - many + number).into());
            }
            let into = "INSERT INTO access_entry (id, request_id, organisation_id, account_id, user_id, created_at, ip,
                method, path, action, permission, event, records, outcome, repeats)";
            let same =
                r#"'203.0.113.9', 'GET', '/', 'contact.read', '', '{"contacts_read":{"records":1}}', 1, 'allowed', 1"#;
            self.sql(&format!("{into} VALUES {}", rows(values.len(), 6, same)), values).await;
        }
        self.move_clock(std::time::Duration::from_secs(1));
    }

    /// Many contacts in the root account, also when nobody can enter it.
    pub async fn contact_rows(&self, many: u64) {
        let row = self.ask("SELECT id FROM organisation").await;
        let organisation: OrganisationId = row.try_get("", "id").unwrap();
        let numbers: Vec<u64> = (0..many).collect();
        for batch in numbers.chunks(ROWS) {
            let mut values = Vec::new();
            for number in batch {
                let id = ContactId(self.service.new_id().unwrap());
                let name = format!("Contact {number}");
                values.extend([id.into(), organisation.into(), self.account.into(), name.into()]);
            }
            let into =
                "INSERT INTO contact (id, organisation_id, account_id, name, mobile, email, created_at, updated_at)";
            self.sql(&format!("{into} VALUES {}", rows(values.len(), 4, "'', '', 0, 0")), values).await;
        }
    }
}
