use crate::kernel::{Access, Error, Network, Result, Secret, Service, moment};
use model::{AccountId, ApiKeyId, Permission, Problem, Refusal, RequestId, Timestamp, UserId};
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
    /// The reader's zone, such as `Africa/Johannesburg`; UTC when it is not known.
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
        Self { service, request: Arc::new(request), browser: Arc::default(), actor }
    }

    /// The same request, of this browser.
    pub fn with_browser(self, browser: Browser) -> Self {
        Self { browser: Arc::new(browser), ..self }
    }

    /// For work in the background.
    pub fn system(service: Arc<Service>) -> Result<Self> {
        let request = Request {
            id: RequestId(service.new_id()?),
            ip: String::new(),
            user_agent: String::new(),
            method: "JOB".to_owned(),
            path: "/".to_owned(),
            time_zone: None,
        };
        Ok(Self::new(service, request, Actor::System))
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
            Actor::Key { .. } => Err(Error::refusal_without_organisation(Refusal::PeopleOnly)),
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
        Self { actor: Actor::User(user), ..self.clone() }
    }

    /// The same request, by somebody who did not prove who they are.
    pub(crate) fn as_anonymous(&self) -> Self {
        Self { actor: Actor::Anonymous, ..self.clone() }
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

    /// Writes instants in the reader's zone.
    pub(crate) fn moments(&self) -> moment::Moments {
        moment::Moments::new(self.now(), self.request.time_zone.as_deref())
    }
}
