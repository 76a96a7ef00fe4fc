//! Keeps tower-sessions' records in our own table, with the user's id in a column of its own.

use app::session_key;
use model::{Timestamp, UserId};
use service::{
    Secret, Service,
    session::{self, Session},
};
use std::{collections::HashMap, fmt, sync::Arc};
use tower_sessions::{
    SessionStore,
    cookie::time::OffsetDateTime,
    session::{Id, Record},
    session_store,
};

#[derive(Clone)]
pub struct Store(pub Arc<Service>);

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
        while session::get(&self.0, &secret(&record.id)).await.map_err(backend)?.is_some() {
            record.id = Id::default();
        }
        self.save(record).await
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let Record { id, data, expiry_date } = record;
        let text = |key| data.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let user = data.get(session_key::USER).cloned().and_then(|user| serde_json::from_value::<UserId>(user).ok());
        let kept = Session {
            user,
            ip: text(session_key::IP),
            user_agent: text(session_key::USER_AGENT),
            data: serde_json::to_string(data).map_err(|error| session_store::Error::Encode(error.to_string()))?,
            credentials_version: data
                .get(session_key::CREDENTIALS_VERSION)
                .and_then(serde_json::Value::as_i64)
                .unwrap_or_default(),
            expires_at: Timestamp(i64::try_from(expiry_date.unix_timestamp_nanos() / 1000).unwrap_or(i64::MAX)),
        };
        session::put(&self.0, &secret(id), kept).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let Some(kept) = session::get(&self.0, &secret(id)).await.map_err(backend)? else { return Ok(None) };
        let data: HashMap<String, serde_json::Value> =
            serde_json::from_str(&kept.data).map_err(|error| session_store::Error::Decode(error.to_string()))?;
        let expiry_date =
            OffsetDateTime::from_unix_timestamp_nanos(i128::from(kept.expires_at.0) * 1000).map_err(backend)?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        session::delete(&self.0, &secret(id)).await.map_err(backend)
    }
}
