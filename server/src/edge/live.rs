//! The live channel: names of what changed, to the pages that are open. Nothing else travels on it,
//! and a hint that is lost costs one refetch.

use super::{Edge, problem};
use axum::{
    Extension,
    extract::{Path, State},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures::{Stream, StreamExt, stream};
use model::{AccountId, OrganisationId, Problem, Topic, UserId};
use service::{Context, Hint};
use std::{convert::Infallible, time::Duration};
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        watch,
    },
    time::Instant,
};

/// The log may grow faster than anybody reads: its pages are told at most so often.
const LOG_PAUSE: Duration = Duration::from_secs(1);

pub async fn stream(
    State(edge): State<Edge>,
    Extension(ctx): Extension<Context>,
    Path(account): Path<String>,
) -> Response {
    let Ok(account) = account.parse::<AccountId>() else { return problem::json(&Problem::NotFound) };
    // Listening begins before the check: what changes in between is not missed.
    let hints = edge.service.hints();
    let opened = async { Ok((ctx.user()?, ctx.member(account).await?.organisation())) };
    match opened.await {
        Ok((user, organisation)) => {
            // Taken once it listens: what changes from now on is told.
            let greeting = hello(edge.service.as_of());
            let listener = Listener {
                ctx,
                account,
                organisation,
                user,
                hints,
                stopped: edge.stopped,
                log_due: None,
                log_told: None,
                done: false,
            };
            Sse::new(greeting.chain(listener.events())).keep_alive(KeepAlive::default()).into_response()
        }
        Err(error) => {
            let error: service::Error = error;
            problem::json(&error.into_problem(ctx.request().id))
        }
    }
}

fn hello(as_of: u64) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::once(async move { Ok(Event::default().event("hello").data(as_of.to_string())) })
}

fn event(topic: Topic) -> Event {
    Event::default().event("hint").data(topic.name())
}

struct Listener {
    ctx: Context,
    account: AccountId,
    organisation: OrganisationId,
    user: UserId,
    hints: broadcast::Receiver<Hint>,
    stopped: watch::Receiver<bool>,
    /// When the log's pages are to be told of what they have not been told yet.
    log_due: Option<Instant>,
    log_told: Option<Instant>,
    done: bool,
}

impl Listener {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, async |mut listener| {
            let topics = listener.next().await?;
            let events: Vec<_> = topics.into_iter().map(|topic| Ok(event(topic))).collect();
            Some((stream::iter(events), listener))
        })
        .flatten()
    }

    /// The next topics to tell; `None` at the end.
    async fn next(&mut self) -> Option<Vec<Topic>> {
        loop {
            if self.done {
                return None;
            }
            let log_due = self.log_due;
            let hint = tokio::select! {
                hint = self.hints.recv() => Some(hint),
                () = sleep_until(log_due) => None,
                _ = self.stopped.wait_for(|stopped| *stopped) => return None,
            };
            let Some(hint) = hint else {
                self.tell_log();
                return Some(vec![Topic::AccessLog]);
            };
            match hint {
                Ok(hint) if !self.concerns(&hint) => {}
                // Whoever may no longer be here is told that their rights changed, and nothing more.
                Ok(_) | Err(RecvError::Lagged(_)) if !self.is_open().await => {
                    self.done = true;
                    return Some(vec![Topic::Rights]);
                }
                Ok(Hint { topic: Topic::AccessLog, .. }) => {
                    let due = self.log_told.map(|told| told + LOG_PAUSE).filter(|due| *due > Instant::now());
                    if let Some(due) = due {
                        self.log_due.get_or_insert(due);
                    } else {
                        self.tell_log();
                        return Some(vec![Topic::AccessLog]);
                    }
                }
                Ok(hint) => return Some(vec![hint.topic]),
                Err(RecvError::Lagged(_)) => return Some(Topic::ALL.to_vec()),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Whether the session goes on, and its person may still be here.
    async fn is_open(&self) -> bool {
        service::session::is_open(&self.ctx).await.unwrap_or(false) && self.ctx.member(self.account).await.is_ok()
    }

    fn tell_log(&mut self) {
        self.log_due = None;
        self.log_told = Some(Instant::now());
    }

    fn concerns(&self, hint: &Hint) -> bool {
        hint.organisation == self.organisation && hint.user.is_none_or(|user| user == self.user)
    }
}

async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
