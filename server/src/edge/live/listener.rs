use super::{super::Edge, seats::Seat};
use crate::session_store::secret;
use futures::{Stream, stream};
use model::{OrganisationId, Problem, Topic, UserId};
use service::{
    Hint, Result, Service,
    live::{self, LiveScope},
    session,
};
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::{
    sync::{
        Semaphore,
        broadcast::{self, error::RecvError},
        watch,
    },
    time::Instant,
};
use tower_sessions::session::Id;

/// The log may grow faster than anybody reads: its pages are told at most so often.
const LOG_PAUSE: Duration = Duration::from_secs(1);

/// A beat is sent so often, by which both ends notice a connection that broke. The page waits twice as long for one
/// (`app/src/runtime/live/leader.rs`).
const BEAT: Duration = Duration::from_millis(1_250);

/// Channels that look again at once. After a hint for all of them they leave most of the database's connections to those
/// who wait for an answer.
static LOOKS: Semaphore = Semaphore::const_new(4);

/// What one channel is made of. Ten thousand are open at once, so it keeps nothing of its request.
pub struct Listener {
    service: Arc<Service>,
    user: UserId,
    session: Id,
    /// When the session is over, unless it has been prolonged by then, or a second factor is due.
    recheck: Instant,
    places: Vec<Subscription>,
    hints: broadcast::Receiver<Hint>,
    stopped: watch::Receiver<bool>,
    beat: Instant,
    state: State,
    _seat: Seat,
}

/// An organisation that its user is in.
struct Subscription {
    organisation: OrganisationId,
    /// When the log's pages are to be told of what they have not been told yet.
    log_due: Option<Instant>,
    log_told: Option<Instant>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Ended,
}

/// What a channel may go on telling.
enum Look {
    /// The session is another's, or no longer one.
    SignedOut,
    /// The user is no longer in all of the organisations that the channel told of.
    Less,
    AsBefore,
}

impl Listener {
    /// # Errors
    /// [`Problem::SignedOut`], if the session ended since it was read.
    pub async fn open(edge: &Edge, user: UserId, session: Id, seat: Seat) -> Result<Self> {
        let mut listener = Self {
            service: Arc::clone(&edge.service),
            user,
            session,
            recheck: Instant::now(),
            places: Vec::new(),
            // Listening begins before the check: what changes in between is not missed.
            hints: edge.service.hints(),
            stopped: edge.stopped.clone(),
            beat: Instant::now(),
            state: State::New,
            _seat: seat,
        };
        match listener.look().await? {
            Look::SignedOut => Err(Problem::SignedOut.into()),
            Look::Less | Look::AsBefore => Ok(listener),
        }
    }

    pub fn events(self) -> impl Stream<Item = Result<String, Infallible>> {
        stream::unfold(self, async |mut listener| {
            let text = listener.next().await?;
            listener.beat = Instant::now() + BEAT;
            Some((Ok(text), listener))
        })
    }

    /// The next events, as they are sent; `None` at the end.
    async fn next(&mut self) -> Option<String> {
        match self.state {
            State::New => {
                self.state = State::Open;
                return Some(event("hello", &format!("{} {}", self.service.version(), self.user)));
            }
            State::Open => {}
            State::Ended => return None,
        }
        loop {
            let due = self.due();
            let hint = tokio::select! {
                hint = self.hints.recv() => Some(hint),
                () = tokio::time::sleep_until(due) => None,
                _ = self.stopped.wait_for(|stopped| *stopped) => return None,
            };
            let text = match hint {
                None => self.on_time().await,
                Some(Ok(hint)) => self.on_hint(hint).await,
                Some(Err(RecvError::Lagged(_))) => self.look_again(self.everything()).await,
                Some(Err(RecvError::Closed)) => return None,
            };
            if !text.is_empty() {
                return Some(text);
            }
            if self.state == State::Ended {
                return None;
            }
        }
    }

    fn due(&self) -> Instant {
        let logs = self.places.iter().filter_map(|place| place.log_due);
        logs.fold(self.beat.min(self.recheck), Instant::min)
    }

