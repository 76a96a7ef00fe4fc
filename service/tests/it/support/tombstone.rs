use super::{
    App,
    accounts::{ROWS, rows},
};
use model::{ContactId, OrganisationId, UserId};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
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

    /// What stands in columns of text, to look for what should be nowhere.
    pub async fn texts(&self, table: &str, columns: &[&str]) -> String {
        let db = self.service.database.for_migrations();
        let sql = format!("SELECT {} AS texts FROM {table}", columns.join(" || '|' || "));
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        rows.iter().map(|row| row.try_get::<String>("", "texts").unwrap()).collect()
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
