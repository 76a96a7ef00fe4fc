use model::{Conflict, FieldErrors, Problem, Refusal, RequestId};
use sea_orm::{DbErr, RuntimeErr};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong: what the user may read ([`Problem`]), or what only the operator may.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("answered with {0:?}")]
    Problem(Problem),
    #[error("database: {0}")]
    Database(#[from] DbErr),
    #[error("database: a change that shared this commit failed: {0}")]
    SharedCommit(std::sync::Arc<DbErr>),
    #[error("stored text does not read as what it was written as: {0}")]
    Stored(#[from] serde_json::Error),
    #[error("password hash: {0}")]
    PasswordHash(argon2::password_hash::Error),
    #[error("mail: {0}")]
    Mail(String),
    #[error("text message: {0}")]
    Sms(String),
    /// Nothing that is sent to this address or number will ever arrive.
    #[error("undeliverable: {0}")]
    Undeliverable(String),
    #[error("randomness: {0}")]
    Random(#[from] getrandom::Error),
    #[error("a task was given up: {0}")]
    Task(#[from] tokio::task::JoinError),
    #[error("a stored secret does not decrypt with this installation's key: {0}")]
    Encryption(&'static str),
    #[error("this is not the key that the database was encrypted with: restore the one from the same backup")]
    WrongMasterKey,
    /// What the operator has to set up otherwise, before anything runs.
    #[error("{0}")]
    Setup(String),
    #[error("{0}")]
    Other(String),
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Conflict> for Error {
    fn from(conflict: Conflict) -> Self {
        Self::Problem(conflict.into())
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Problem(errors.into())
    }
}

impl Error {
    /// A refusal whose entry is written, and durable. There is no `From<Refusal>`: `?` cannot take one past the log. See [`crate::Rollback`].
    pub(crate) const fn logged_refusal(refusal: Refusal) -> Self {
        Self::Problem(Problem::Refused(refusal))
    }

    /// A refusal that no log is to hold: it is about no organisation, or somebody asked where they stand and tried
    /// nothing that could be refused.
    pub(crate) const fn unlogged_refusal(refusal: Refusal) -> Self {
        Self::Problem(Problem::Refused(refusal))
    }

    /// What the user may read of it. The rest is logged here, under the request's id.
    pub fn into_problem(self, request: RequestId) -> Problem {
        match self {
            Self::Problem(problem) => problem,
            error if error.is_interrupted() => Problem::TooSlow,
            error if error.is_unavailable() => {
                tracing::warn!(request.id = %request, %error, "database cannot be reached");
                Problem::Unavailable
            }
            error => {
                tracing::error!(request.id = %request, %error, "operation failed");
                Problem::Internal(request)
            }
        }
    }

    /// Whether a read came to the end of its time.
    fn is_interrupted(&self) -> bool {
        let code = match self {
            Self::Database(error) => database_code(error),
            _ => None,
        };
        // SQLite: INTERRUPT. PostgreSQL: query_canceled.
        code.is_some_and(|code| code == "9" || code == "57014")
    }

    /// Whether the database itself is gone, rather than a query wrong.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Database(error) => is_gone(error),
            Self::SharedCommit(error) => is_gone(error),
            _ => false,
        }
    }
}

fn database_code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(sqlx)) | DbErr::Query(RuntimeErr::SqlxError(sqlx))) = error else {
        return None;
    };
    sqlx.as_database_error()?.code().map(std::borrow::Cow::into_owned)
}

fn is_gone(error: &DbErr) -> bool {
    use sea_orm::sqlx::Error as Sqlx;
    let sqlx = match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => return true,
        DbErr::Exec(RuntimeErr::SqlxError(sqlx)) | DbErr::Query(RuntimeErr::SqlxError(sqlx)) => sqlx,
        _ => return false,
    };
    match &**sqlx {
        Sqlx::Io(_)
        | Sqlx::Tls(_)
        | Sqlx::Protocol(_)
        | Sqlx::PoolTimedOut
        | Sqlx::PoolClosed
        | Sqlx::WorkerCrashed => true,
        // SQLite: BUSY, READONLY, IOERR, FULL, CANTOPEN. PostgreSQL: the classes of a lost connection
        // (08), exhausted resources (53) and an operator's intervention, shutdown among them (57).
        Sqlx::Database(error) => error.code().is_some_and(|code| match code.parse::<u32>() {
            Ok(code) if code < 10_000 && code & 0xff < 30 => matches!(code & 0xff, 5 | 8 | 10 | 13 | 14),
            _ => ["08", "53", "57"].iter().any(|class| code.starts_with(class)),
        }),
        _ => false,
    }
}
