use std::collections::VecDeque;
use tokio::sync::oneshot;

/// Those who wait, each for a key such as a network. Turns go round the keys, and within a key to whoever came first.
/// Where there is no more room, the key of which most are waiting loses the one who came last.
pub(crate) struct FairQueue<K, T> {
    /// The key whose turn is next stands first; none is empty.
    keys: VecDeque<(K, VecDeque<T>)>,
    room: usize,
}

/// Something that may be waited for no longer.
pub(crate) trait Ticket {
    fn is_abandoned(&self) -> bool;
}

impl<T> Ticket for oneshot::Sender<T> {
    fn is_abandoned(&self) -> bool {
        self.is_closed()
    }
}

impl<K: Copy + Eq, T: Ticket> FairQueue<K, T> {
    pub fn new(room: usize) -> Self {
        Self { keys: VecDeque::new(), room }
    }

    /// Queues at the end of the key.
    ///
    /// # Errors
    /// The ticket, when there is no room and no key of which more are waiting.
    pub fn push(&mut self, key: K, ticket: T) -> Result<(), T> {
        if self.len() >= self.room {
            self.drop_abandoned();
        }
        let of_key = self.keys.iter().position(|(other, _)| *other == key);
        let waiting = of_key.map_or(0, |position| self.keys[position].1.len());
        if self.len() >= self.room && !self.make_room(waiting + 1) {
            return Err(ticket);
        }
        match self.keys.iter_mut().find(|(other, _)| *other == key) {
            Some((_, tickets)) => tickets.push_back(ticket),
            None => self.keys.push_back((key, VecDeque::from([ticket]))),
        }
        Ok(())
    }

    /// Whose turn it is; those who went away are passed over.
    pub fn next(&mut self) -> Option<T> {
        self.next_where(|_| true).map(|(_, ticket)| ticket)
    }

    /// Whose turn it is among keys such as these.
    pub fn next_where(&mut self, may: impl Fn(K) -> bool) -> Option<(K, T)> {
        while let Some(position) = self.keys.iter().position(|(key, _)| may(*key)) {
            let (key, mut tickets) = self.keys.remove(position)?;
            let ticket = tickets.pop_front();
            if !tickets.is_empty() {
                self.keys.push_back((key, tickets));
            }
            if let Some(ticket) = ticket.filter(|ticket| !ticket.is_abandoned()) {
                return Some((key, ticket));
            }
        }
        None
    }

    pub fn len(&self) -> usize {
        self.keys.iter().map(|(_, tickets)| tickets.len()).sum()
    }

    fn drop_abandoned(&mut self) {
        for (_, tickets) in &mut self.keys {
            tickets.retain(|ticket| !ticket.is_abandoned());
        }
        self.keys.retain(|(_, tickets)| !tickets.is_empty());
    }

    /// Takes the last ticket of the key that has most, if it has more than `others` have.
    fn make_room(&mut self, others: usize) -> bool {
        let most = self.keys.iter_mut().map(|(_, tickets)| tickets).max_by_key(|tickets| tickets.len());
        match most {
            Some(tickets) if tickets.len() > others => tickets.pop_back().is_some(),
            _ => false,
        }
    }
}
