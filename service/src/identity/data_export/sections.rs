//! What is in the file. Every column of a table that names a user is in one of these, or excluded for a reason: `tests.rs`
//! compares both with the schema.

use crate::{Result, moment};
use model::{Timestamp, UserId};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

/// A list in the file.
pub(super) struct Section {
    pub name: &'static str,
    pub table: &'static str,
    /// Which rows are the user's, who is `$1`.
    of_user: &'static str,
    /// What orders them, each row having its own.
    key: Column,
    pub columns: &'static [Column],
}

pub(super) struct Column {
    pub name: &'static str,
    kind: Kind,
    /// What is read, if it is not the column of this name.
    sql: Option<&'static str>,
}

#[derive(Clone, Copy)]
enum Kind {
    Id,
    Text,
    /// Stored as JSON in a text.
    Json,
    Number,
    Time,
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, sql: None }
}

const fn id(name: &'static str) -> Column {
    column(name, Kind::Id)
}

const fn text(name: &'static str) -> Column {
    column(name, Kind::Text)
}

const fn number(name: &'static str) -> Column {
    column(name, Kind::Number)
}

const fn time(name: &'static str) -> Column {
    column(name, Kind::Time)
}

impl Column {
    const fn from(self, sql: &'static str) -> Self {
        Self { sql: Some(sql), ..self }
    }

    /// Whether it is a column of the section's table.
    #[cfg(test)]
    pub fn is_stored(&self) -> bool {
        self.sql.is_none()
    }
}

const ID: Column = id("id");
const ORGANISATION_ID: Column = id("organisation_id");
const ACCOUNT_ID: Column = id("account_id");

/// The names of where it is.
macro_rules! place {
    ($table:literal) => {
        (
            text("organisation").from(concat!(
                "(SELECT o.name FROM organisation o WHERE o.id = ",
                $table,
                ".organisation_id)"
            )),
            text("account").from(concat!("(SELECT a.name FROM account a WHERE a.id = ", $table, ".account_id)")),
        )
    };
}

/// The name of the first of them, as `data_export.section` has it.
pub(super) const FIRST: &str = SECTIONS[0].name;

