use crate::{Facts, Topic};
use serde::{Deserialize, Serialize};

/// What is reported, and what is told of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryEvent {
    /// Platform events, by a program.
    EventsReported { events: u64 },
}

impl DeliveryEvent {
    pub(crate) const fn facts(&self) -> Facts {
        match self {
            Self::EventsReported { events } => {
                Facts::of("event.report").records(*events).on(Topic::PlatformEvents).collapsed()
            }
        }
    }
}
