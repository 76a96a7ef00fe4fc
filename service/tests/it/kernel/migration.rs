//! What becomes of an installation from before addresses were confirmed.

use crate::support::{Kind, blank, on_both_databases};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Statement, Value};
use service::Database;
use uuid::Uuid;

on_both_databases!(verified_addresses, messages_stay, invitations_by_key, first_accounts);

/// Steps before the one that is tested.
const BEFORE: u32 = 10;

struct Old {
    database: Database,
    organisation: Uuid,
}

impl Old {
    async fn open(url: &str) -> Self {
        let database = Database::open(url).await.unwrap();
        Migrator::up(database.for_migrations(), Some(BEFORE)).await.unwrap();
        let (old, founder) = (Self { database, organisation: id(1) }, id(2));
        old.user(founder, "founder@example.com").await;
        let sql = "INSERT INTO organisation (id, owner_id, name, physical_address, billing_address, created_at)
            VALUES ($1, $2, 'Acme', $3, $3, 1)";
        old.run(sql, vec![old.organisation.into(), founder.into(), serde_json::json!({}).into()]).await;
        let sql = "INSERT INTO account (id, organisation_id, name, depth, created_at) VALUES ($1, $1, 'Acme', 0, 1)";
        old.run(sql, vec![old.organisation.into()]).await;
        old
    }

    async fn run(&self, sql: &str, values: Vec<Value>) {
        let db = self.database.for_migrations();
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap();
    }

    async fn user(&self, id: Uuid, email: &str) {
        let sql = r#"INSERT INTO "user" (id, email, first_name, last_name, password_hash, created_at)
            VALUES ($1, $2, 'Ana', 'Ruiz', '', 42)"#;
        self.run(sql, vec![id.into(), email.into()]).await;
    }

    /// An invitation to an address that was accepted.
    async fn accepted(&self, email: &str) {
        let sql =
            "INSERT INTO invitation (id, organisation_id, account_id, email, role, created_at, expires_at, accepted_at)
            VALUES ($1, $2, $2, $3, 'viewer', 1, 3, 2)";
        self.run(sql, vec![id(100).into(), self.organisation.into(), email.into()]).await;
    }

    async fn logged(&self, action: &str, path: &str, user: Uuid, subject: Option<Uuid>) {
        let sql =
            "INSERT INTO access_entry (id, organisation_id, request_id, user_id, subject_user_id, ip, method, path,
            action, permission, event, records, outcome, created_at)
            VALUES ($1, $2, $1, $3, $4, '', 'POST', $5, $6, '', '{}', 1, 'allowed', 1)";
        let values =
            vec![id(100).into(), self.organisation.into(), user.into(), subject.into(), path.into(), action.into()];
        self.run(sql, values).await;
    }

    async fn member(&self, user: Uuid) {
        let sql = "INSERT INTO membership (id, organisation_id, account_id, user_id, role, permissions, created_at)
            VALUES ($1, $2, $2, $3, 'viewer', '', 1)";
        self.run(sql, vec![id(100).into(), self.organisation.into(), user.into()]).await;
    }

    async fn suspended(&self, user: Uuid) -> bool {
        let db = self.database.for_migrations();
        let sql = "SELECT suspended_at FROM membership WHERE user_id = $1";
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [user.into()]);
        let at: Option<i64> = db.query_one_raw(statement).await.unwrap().unwrap().try_get("", "suspended_at").unwrap();
        at.is_some()
    }

    async fn verified(&self, user: Uuid) -> Option<i64> {
        let db = self.database.for_migrations();
        let sql = r#"SELECT email_verified_at FROM "user" WHERE id = $1"#;
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [user.into()]);
        db.query_one_raw(statement).await.unwrap().unwrap().try_get("", "email_verified_at").unwrap()
    }
}

/// An id made of a number; from 100 on, another each time.
fn id(number: u128) -> Uuid {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let more = if number < 100 { 0 } else { u128::from(NEXT.fetch_add(1, Ordering::SeqCst)) };
    Uuid::from_u128(number + more)
}

async fn verified_addresses(on: Kind) {
    let fresh = blank(on).await;
    let old = Old::open(&fresh.url).await;
    let [founder, invited, thief, changed] = [2, 3, 4, 5].map(id);
    old.user(invited, "invited@example.com").await;
    old.accepted("invited@example.com").await;
    old.logged("invitation.accept", "/api/accept_invitation", invited, None).await;
    // Signed up with the address of somebody else, and took what was meant for them.
    old.user(thief, "victim@example.com").await;
    old.accepted("victim@example.com").await;
    old.logged("invitation.accept", "/api/accept_own_invitation", thief, None).await;
    old.user(changed, "changed@example.com").await;
    old.logged("email.change", "/api/confirm_email", changed, Some(changed)).await;
    for person in [founder, invited, thief, changed] {
        old.member(person).await;
    }
    Migrator::up(old.database.for_migrations(), None).await.unwrap();
    let verified = [old.verified(founder).await, old.verified(invited).await, old.verified(thief).await];
    assert_eq!(verified, [None, Some(42), None]);
    assert_eq!(old.verified(changed).await, Some(42));
    assert!(old.suspended(thief).await);
    for person in [founder, invited, changed] {
        assert!(!old.suspended(person).await);
    }
}

