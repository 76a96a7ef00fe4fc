use leptos::prelude::*;
use model::{AccountId, Topic};

/// The live channel of an account: a number for each topic, which moves when something changed.
/// A fetch that follows such a number is made anew.
#[derive(Clone, Copy)]
pub struct Live {
    versions: StoredValue<[RwSignal<u64>; Topic::ALL.len()]>,
    pub connected: RwSignal<bool>,
    /// What the channel greeted with when it was opened: how things stood then.
    #[cfg(feature = "hydrate")]
    pub greeted: RwSignal<Option<u64>>,
}

impl Live {
    pub fn of(account: Memo<AccountId>) -> Self {
        let live = Self {
            versions: StoredValue::new(Topic::ALL.map(|_| RwSignal::new(0))),
            connected: RwSignal::new(true),
            #[cfg(feature = "hydrate")]
            greeted: RwSignal::new(None),
        };
        #[cfg(feature = "hydrate")]
        super::browser::listen(live, account);
        #[cfg(not(feature = "hydrate"))]
        let _ = account;
        live
    }

    fn signal(self, topic: Topic) -> RwSignal<u64> {
        self.versions.with_value(|versions| versions[topic as usize])
    }

    /// Follows all of these.
    pub fn follow(self, topics: &[Topic]) {
        for topic in topics {
            self.signal(*topic).track();
        }
    }

    /// Has the page fetched anew if it was read before the channel was open, and something changed in
    /// between. `as_of` says how things stood when the page was read.
    #[cfg(feature = "hydrate")]
    pub fn catch_up(self, as_of: impl Fn() -> Option<u64> + 'static) {
        Effect::new(move |_| {
            if self.greeted.get().is_some_and(|now| untrack(&as_of) != Some(now)) {
                self.advance_all();
            }
        });
    }

    #[cfg(feature = "hydrate")]
    pub fn advance_all(self) {
        for topic in Topic::ALL {
            self.advance(topic);
        }
    }

    #[cfg(feature = "hydrate")]
    pub fn advance(self, topic: Topic) {
        self.signal(topic).update(|version| *version += 1);
    }
}
