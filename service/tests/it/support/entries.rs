use super::{App, Person};
use model::{AccessEntry, AccessFilter, Outcome, Permission};

/// What the log says of its being read.
const READ: &str = "viewed the data access log";

/// What an entry of the log should say.
pub struct Expected<'a> {
    pub who: &'a Person,
    pub permission: Option<Permission>,
    pub outcome: Outcome,
}

impl App {
    /// The data access log as the owner reads it, the newest first; without the entries of its being read.
    pub async fn log(&self) -> Vec<AccessEntry> {
        let owner = self.owner().ctx;
        let mut entries = Vec::new();
        let mut cursor = None;
        loop {
            let filter = AccessFilter { cursor, ..AccessFilter::default() };
            let page = service::access_log::list(&owner, self.account, filter).await.unwrap();
            entries.extend(page.rows.iter().filter(|entry| entry.what != READ).cloned());
            match page.older {
                None => return entries,
                older => cursor = older,
            }
        }
    }

    /// How much stands in the log: an entry as often as it was repeated.
    pub async fn log_size(&self) -> u64 {
        self.log().await.iter().map(|entry| entry.repeats).sum()
    }

    /// Asserts that the log grew by one entry since it had `before`, and that it says who, from
    /// where, by which permission and with which result.
    pub async fn assert_logged(&self, act: &str, before: u64, expected: Expected<'_>) -> AccessEntry {
        assert_eq!(self.log_size().await, before + 1, "{act} leaves exactly one entry");
        let entry = self.log().await.remove(0);
        let request = expected.who.ctx.request();
        assert_eq!(entry.who.user, Some(expected.who.user), "{act}");
        assert_eq!((&entry.ip, &entry.method, &entry.path), (&request.ip, &request.method, &request.path), "{act}");
        assert_eq!(entry.permission, expected.permission, "{act}");
        assert_eq!(entry.outcome, expected.outcome, "{act}");
        assert!(!entry.what.is_empty(), "{act}");
        entry
    }
}
