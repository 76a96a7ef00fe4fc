use crate::kernel::{Access, Error, Network, Result, Secret, Service, moment, proof::LastProof, time_zone};
use jiff::tz::TimeZone;
use model::{AccountId, ApiKeyId, Job, Locale, Permission, Problem, Refusal, RequestId, Timestamp, UserId};
use sea_orm::DatabaseConnection;
use std::sync::Arc;
use uuid::Uuid;

/// Who acts, for which request, on which system. Every operation takes one.
#[derive(Clone)]
pub struct Context {
    service: Arc<Service>,
    request: Arc<Request>,
    browser: Arc<Browser>,
    actor: Actor,
    last_proof: LastProof,
    /// Of whoever reads the answer.
    locale: Locale,
    /// The zone that they chose.
    time_zone: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Nobody is signed in.
    Anonymous,
    User(UserId),
    /// A program with a key; what it does, it does for whoever made the key.
    Key {
        key: ApiKeyId,
        creator: UserId,
    },
    /// The system itself, in the background.
    System,
}

/// The request that is being answered, as the log keeps it.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: RequestId,
    pub ip: String,
    pub user_agent: String,
    pub method: String,
    /// The action path: without the account, which the log keeps apart, and without secrets.
    pub path: String,
    /// The zone that the browser says it is in, such as `Africa/Johannesburg`.
    pub time_zone: Option<String>,
}

/// What the browser of a request keeps. It says nothing of who acts.
#[derive(Clone, Default)]
pub struct Browser {
    /// The secret of its session.
    pub session: Option<Secret>,
    /// By which it is recognised when one of its people signs in again: [`crate::device`].
    pub devices: Vec<Secret>,
}

impl Context {
    pub fn new(service: Arc<Service>, request: Request, actor: Actor) -> Self {
        Self {
            service,
            request: Arc::new(request),
            browser: Arc::default(),
            actor,
            last_proof: LastProof::default(),
            locale: Locale::default(),
            time_zone: None,
        }
    }

    /// The same request, answered in the zone of this name, if there is one; otherwise in that of the browser.
    #[must_use]
    pub fn with_time_zone(self, time_zone: Option<String>) -> Self {
        Self { time_zone, ..self }
    }

    /// The same request, of this browser.
    pub fn with_browser(self, browser: Browser) -> Self {
        Self { browser: Arc::new(browser), ..self }
    }

    /// The same request, in a session whose user last showed who they are at this time.
    pub fn proved_at(self, time: Timestamp) -> Self {
        Self { last_proof: LastProof::at(time), ..self }
    }

    /// For work in the background.
    pub fn system(service: Arc<Service>, job: Job) -> Result<Self> {
        let request = Request {
            id: RequestId(service.new_id()?),
            ip: String::new(),
            user_agent: String::new(),
            method: Job::METHOD.to_owned(),
            path: job.path().to_owned(),
            time_zone: None,
        };
        Ok(Self::new(service, request, Actor::System))
    }

    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// The proof that the actor holds `permission` on `account` now; a refusal is logged.
    ///
    /// # Errors
    /// [`Problem::SignedOut`]; [`Problem::NotFound`] for an account of another organisation as for
    /// none; [`Problem::Refused`].
    pub async fn access(&self, account: AccountId, permission: Permission) -> Result<Access> {
        Access::prove(self, account, Some(permission)).await
    }

    /// The proof that the actor is a member of `account`, for what every member may do.
    pub async fn member(&self, account: AccountId) -> Result<Access> {
        Access::prove(self, account, None).await
    }

    pub fn service(&self) -> &Arc<Service> {
        &self.service
    }

    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Where the request comes from, for every limit that is about that.
    pub fn network(&self) -> Network {
        Network::of(&self.request.ip)
    }

    pub(crate) fn browser(&self) -> &Browser {
        &self.browser
    }

    pub(crate) const fn last_proof(&self) -> &LastProof {
        &self.last_proof
    }

    /// By which the session of this request is stored.
    pub(crate) fn session_hash(&self) -> Option<String> {
        self.browser.session.as_ref().map(|secret| secret.hash().into_column())
    }

    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// Who is signed in, for what concerns a person's own affairs and no organisation. Where there is an [`Access`],
    /// ask `Access::require_person`, which logs that a key was refused.
    ///
    /// # Errors
    /// [`Problem::SignedOut`]; [`Refusal::PeopleOnly`] for a key.
    pub fn user(&self) -> Result<UserId> {
        match self.actor {
            Actor::User(user) => Ok(user),
            Actor::Key { .. } => Err(Error::unlogged_refusal(Refusal::PeopleOnly)),
            Actor::Anonymous | Actor::System => Err(Problem::SignedOut.into()),
        }
    }

    /// Who answers for what is done: whoever is signed in, or made the key.
    ///
    /// # Errors
    /// [`Problem::SignedOut`].
    pub(crate) fn person(&self) -> Result<UserId> {
        match self.actor {
            Actor::User(user) | Actor::Key { creator: user, .. } => Ok(user),
            Actor::Anonymous | Actor::System => Err(Problem::SignedOut.into()),
        }
    }

    /// The same request, by somebody who has just proved who they are.
    pub(crate) fn as_user(&self, user: UserId) -> Self {
        if self.actor == Actor::User(user) {
            return self.clone();
        }
        Self { actor: Actor::User(user), last_proof: LastProof::default(), ..self.clone() }
    }

    /// The same request, by somebody who did not prove who they are.
    pub(crate) fn as_anonymous(&self) -> Self {
        Self { actor: Actor::Anonymous, ..self.clone() }
    }

    /// What the system does by itself because of the same request: nobody's act.
    pub(crate) fn as_job(&self, job: Job) -> Self {
        let (method, path) = (Job::METHOD.to_owned(), job.path().to_owned());
        let request = Request { method, path, ..(*self.request).clone() };
        Self { request: Arc::new(request), ..self.as_anonymous() }
    }

    pub fn now(&self) -> Timestamp {
        self.service.now()
    }

    pub(crate) fn new_id(&self) -> Result<Uuid> {
        self.service.new_id()
    }

    pub(crate) fn new_secret(&self) -> Result<Secret> {
        self.service.new_secret()
    }

    pub(crate) fn new_key_secret(&self) -> Result<Secret> {
        Ok(Secret::of_key(self.service.random()?))
    }

    pub(crate) fn readers(&self) -> &DatabaseConnection {
        self.service.database.readers()
    }

    /// Writes instants in the reader's zone: the one that they chose, or that of their browser, or UTC.
    pub(crate) fn moments(&self) -> moment::Moments {
        let names = [&self.time_zone, &self.request.time_zone];
        let zone = names.into_iter().flatten().find_map(|name| time_zone::get(name));
        moment::Moments::new(self.now(), zone.unwrap_or(TimeZone::UTC), self.locale())
    }
}
