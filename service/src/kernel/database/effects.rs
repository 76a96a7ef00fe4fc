use crate::kernel::{live::Hint, versions::Versions};
use std::collections::HashSet;
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

/// Hints that a page may fall behind before it is told to refetch everything.
const HINTS: usize = 1024;

/// How the rest of the process learns of commits.
#[derive(Debug)]
pub(crate) struct Signals {
    pub versions: Versions,
    pub hints: broadcast::Sender<Hint>,
    pub outbox: Notify,
    pub deleted_accounts: Notify,
    pub data_exports: Notify,
}

impl Signals {
    pub fn new() -> Self {
        Self {
            versions: Versions::new(),
            hints: broadcast::Sender::new(HINTS),
            outbox: Notify::new(),
            deleted_accounts: Notify::new(),
            data_exports: Notify::new(),
        }
    }

    /// Tells the open pages of a commit.
    pub fn publish(&self, hint: Hint) {
        match hint {
            Hint::Changed { topic, .. } if topic.moves_memberships() => self.versions.advance_memberships(),
            Hint::Missed => self.versions.advance_memberships(),
            Hint::Changed { .. } | Hint::SessionEnded { .. } => {}
        }
        // No page is open: nobody to tell.
        let _ = self.hints.send(hint);
    }
}

/// What is to happen once a transaction is durable, and not before.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    /// Organisations and users about whom something kept is now stale.
    pub stale: HashSet<Uuid>,
    pub hints: HashSet<Hint>,
    pub outbox: bool,
    pub deleted_accounts: bool,
    pub data_exports: bool,
}

impl Effects {
    pub fn run(self, signals: &Signals) {
        for id in self.stale {
            signals.versions.advance(id);
        }
        for hint in Hint::in_order(self.hints) {
            signals.publish(hint);
        }
        if self.outbox {
            signals.outbox.notify_one();
        }
        if self.deleted_accounts {
            signals.deleted_accounts.notify_one();
        }
        if self.data_exports {
            signals.data_exports.notify_one();
        }
    }
}