async fn messages_stay(on: Kind) {
    let fresh = blank(on).await;
    let old = Old::open(&fresh.url).await;
    let insert =
        "INSERT INTO outbox (id, organisation_id, message, attempts, created_at, due_at) VALUES ($1, $2, $3, 0, 1, 2)";
    let message = |number| vec![id(number).into(), old.organisation.into(), "{}".into()];
    old.run(insert, message(10)).await;
    Migrator::up(old.database.for_migrations(), None).await.unwrap();
    old.run(insert, vec![id(11).into(), None::<Uuid>.into(), "{}".into()]).await;
    let db = old.database.for_migrations();
    let rows = async || {
        let statement = Statement::from_string(db.get_database_backend(), "SELECT id FROM outbox ORDER BY id");
        let rows = db.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get::<Uuid>("", "id").unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(rows().await, [10, 11].map(id));
    // Those of an organisation still go with it.
    old.run("DELETE FROM account WHERE id = $1", vec![old.organisation.into()]).await;
    old.run("DELETE FROM organisation WHERE id = $1", vec![old.organisation.into()]).await;
    assert_eq!(rows().await, [11].map(id));
    let indexes = match on {
        Kind::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'outbox' AND sql IS NOT NULL"
        }
        Kind::Postgres => "SELECT indexname AS name FROM pg_indexes WHERE tablename = 'outbox'",
    };
    let indexes = db.query_all_raw(Statement::from_string(db.get_database_backend(), indexes)).await.unwrap();
    let names: Vec<String> = indexes.iter().map(|row| row.try_get("", "name").unwrap()).collect();
    for index in ["outbox_delivered_at_due_at", "outbox_organisation_id"] {
        assert!(names.iter().any(|name| name == index), "{names:?}");
    }
}

/// Those that wait and were sent through a key are as strong as the key from then on.
async fn invitations_by_key(on: Kind) {
    let fresh = blank(on).await;
    let old = Old::open(&fresh.url).await;
    let (creator, other, key) = (id(2), id(3), id(20));
    old.user(other, "other@example.com").await;
    let (of_key, of_person, taken_over) = (id(30), id(31), id(32));
    for (invitation, by) in [(of_key, creator), (of_person, creator), (taken_over, other)] {
        let sql = "INSERT INTO invitation
            (id, organisation_id, account_id, email, role, invited_by, created_at, sent_at, expires_at)
            VALUES ($1, $2, $2, 'ana@example.com', 'viewer', $3, 1, 1, 3)";
        old.run(sql, vec![invitation.into(), old.organisation.into(), by.into()]).await;
    }
    for (invitation, key) in [(of_key, Some(key)), (of_person, None), (taken_over, Some(key))] {
        let event = serde_json::json!({ "member_invited": { "invitation": invitation, "role": "Viewer" } });
        let sql = "INSERT INTO access_entry (id, organisation_id, request_id, user_id, api_key_id, ip, method, path,
            action, permission, event, records, outcome, created_at)
            VALUES ($1, $2, $1, $3, $4, '', 'POST', '', 'member.invite', 'member.invite', $5, 1, 'allowed', 1)";
        let values =
            vec![id(100).into(), old.organisation.into(), creator.into(), key.into(), event.to_string().into()];
        old.run(sql, values).await;
    }
    Migrator::up(old.database.for_migrations(), None).await.unwrap();
    let db = old.database.for_migrations();
    let sql = "SELECT api_key_id FROM invitation ORDER BY id";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let keys: Vec<Option<Uuid>> = rows.iter().map(|row| row.try_get("", "api_key_id").unwrap()).collect();
    assert_eq!(keys, [Some(key), None, None], "whoever took one over answers for it");
}

/// They are called as their organisation; those below keep their names.
async fn first_accounts(on: Kind) {
    let fresh = blank(on).await;
    let old = Old::open(&fresh.url).await;
    let below = "INSERT INTO account (id, organisation_id, parent_id, name, depth, created_at)
        VALUES ($1, $2, $2, 'Cape Town', 1, 1)";
    old.run(below, vec![id(50).into(), old.organisation.into()]).await;
    old.run("UPDATE account SET name = 'Head office' WHERE parent_id IS NULL", Vec::new()).await;
    Migrator::up(old.database.for_migrations(), None).await.unwrap();
    let db = old.database.for_migrations();
    let sql = "SELECT name FROM account ORDER BY depth";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let names: Vec<String> = rows.iter().map(|row| row.try_get("", "name").unwrap()).collect();
    assert_eq!(names, ["Acme", "Cape Town"]);
}
