use super::{
    Route,
    body::{List, RestBody, timestamp},
    extract::{Caller, PathIds, StrictQuery},
    ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccessEntryId, AccessFilter, AccountId, ApiKeyId, EntryKey, Outcome, Permission, Refusal, UserId};
use serde::Serialize;
use service::{access_log, download::AccessLogDownload};

/// A row of the data access log.
#[derive(Serialize)]
struct AccessEntry {
    id: AccessEntryId,
    created_at: String,
    /// How often it happened within the minute that the entry stands for, and when last.
    repeats: u64,
    last_at: String,
    action: String,
    outcome: Outcome,
    /// As the body of the refused request named it.
    refusal: Option<Refusal>,
    permission: Option<Permission>,
    /// How many rows were shown or changed.
    records: u64,
    user: Option<String>,
    user_id: Option<UserId>,
    api_key: Option<String>,
    api_key_id: Option<ApiKeyId>,
    api_key_prefix: Option<String>,
    /// The person it was done to.
    subject: Option<String>,
    subject_id: Option<UserId>,
    ip: String,
    method: String,
    path: String,
}

impl RestBody for AccessEntry {}

impl From<model::AccessEntry> for AccessEntry {
    fn from(entry: model::AccessEntry) -> Self {
        let (user_id, user) = (entry.who.user, entry.who.name.into_known());
        let (subject_id, subject) = entry.subject.map_or((None, None), |of| (of.user, of.name.into_known()));
        let (api_key_id, api_key, api_key_prefix) = match entry.key {
            Some(EntryKey { id, name, begins }) => (Some(id), Some(name), Some(begins)),
            None => (None, None, None),
        };
        Self {
            id: entry.id,
            created_at: timestamp(entry.at),
            repeats: entry.repeats,
            last_at: timestamp(entry.last),
            action: entry.action,
            outcome: entry.outcome,
            refusal: entry.refusal,
            permission: entry.permission,
            records: entry.records,
            user,
            user_id,
            api_key,
            api_key_id,
            api_key_prefix,
            subject,
            subject_id,
            ip: entry.ip,
            method: entry.method,
            path: entry.path,
        }
    }
}

/// An entry in a file, with times in the zone of whoever downloads it, which each line names.
#[derive(Serialize)]
struct FileEntry<'a> {
    #[serde(flatten)]
    entry: AccessEntry,
    time_zone: &'a str,
}

/// A line for each entry.
pub fn json_lines(entries: Vec<model::AccessEntry>, download: &AccessLogDownload) -> std::io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for entry in entries {
        let (created_at, last_at) = (download.time(&entry.at), download.time(&entry.last));
        let entry = AccessEntry { created_at, last_at, ..AccessEntry::from(entry) };
        serde_json::to_writer(&mut lines, &FileEntry { entry, time_zone: download.time_zone() })?;
        lines.push(b'\n');
    }
    Ok(lines)
}

pub fn routes() -> [Route; 1] {
    const LOG: &str = "/v1/accounts/{account}/access-log";
    [Route::new(MethodFilter::GET, LOG, [Permission::AccessLogRead], list)]
}

async fn list(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<AccessFilter>,
) -> Response {
    ok::<List<AccessEntry>>(&ctx, access_log::list(&ctx, account, filter).await)
}