    async fn on_time(&mut self) -> String {
        let now = Instant::now();
        if self.recheck <= now {
            return self.look_again(String::new()).await;
        }
        let mut text = String::new();
        for place in &mut self.places {
            if place.log_due.is_some_and(|due| due <= now) {
                text += &place.tell_log(now);
            }
        }
        if text.is_empty() { event("beat", "") } else { text }
    }

    async fn on_hint(&mut self, hint: Hint) -> String {
        match hint {
            Hint::SessionEnded { user } if user == self.user => self.look_again(String::new()).await,
            Hint::SessionEnded { .. } => String::new(),
            Hint::Missed => self.look_again(self.everything()).await,
            Hint::Changed { user: Some(user), .. } if user != self.user => String::new(),
            // Where one was not before, it may be because one is now.
            Hint::Changed { organisation, user: Some(_), topic } => {
                self.look_again(self::hint(organisation, topic)).await
            }
            Hint::Changed { organisation, user: None, topic } => {
                let Some(place) = self.places.iter_mut().find(|place| place.organisation == organisation) else {
                    return String::new();
                };
                match topic {
                    Topic::AccessLog => place.on_log(),
                    Topic::Rights => self.look_again(self::hint(organisation, topic)).await,
                    _ => self::hint(organisation, topic),
                }
            }
        }
    }

    /// Asks whether all is as it was, and tells `text` if it is. Whoever is no longer somewhere is told that their
    /// rights changed, and nothing more; their browser comes again for what is left.
    async fn look_again(&mut self, text: String) -> String {
        let _permit = LOOKS.acquire().await.ok();
        // In a box: an open channel that waits is not to have room for all that a query needs.
        match Box::pin(self.look()).await {
            Ok(Look::AsBefore) => text,
            Ok(Look::Less) => {
                self.state = State::Ended;
                self.places.iter().map(|place| hint(place.organisation, Topic::Rights)).collect()
            }
            Ok(Look::SignedOut) => {
                self.state = State::Ended;
                event("ended", "session")
            }
            Err(error) => {
                tracing::warn!(%error, "a live channel cannot be checked, and is closed");
                self.state = State::Ended;
                String::new()
            }
        }
    }

    async fn look(&mut self) -> Result<Look> {
        let session = session::get(&self.service, &secret(&self.session)).await?;
        let Some(session) = session.filter(|session| session.user == Some(self.user)) else {
            return Ok(Look::SignedOut);
        };
        let LiveScope { organisations: open, changes_at } = live::scope(&self.service, self.user).await?;
        let ends = changes_at.map_or(session.expires_at, |at| at.min(session.expires_at));
        let left = ends.0.saturating_sub(self.service.now().0);
        self.recheck = Instant::now() + Duration::from_micros(u64::try_from(left).unwrap_or(0));
        if self.places.iter().any(|place| !open.contains(&place.organisation)) {
            return Ok(Look::Less);
        }
        let more =
            open.into_iter().filter(|organisation| self.places.iter().all(|place| place.organisation != *organisation));
        let more: Vec<Subscription> = more.map(Subscription::of).collect();
        self.places.extend(more);
        self.places.shrink_to_fit();
        Ok(Look::AsBefore)
    }

    /// What a page may be told at all, after some of it was missed.
    fn everything(&self) -> String {
        self.places.iter().flat_map(|place| Topic::ALL.map(|topic| hint(place.organisation, topic))).collect()
    }
}

impl Subscription {
    fn of(organisation: OrganisationId) -> Self {
        Self { organisation, log_due: None, log_told: None }
    }

    fn on_log(&mut self) -> String {
        let now = Instant::now();
        match self.log_told.map(|told| told + LOG_PAUSE).filter(|due| *due > now) {
            Some(due) => {
                self.log_due.get_or_insert(due);
                String::new()
            }
            None => self.tell_log(now),
        }
    }

    fn tell_log(&mut self, now: Instant) -> String {
        (self.log_due, self.log_told) = (None, Some(now));
        hint(self.organisation, Topic::AccessLog)
    }
}

fn hint(organisation: OrganisationId, topic: Topic) -> String {
    event("hint", &format!("{organisation} {}", topic.name()))
}

fn event(name: &str, data: &str) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}
