use leptos::prelude::*;
use model::{AccountId, Topic};

/// The live channel of an account: a number for each topic, which moves when something changed.
/// Whatever is fetched with such a number in its key is fetched anew.
#[derive(Clone, Copy)]
pub struct Live {
    versions: StoredValue<[RwSignal<u64>; Topic::ALL.len()]>,
    pub connected: RwSignal<bool>,
}

impl Live {
    pub fn of(account: Memo<AccountId>) -> Self {
        let live =
            Self { versions: StoredValue::new(Topic::ALL.map(|_| RwSignal::new(0))), connected: RwSignal::new(true) };
        #[cfg(feature = "hydrate")]
        super::browser::listen(live, account);
        #[cfg(not(feature = "hydrate"))]
        let _ = account;
        live
    }

    fn signal(self, topic: Topic) -> RwSignal<u64> {
        self.versions.with_value(|versions| versions[topic as usize])
    }

    pub fn version(self, topic: Topic) -> u64 {
        self.signal(topic).get()
    }

    #[cfg(feature = "hydrate")]
    pub fn advance(self, topic: Topic) {
        self.signal(topic).update(|version| *version += 1);
    }
}
