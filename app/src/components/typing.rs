use leptos::prelude::*;
use std::time::Duration;

/// How long typing rests before the server is asked.
const PAUSE: Duration = Duration::from_millis(150);

/// What somebody types into a line to search.
#[derive(Clone, Copy, Default)]
pub struct Typing {
    pub typed: RwSignal<String>,
    /// What of it the server is asked for, once typing rests.
    pub asked: RwSignal<String>,
}

impl Typing {
    pub fn note(self, text: String) {
        self.typed.set(text.clone());
        set_timeout(
            move || {
                if self.typed.try_get_untracked().as_ref() == Some(&text) {
                    self.asked.set(text.trim().to_owned());
                }
            },
            PAUSE,
        );
    }

    /// Whether the server is asked for anything.
    pub fn is_asking(self) -> bool {
        !self.asked.with(String::is_empty)
    }
}
