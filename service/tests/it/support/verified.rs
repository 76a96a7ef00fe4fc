use super::{App, Person};

/// Letters that were opened without one, and people from before addresses were confirmed.
impl App {
    /// The founder of an empty installation has opened their letter, before anything else happened.
    pub(super) async fn confirm_founder(&self) {
        self.sql(r#"UPDATE "user" SET email_verified_at = created_at"#, Vec::new()).await;
        self.sql("DELETE FROM email_change", Vec::new()).await;
        self.sql("DELETE FROM outbox", Vec::new()).await;
    }

    /// Takes the confirmation of somebody's address back.
    pub async fn unconfirm(&self, person: &Person) {
        let sql = r#"UPDATE "user" SET email_verified_at = NULL WHERE id = $1"#;
        self.sql(sql, vec![person.user.into()]).await;
    }

    pub async fn confirm(&self, person: &Person) {
        let sql = r#"UPDATE "user" SET email_verified_at = created_at WHERE id = $1"#;
        self.sql(sql, vec![person.user.into()]).await;
    }

    /// Somebody who signed up with this address before addresses were confirmed, and has an organisation.
    pub async fn squatter(&self, email: &str) -> Person {
        let person = self.sign_up_at(email, "Squat").await;
        self.unconfirm(&person).await;
        person
    }
}
