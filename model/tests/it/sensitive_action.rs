use crate::support::en;
use model::{Event, ProofTime, SensitiveAction};
use std::collections::HashSet;

const SECURITY: &str = include_str!("../../../docs/security.md");

/// What is sensitive is refused by the event that it ends with: one without any would be refused nowhere.
#[test]
fn each_is_the_outcome_of_an_event() {
    let events = include_str!("events.jsonl").lines().map(|line| serde_json::from_str::<Event>(line).unwrap());
    let guarded: HashSet<SensitiveAction> = events.filter_map(|event| event.facts().sensitive).collect();
    let asked_when_old = SensitiveAction::ALL.into_iter().filter(|action| action.proof() == ProofTime::WhenOld);
    for action in asked_when_old {
        assert!(guarded.contains(&action), "{action:?}");
    }
}

#[test]
fn listed_in_the_documentation() {
    for action in SensitiveAction::ALL {
        let when = match action.proof() {
            ProofTime::Always => "always, in the form itself",
            ProofTime::WhenOld => "when the last proof is older than 10 minutes",
        };
        let row = format!("| {} | {when} |", en(action));
        assert!(SECURITY.contains(&row), "missing in docs/security.md: {row}");
    }
}
