//! Keeps tower-sessions' records in our own table, with the user's id in a column of its own.

use app::session_key;
use model::{Timestamp, UserId};
use service::{
    Secret, Service,
    session::{self, ActiveSession, Session},
};
use std::{collections::HashMap, fmt, sync::Arc};
use tower_sessions::{
    SessionStore,
    cookie::time::OffsetDateTime,
    session::{Id, Record},
    session_store,
};

#[derive(Clone)]
pub struct Store {
    pub service: Arc<Service>,
    /// Whether the requests show that somebody uses their session; open pages make some by themselves.
    pub notes_use: bool,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

/// By which a session's row is found.
pub(crate) fn secret(id: &Id) -> Secret {
    Secret::from_client(id.to_string())
}

fn backend(error: impl fmt::Display) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}

#[async_trait::async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        while session::get(&self.service, &secret(&record.id)).await.map_err(backend)?.is_some() {
            record.id = Id::default();
        }
        session::create(&self.service, &secret(&record.id), to_session(record)?).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        session::update(&self.service, &secret(&record.id), to_session(record)?).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let used = if self.notes_use {
            session::get_and_touch(&self.service, &secret(id)).await
        } else {
            session::get_in_background(&self.service, &secret(id)).await
        };
        let Some(ActiveSession { session: kept, time_zone, proved_at, .. }) = used.map_err(backend)? else {
            return Ok(None);
        };
        let mut data: HashMap<String, serde_json::Value> =
            serde_json::from_str(&kept.data).map_err(|error| session_store::Error::Decode(error.to_string()))?;
        if kept.user.is_some() {
            data.insert(session_key::PROVED_AT.to_owned(), proved_at.0.into());
        }
        data.extend(time_zone.map(|zone| (session_key::TIME_ZONE.to_owned(), zone.into())));
        let expiry_date =
            OffsetDateTime::from_unix_timestamp_nanos(i128::from(kept.expires_at.0) * 1000).map_err(backend)?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        session::delete(&self.service, &secret(id)).await.map_err(backend)
    }
}

/// As the service keeps it.
fn to_session(record: &Record) -> session_store::Result<Session> {
    let Record { expiry_date, .. } = record;
    let data = &record.data;
    let text = |key| data.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let user = data.get(session_key::USER).cloned().and_then(|user| serde_json::from_value::<UserId>(user).ok());
    // These have columns, which are written where they change.
    let in_columns = [session_key::TIME_ZONE, session_key::PROVED_AT];
    let own: HashMap<_, _> = data.iter().filter(|(key, _)| !in_columns.contains(&key.as_str())).collect();
    Ok(Session {
        user,
        ip: text(session_key::IP),
        user_agent: text(session_key::USER_AGENT),
        data: serde_json::to_string(&own).map_err(|error| session_store::Error::Encode(error.to_string()))?,
        credentials_version: data
            .get(session_key::CREDENTIALS_VERSION)
            .and_then(serde_json::Value::as_i64)
            .unwrap_or_default(),
        expires_at: Timestamp(i64::try_from(expiry_date.unix_timestamp_nanos() / 1000).unwrap_or(i64::MAX)),
    })
}