pub(super) const SECTIONS: &[Section] = &[
    Section {
        name: "profile",
        table: "user",
        of_user: "id = $1",
        key: ID,
        columns: &[
            ID,
            text("email"),
            time("email_verified_at"),
            text("first_name"),
            text("last_name"),
            text("country"),
            text("time_zone"),
            time("created_at"),
            time("last_seen_at"),
        ],
    },
    Section {
        name: "email_change",
        table: "email_change",
        of_user: "user_id = $1",
        key: id("user_id"),
        columns: &[id("user_id"), text("email"), time("created_at")],
    },
    Section {
        name: "former_emails",
        table: "former_email",
        of_user: "user_id = $1",
        key: text("email"),
        columns: &[text("email"), id("user_id"), time("created_at")],
    },
    Section {
        name: "second_factor",
        table: "second_factor",
        of_user: "user_id = $1",
        key: id("user_id"),
        columns: &[
            id("user_id"),
            time("created_at"),
            number("recovery_codes")
                .from("(SELECT COUNT(*) FROM recovery_code r WHERE r.user_id = second_factor.user_id)"),
        ],
    },
    Section {
        name: "second_factor_offer",
        table: "second_factor_offer",
        of_user: "user_id = $1",
        key: id("user_id"),
        columns: &[id("user_id"), time("created_at")],
    },
    Section {
        name: "passkeys",
        table: "passkey",
        of_user: "user_id = $1",
        key: ID,
        columns: &[ID, id("user_id"), text("name"), time("created_at"), time("last_used_at")],
    },
    Section {
        name: "phone",
        table: "phone",
        of_user: "user_id = $1",
        key: id("user_id"),
        columns: &[id("user_id"), text("number"), time("verified_at"), time("second_factor_at")],
    },
    Section {
        name: "sms_codes",
        table: "sms_code",
        of_user: "user_id = $1",
        key: ID,
        columns: &[ID, id("user_id"), text("purpose"), text("number"), time("created_at")],
    },
    Section {
        name: "sessions",
        table: "session",
        of_user: "user_id = $1",
        key: text("id_hash"),
        columns: &[
            ID,
            id("user_id"),
            text("ip"),
            text("user_agent"),
            time("created_at"),
            time("last_used_at"),
            time("proved_at"),
            time("expires_at"),
        ],
    },
    Section {
        name: "browsers",
        table: "user_browser",
        of_user: "user_id = $1",
        key: text("browser || ' ' || system"),
        columns: &[id("user_id"), text("browser"), text("system"), time("created_at")],
    },
    Section {
        name: "devices",
        table: "device",
        of_user: "user_id = $1",
        key: text("secret_hash"),
        columns: &[id("user_id"), time("created_at"), time("last_used_at"), time("remembered_until")],
    },
    Section {
        name: "memberships",
        table: "membership",
        of_user: "user_id = $1",
        key: ID,
        columns: &[
            ID,
            ORGANISATION_ID,
            place!("membership").0,
            ACCOUNT_ID,
            place!("membership").1,
            id("user_id"),
            text("role"),
            text("role_name").from("(SELECT r.name FROM role r WHERE r.id = membership.named_role)"),
            text("permissions"),
            time("suspended_at"),
            time("created_at"),
        ],
    },
    Section {
        name: "organisations_owned",
        table: "organisation",
        of_user: "owner_id = $1",
        key: ID,
        columns: &[ID, id("owner_id"), text("name"), time("created_at"), time("deleted_at")],
    },
    Section {
        name: "organisations_changed",
        table: "organisation",
        of_user: "updated_by = $1",
        key: ID,
        columns: &[ID, text("name"), id("updated_by"), time("updated_at")],
    },
    Section {
        name: "organisations_deleted",
        table: "organisation_tombstone",
        of_user: "deleted_by = $1",
        key: ORGANISATION_ID,
        columns: &[ORGANISATION_ID, text("name"), id("deleted_by"), time("deleted_at"), time("purged_at")],
    },
    Section {
        name: "ownership_offers",
        table: "ownership_offer",
        of_user: "user_id = $1",
        key: ORGANISATION_ID,
        columns: &[ORGANISATION_ID, id("user_id"), time("created_at")],
    },
    Section {
        name: "invitations_received",
        table: "invitation",
        // An address that nobody has confirmed may be somebody else's.
        of_user: r#"email = (SELECT u.email FROM "user" u WHERE u.id = $1 AND u.email_verified_at IS NOT NULL)"#,
        key: ID,
        columns: &[
            ID,
            ORGANISATION_ID,
            place!("invitation").0,
            ACCOUNT_ID,
            place!("invitation").1,
            text("email"),
            text("role"),
            text("permissions"),
            time("created_at"),
            time("sent_at"),
            time("expires_at"),
            time("accepted_at"),
            time("revoked_at"),
            time("undeliverable_at"),
        ],
    },
    Section {
        name: "invitations_sent",
        table: "invitation",
        of_user: "invited_by = $1",
        key: ID,
        columns: &[
            ID,
            ORGANISATION_ID,
            ACCOUNT_ID,
            text("role"),
            text("permissions"),
            id("invited_by"),
            id("api_key_id"),
            time("created_at"),
            time("sent_at"),
            time("expires_at"),
            time("accepted_at"),
            time("revoked_at"),
        ],
    },
    Section {
        name: "api_keys",
        table: "api_key",
        of_user: "created_by = $1",
        key: ID,
        columns: &[
            ID,
            ORGANISATION_ID,
            place!("api_key").0,
            ACCOUNT_ID,
            place!("api_key").1,
            id("created_by"),
            text("name"),
            text("begins"),
            text("permissions"),
            time("created_at"),
            time("expires_at"),
            time("revoked_at"),
            time("last_used_at"),
        ],
    },
    Section {
        name: "campaigns_changed",
        table: "campaign",
        of_user: "updated_by = $1",
        key: ID,
        columns: &[ID, ORGANISATION_ID, ACCOUNT_ID, text("name"), id("updated_by"), time("updated_at")],
    },
    Section {
        name: "log_entries",
        table: "access_entry",
        of_user: "user_id = $1",
        key: ID,
        columns: &[
            ID,
            ORGANISATION_ID,
            ACCOUNT_ID,
            id("request_id"),
            id("user_id"),
            id("api_key_id"),
            text("ip"),
            text("method"),
            text("path"),
            text("action"),
            text("permission"),
            column("event", Kind::Json),
            number("records"),
            text("outcome"),
            number("repeats"),
            time("created_at"),
            time("last_at"),
        ],
    },
    // What others did to them, without who it was and from where.
    Section {
        name: "log_entries_about",
        table: "access_entry",
        of_user: "subject_user_id = $1",
        key: ID,
        columns: &[
            ID,
            ORGANISATION_ID,
            ACCOUNT_ID,
            id("subject_user_id"),
            text("action"),
            column("event", Kind::Json),
            text("outcome"),
            number("repeats"),
            time("created_at"),
            time("last_at"),
        ],
    },
];

