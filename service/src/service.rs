use crate::{
    Clock, Database, Hint, Mailer, MasterKey, Result, Secret,
    encryption::{Encrypted, EncryptedColumn, Encryption},
    known::VersionedCache,
    member,
    moment::SeenFrom,
    organisation,
    password_queue::PasswordQueue,
    rate_limit::RateLimits,
    repetition::RefusalLimit,
    rights::RightsCache,
    session::SessionCache,
};
use model::{
    AccountChoice, AccountId, Member, MemberCounts, MemberFilter, OrganisationId, Page, Permission, Profile,
    RoleChoice, Total, UserId,
};
use std::{
    sync::{Arc, Mutex, PoisonError},
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
    pub master_key: MasterKey,
}

/// The running system: one for each process.
pub struct Service {
    pub settings: Settings,
    pub database: Database,
    pub mailer: Mailer,
    clock: Box<dyn Clock>,
    pub(crate) encryption: Encryption,
    pub(crate) rights: RightsCache,
    pub(crate) sessions: SessionCache,
    pub(crate) refusal_limit: RefusalLimit,
    pub(crate) rates: RateLimits,
    pub(crate) profiles: VersionedCache<UserId, Profile>,
    pub(crate) trails: VersionedCache<AccountId, Arc<organisation::Breadcrumb>>,
    pub(crate) members: VersionedCache<(AccountId, MemberFilter), Arc<member::MemberPage>>,
    /// The same as one reader sees them: who joined when, in words.
    pub(crate) members_as_read: VersionedCache<(AccountId, MemberFilter, SeenFrom), Page<Member>>,
    pub(crate) member_counts: VersionedCache<AccountId, MemberCounts>,
    /// How many members match a filter, whatever the page.
    pub(crate) member_totals: VersionedCache<(AccountId, MemberFilter), Total>,
    /// How many people hold a permission in an account.
    pub(crate) holder_totals: VersionedCache<(AccountId, Permission), Total>,
    pub(crate) account_choices: VersionedCache<AccountId, Arc<Vec<AccountChoice>>>,
    /// Those that an organisation named itself.
    pub(crate) role_choices: VersionedCache<OrganisationId, Arc<Vec<RoleChoice>>>,
    /// The millisecond of the latest id, and its place within.
    latest_id: Mutex<(u64, u16)>,
    pub(crate) passwords: PasswordQueue,
}

impl Service {
    pub fn new(settings: Settings, database: Database, mailer: Mailer, clock: Box<dyn Clock>) -> Arc<Self> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Arc::new(Self {
            encryption: Encryption::new(&settings.master_key),
            settings,
            database,
            mailer,
            clock,
            rights: RightsCache::new(),
            sessions: SessionCache::new(),
            refusal_limit: RefusalLimit::new(),
            rates: RateLimits::new(),
            profiles: VersionedCache::new(10_000),
            trails: VersionedCache::new(10_000),
            // A hundred rows each.
            members: VersionedCache::new(100),
            members_as_read: VersionedCache::new(100),
            member_counts: VersionedCache::new(10_000),
            member_totals: VersionedCache::new(1_000),
            holder_totals: VersionedCache::new(1_000),
            // Five thousand accounts each.
            account_choices: VersionedCache::new(20),
            role_choices: VersionedCache::new(1_000),
            latest_id: Mutex::default(),
            passwords: PasswordQueue::new(cores),
        })
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
