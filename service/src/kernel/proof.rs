use crate::kernel::{Actor, Context, Result};
use model::{Event, Problem, RECENT_PROOF, Timestamp};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// When the session of a request last showed whose it is. A request without a session comes from nobody's open browser:
/// who acts was proved for it alone.
#[derive(Clone, Default)]
pub(crate) struct LastProof(Option<Arc<AtomicI64>>);

impl LastProof {
    pub fn at(time: Timestamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(time.0))))
    }

    fn is_recent(&self, now: Timestamp) -> bool {
        self.0.as_ref().is_none_or(|at| now.since(Timestamp(at.load(Ordering::Acquire))) <= RECENT_PROOF)
    }

    fn renew(&self, now: Timestamp) {
        if let Some(at) = &self.0 {
            at.store(now.0, Ordering::Release);
        }
    }
}

impl Context {
    /// Whoever acts has just shown who they are, for the rest of this request.
    pub(crate) fn renew_proof(&self) {
        self.last_proof().renew(self.now());
    }

    /// Keeps a person whose session's last proof is too old from what is sensitive among these events. A key has no
    /// session that somebody could find open, and the system none at all.
    ///
    /// # Errors
    /// [`Problem::ProofNeeded`].
    pub(crate) fn require_recent_proof(&self, events: &[Event]) -> Result<()> {
        match self.actor() {
            Actor::User(_) if !self.last_proof().is_recent(self.now()) => {}
            Actor::User(_) | Actor::Key { .. } | Actor::System | Actor::Anonymous => return Ok(()),
        }
        match events.iter().find_map(|event| event.facts().sensitive) {
            Some(action) => Err(Problem::ProofNeeded(action).into()),
            None => Ok(()),
        }
    }
}
