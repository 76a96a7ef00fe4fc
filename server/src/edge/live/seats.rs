use model::{Problem, UserId};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tower_sessions::session::Id;

/// A browser needs one for all of its tabs; some more are left over from connections that broke.
const OF_SESSION: usize = 20;
const OF_USER: usize = 100;

/// When a channel that was one too many may be tried again: what broke is noticed by then.
const AGAIN: u64 = 60;

/// The channels that are open on this server, by whose they are.
#[derive(Clone, Default)]
pub struct Seats(Arc<Mutex<HashMap<UserId, HashMap<Id, usize>>>>);

/// One open channel; dropped with it.
pub struct Seat {
    seats: Seats,
    user: UserId,
    session: Id,
}

impl Seats {
    /// One more. It is the newest that is refused: whoever closed an older one instead would have two browsers that
    /// close each other's for ever.
    ///
    /// # Errors
    /// [`Problem::TooMany`] beyond 20 of a session and 100 of a person.
    pub fn take(&self, user: UserId, session: Id) -> Result<Seat, Problem> {
        let mut seats = self.lock();
        let of_user = seats.entry(user).or_default();
        let of_session = of_user.get(&session).copied().unwrap_or(0);
        if of_session >= OF_SESSION || of_user.values().sum::<usize>() >= OF_USER {
            return Err(Problem::TooMany { seconds: AGAIN });
        }
        of_user.insert(session, of_session + 1);
        Ok(Seat { seats: self.clone(), user, session })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<UserId, HashMap<Id, usize>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.seats.lock();
        let Some(of_user) = seats.get_mut(&self.user) else { return };
        if let Some(of_session) = of_user.get_mut(&self.session) {
            *of_session -= 1;
            if *of_session == 0 {
                of_user.remove(&self.session);
            }
        }
        if of_user.is_empty() {
            seats.remove(&self.user);
        }
    }
}
