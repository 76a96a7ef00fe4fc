use super::App;
use model::{AccountForm, AccountId, MemberId, OrganisationId, Timestamp, UserId};
use sea_orm::{ConnectionTrait, Statement, Value};

/// What the product has no operation for yet is written as rows.
impl App {
    pub async fn sql(&self, sql: &str, values: Vec<Value>) {
        self.try_sql(sql, values).await.unwrap();
    }

    /// What the database says to a statement that it may refuse.
    pub async fn try_sql(&self, sql: &str, values: Vec<Value>) -> Result<(), sea_orm::DbErr> {
        let db = self.service.database.for_migrations();
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        db.execute_raw(statement).await.map(drop)
    }

    async fn organisation(&self) -> OrganisationId {
        service::organisation::standing(&self.owner().ctx, self.account).await.unwrap().organisation
    }

    /// Addresses from before there was a list of countries, and the policy of that time: none.
    pub async fn typed_countries(&self, physical: &str, billing: &str) {
        let organisation = self.organisation().await;
        let address = |country: &str| Value::from(serde_json::json!({ "city": "X", "country": country }));
        self.sql(
            "UPDATE organisation SET physical_address = $1, billing_address = $2, policy = $3 WHERE id = $4",
            vec![address(physical), address(billing), serde_json::json!({}).into(), organisation.into()],
        )
        .await;
    }

    /// Changes of the details as they were written before they said what changed.
    pub async fn forget_what_changed(&self) {
        let event = r#""organisation_updated""#;
        self.sql("UPDATE access_entry SET event = $1 WHERE action = 'organisation.update'", vec![event.into()]).await;
        self.sql("UPDATE organisation SET updated_fields = $1", vec![serde_json::json!([]).into()]).await;
    }

    /// A new account below another.
    pub async fn account_below(&self, parent: AccountId, name: &str) -> AccountId {
        let form = AccountForm { name: name.to_owned() };
        service::account::create(&self.owner().ctx, parent, form).await.unwrap()
    }

    /// Many members at once: "Person 0", "Person 1", and so on, each joined a minute after the last.
    pub async fn crowd(&self, size: i64) {
        let organisation = self.organisation().await;
        let start = self.service.now();
        let numbers: Vec<i64> = (0..size).collect();
        for batch in numbers.chunks(ROWS) {
            let (mut users, mut members) = (Vec::new(), Vec::new());
            for number in batch {
                let (user, member) = (UserId(self.service.new_id().unwrap()), MemberId(self.service.new_id().unwrap()));
                let at = Timestamp(start.0 + number * 60_000_000);
                let email = format!("person{number}@example.com");
                let fold = format!("person {number}");
                users.extend([user.into(), email.into(), number.to_string().into(), fold.into(), at.into()]);
                members.extend([member.into(), organisation.into(), self.account.into(), user.into(), at.into()]);
            }
            let into = r#"INSERT INTO "user" (id, email, last_name, name_fold, created_at, first_name, password_hash)"#;
            self.sql(&format!("{into} VALUES {}", rows(users.len(), 5, "'Person', ''")), users).await;
            let into =
                "INSERT INTO membership (id, organisation_id, account_id, user_id, created_at, role, permissions)";
            self.sql(&format!("{into} VALUES {}", rows(members.len(), 5, "'viewer', ''")), members).await;
        }
    }
}

/// Rows of one statement.
pub(super) const ROWS: usize = 1_000;

/// "($1, $2, rest), ($3, $4, rest)": so many values, so many in each row.
pub(super) fn rows(values: usize, columns: usize, rest: &str) -> String {
    let row = |first: usize| {
        let places: Vec<String> = (first..first + columns).map(|place| format!("${place}")).collect();
        format!("({}, {rest})", places.join(", "))
    };
    (1..=values).step_by(columns).map(row).collect::<Vec<_>>().join(", ")
}