/// A row of a section, as JSON.
pub(super) struct Row {
    pub key: String,
    pub json: String,
}

impl Section {
    /// Rows of a user behind one with this key, in the order of the keys; at most so many.
    pub async fn read(
        &self,
        db: &impl ConnectionTrait,
        user: UserId,
        after: Option<&str>,
        most: u64,
    ) -> Result<Vec<Row>> {
        let Self { table, of_user, key, columns, .. } = self;
        let columns_sql: Vec<String> = columns.iter().map(Column::select).collect();
        let columns_sql = columns_sql.join(", ");
        let behind = after.map_or_else(String::new, |_| format!("AND {} > $2", key.name));
        let sql = format!(
            r#"SELECT {} AS row_key, {columns_sql} FROM "{table}" WHERE {of_user} {behind} ORDER BY {} LIMIT {most}"#,
            key.name, key.name
        );
        let mut values = vec![Value::from(user.0)];
        values.extend(after.map(|after| key.kind.value(after)));
        let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
        rows.iter().map(|row| self.row(row)).collect()
    }

    fn row(&self, row: &QueryResult) -> Result<Row> {
        let key = match self.key.kind {
            Kind::Id => row.try_get::<Uuid>("", "row_key")?.to_string(),
            Kind::Text | Kind::Json | Kind::Number | Kind::Time => row.try_get("", "row_key")?,
        };
        let mut json = Map::new();
        for column in self.columns {
            json.insert(column.name.to_owned(), column.json(row)?);
        }
        Ok(Row { key, json: serde_json::to_string(&json)? })
    }
}

impl Kind {
    /// A key as it is compared.
    fn value(self, key: &str) -> Value {
        match self {
            Self::Id => Value::from(key.parse::<Uuid>().unwrap_or_default()),
            Self::Text | Self::Json | Self::Number | Self::Time => Value::from(key),
        }
    }
}

impl Column {
    fn select(&self) -> String {
        match self.sql {
            Some(sql) => format!(r#"{sql} AS "{}""#, self.name),
            None => format!(r#""{}""#, self.name),
        }
    }

    fn json(&self, row: &QueryResult) -> Result<Json> {
        let name = self.name;
        Ok(match self.kind {
            Kind::Id => row.try_get::<Option<Uuid>>("", name)?.map(|id| id.to_string()).into(),
            Kind::Text => row.try_get::<Option<String>>("", name)?.into(),
            Kind::Json => {
                let text: String = row.try_get("", name)?;
                serde_json::from_str(&text).unwrap_or(Json::String(text))
            }
            Kind::Number => row.try_get::<Option<i64>>("", name)?.into(),
            Kind::Time => row.try_get::<Option<Timestamp>>("", name)?.map(moment::rfc3339).into(),
        })
    }
}

/// How many rows all sections have now.
pub(super) async fn count(db: &impl ConnectionTrait, user: UserId) -> Result<i64> {
    let mut rows = 0;
    for Section { table, of_user, .. } in SECTIONS {
        let sql = format!(r#"SELECT COUNT(*) AS number FROM "{table}" WHERE {of_user}"#);
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [user.0.into()]);
        if let Some(row) = db.query_one_raw(statement).await? {
            rows += row.try_get::<i64>("", "number")?;
        }
    }
    Ok(rows)
}
