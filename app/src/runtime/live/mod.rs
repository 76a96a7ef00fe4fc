#[cfg(feature = "hydrate")]
mod leader;
#[cfg(feature = "hydrate")]
pub mod signed_in;
#[cfg(feature = "hydrate")]
pub mod tabs;

use leptos::prelude::*;
#[cfg(feature = "hydrate")]
use model::OrganisationId;
use model::Topic;

/// What the live channel tells a page: a number for each topic, which moves when something changed.
/// A fetch that follows such a number is made anew.
#[derive(Clone, Copy)]
pub struct Live(StoredValue<LiveSignals>);

#[derive(Clone, Copy)]
struct LiveSignals {
    versions: [RwSignal<u64>; Topic::ALL.len()],
    connected: RwSignal<bool>,
    /// Whether the reader's rights changed, and this page has yet to hear what they are now.
    #[cfg(feature = "hydrate")]
    rights_pending: RwSignal<bool>,
    /// What the channel greeted with when it was opened: how things stood then.
    #[cfg(feature = "hydrate")]
    greeted: RwSignal<Option<u64>>,
}

impl Live {
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(LiveSignals {
            versions: Topic::ALL.map(|_| RwSignal::new(0)),
            connected: RwSignal::new(true),
            #[cfg(feature = "hydrate")]
            rights_pending: RwSignal::new(false),
            #[cfg(feature = "hydrate")]
            greeted: RwSignal::new(None),
        }))
    }

    /// Whether the channel is open.
    pub fn connected(self) -> RwSignal<bool> {
        self.0.with_value(|signals| signals.connected)
    }

    /// See [`LiveSignals::rights_pending`].
    #[cfg(feature = "hydrate")]
    pub fn rights_pending(self) -> RwSignal<bool> {
        self.0.with_value(|signals| signals.rights_pending)
    }

    #[cfg(feature = "hydrate")]
    fn greeted(self) -> RwSignal<Option<u64>> {
        self.0.with_value(|signals| signals.greeted)
    }

    fn signal(self, topic: Topic) -> RwSignal<u64> {
        self.0.with_value(|signals| signals.versions[topic as usize])
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
            if self.greeted().get().is_some_and(|now| untrack(&as_of) != Some(now)) {
                self.advance_all();
            }
        });
    }

    /// Takes from what the channel tells what concerns the organisation that the page is in.
    #[cfg(feature = "hydrate")]
    pub fn listen(self, organisation: impl Fn() -> Option<OrganisationId> + 'static) {
        use self::tabs::{self, Message};
        tabs::listen(move |message| match message {
            Message::Hello(as_of) => {
                self.connected().set(true);
                if self.greeted().get_untracked().is_some() {
                    // What was missed while away costs one refetch.
                    self.advance_all();
                } else {
                    self.greeted().set(Some(*as_of));
                }
            }
            Message::Lost => self.connected().set(false),
            // One's rights elsewhere say which accounts there are to switch to.
            Message::Hint(of, topic) => {
                if *topic == Topic::Rights || untrack(&organisation).is_none_or(|here| here == *of) {
                    self.advance(*topic);
                }
            }
            Message::SignedIn(_) => {}
        });
        on_cleanup(tabs::stop_listening);
    }

    #[cfg(feature = "hydrate")]
    pub fn advance_all(self) {
        for topic in Topic::ALL {
            self.advance(topic);
        }
    }

    #[cfg(feature = "hydrate")]
    pub fn advance(self, topic: Topic) {
        if topic == Topic::Rights {
            self.rights_pending().set(true);
        }
        self.signal(topic).update(|version| *version += 1);
    }
}
