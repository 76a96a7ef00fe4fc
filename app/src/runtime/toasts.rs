use leptos::prelude::*;
use std::{borrow::Cow, time::Duration};

/// Takes back what a sentence tells of.
pub type Undo = Callback<()>;

/// Short sentences that come and go at the foot of the page.
#[derive(Clone, Copy)]
pub struct Toasts {
    pub shown: RwSignal<Vec<Toast>>,
    /// How many drawers are open: what stands outside of one cannot be reached, so they show them.
    pub drawers: RwSignal<u32>,
    next: StoredValue<u64>,
}

#[derive(Clone)]
pub struct Toast {
    pub id: u64,
    pub sentence: Cow<'static, str>,
    pub undo: Option<Undo>,
}

const SHOWN_FOR: Duration = Duration::from_secs(6);
/// As long as the server takes something back.
pub const UNDONE_WITHIN: Duration = Duration::from_secs(10);

impl Toasts {
    pub fn provide() -> Self {
        let toasts = Self { shown: RwSignal::default(), drawers: RwSignal::new(0), next: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    pub fn expect() -> Self {
        expect_context()
    }

    pub fn say(self, sentence: impl Into<Cow<'static, str>>) {
        self.offer(sentence, None);
    }

    /// Says what was done, and offers to take it back.
    pub fn offer(self, sentence: impl Into<Cow<'static, str>>, undo: Option<Undo>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let time = if undo.is_some() { UNDONE_WITHIN } else { SHOWN_FOR };
        self.shown.update(|shown| shown.push(Toast { id, sentence: sentence.into(), undo }));
        set_timeout(move || self.close(id), time);
    }

    pub fn close(self, id: u64) {
        self.shown.update(|shown| shown.retain(|shown| shown.id != id));
    }
}
