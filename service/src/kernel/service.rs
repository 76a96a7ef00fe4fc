use crate::kernel::{
    Clock, Database, Hint, MasterKey, Result, Secret,
    encryption::{Encrypted, EncryptedColumn, Encryption},
    extensions::Extensions,
    rate_limit::RateLimits,
    repetition::RefusalLimit,
    rights::RightsCache,
};
use model::UserId;
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::broadcast;
use uuid::Uuid;

/// Ids within a millisecond: the twelve bits after the version.
const COUNTED: u16 = 0x0fff;

/// What the operator decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people reach this server, without a slash at the end.
    pub public_url: String,
    /// Whether anybody may found an organisation.
    pub open_sign_up: bool,
    /// Requests a minute that one API key may make; all keys of an organisation together five times as many.
    pub api_rate: u32,
    /// How many invitations a new organisation may send in a day; see [`crate::invitation`].
    pub new_organisation_invitations: u16,
    /// The countries that text messages go to, as their codes of ISO 3166-1; empty for all.
    pub sms_countries: Vec<String>,
    /// Whether the limits on text messages only note what they would refuse.
    pub sms_guard_records_only: bool,
    pub master_key: MasterKey,
}

/// The running system: one for each process.
pub struct Service {
    pub settings: Settings,
    pub database: Database,
    clock: Box<dyn Clock>,
    pub(crate) encryption: Encryption,
    pub(crate) rights: RightsCache,
    pub(crate) refusal_limit: RefusalLimit,
    pub(crate) rates: RateLimits,
    extensions: Extensions,
    /// The millisecond of the latest id, and its place within.
    latest_id: Mutex<(u64, u16)>,
}

impl Service {
    pub(crate) fn with_extensions(
        settings: Settings,
        database: Database,
        clock: Box<dyn Clock>,
        extensions: Extensions,
    ) -> Self {
        Self {
            encryption: Encryption::new(&settings.master_key),
            settings,
            database,
            clock,
            rights: RightsCache::new(),
            refusal_limit: RefusalLimit::new(),
            rates: RateLimits::new(),
            extensions,
            latest_id: Mutex::default(),
        }
    }

    /// What an area keeps in the running system.
    pub(crate) fn extension<T: 'static>(&self) -> &T {
        self.extensions.get()
    }

    /// What open pages are to be told from now on.
    pub fn hints(&self) -> broadcast::Receiver<Hint> {
        self.database.signals.hints.subscribe()
    }

    /// Moves whenever somebody's place or rights change anywhere; see [`model::Standing::as_of`].
    pub fn version(&self) -> u64 {
        self.database.signals.versions.membership_version()
    }

    pub fn now(&self) -> model::Timestamp {
        self.clock.now()
    }

    /// Waits by the clock.
    pub(crate) async fn sleep(&self, time: Duration) {
        if !time.is_zero() {
            self.clock.sleep(time).await;
        }
    }

    /// A new id; later ones of this process sort after earlier ones (RFC 9562, 6.2, method 1).
    pub fn new_id(&self) -> Result<Uuid> {
        let mut random = [0; 10];
        #[expect(clippy::disallowed_methods, reason = "this is the one home of randomness")]
        getrandom::fill(&mut random)?;
        let now = u64::try_from(self.now().0 / 1000).unwrap_or(0);
        let (milliseconds, counter) = {
            let mut latest = self.latest_id.lock().unwrap_or_else(PoisonError::into_inner);
            *latest = match *latest {
                (then, _) if now > then => (now, 0),
                (then, COUNTED) => (then + 1, 0),
                (then, counter) => (then, counter + 1),
            };
            *latest
        };
        random[..2].copy_from_slice(&counter.to_be_bytes());
        Ok(uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid())
    }

    /// A new secret.
    pub fn new_secret(&self) -> Result<Secret> {
        Ok(Secret::new(self.random()?))
    }

    #[expect(clippy::unused_self, reason = "randomness is asked of the system, as the time is")]
    pub(crate) fn random(&self) -> Result<[u8; 32]> {
        random()
    }

    pub(crate) fn encrypt(&self, column: EncryptedColumn, user: UserId, text: &str) -> Result<Encrypted> {
        self.encryption.encrypt(column, user, text, self.random()?)
    }

    pub(crate) fn decrypt(&self, column: EncryptedColumn, user: UserId, value: &Encrypted) -> Result<String> {
        self.encryption.decrypt(column, user, value)
    }
}

pub(crate) fn random() -> Result<[u8; 32]> {
    let mut random = [0; 32];
    #[expect(clippy::disallowed_methods, reason = "this is the one home of randomness")]
    getrandom::fill(&mut random)?;
    Ok(random)
}
