use model::{AuditEvent, DeliveryEvent, Event, IdentityEvent, MessagingEvent, OrganisationEvent, PeopleEvent, Refusal};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// Every form of an event that was ever stored, a line each. A line is never changed or taken out: logs hold it.
const STORED: &str = include_str!("events.jsonl");

/// Forms that were stored once, and are written otherwise today.
const OLD: [&str; 1] = [r#"{"organisation_updated":{}}"#];

#[test]
fn every_stored_form_reads_and_what_is_written_is_one_of_them() {
    let stored: BTreeSet<&str> = STORED.lines().collect();
    for line in STORED.lines() {
        let event: Event = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        let written = serde_json::to_string(&event).unwrap();
        assert!(stored.contains(&*written), "{line} is written as {written}");
    }
    for line in OLD {
        serde_json::from_str::<Event>(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    }
}

/// The names that serde knows, as it lists them to whoever brings another.
fn names<T: DeserializeOwned>() -> BTreeSet<String> {
    match serde_json::from_str::<T>(r#""?""#) {
        Ok(_) => BTreeSet::new(),
        Err(error) => error.to_string().split('`').skip(3).step_by(2).map(ToOwned::to_owned).collect(),
    }
}

#[test]
fn every_event_and_every_refusal_has_a_stored_form() {
    let of_areas = [
        names::<AuditEvent>(),
        names::<DeliveryEvent>(),
        names::<IdentityEvent>(),
        names::<MessagingEvent>(),
        names::<OrganisationEvent>(),
        names::<PeopleEvent>(),
    ];
    let all: usize = of_areas.iter().map(BTreeSet::len).sum();
    let all_names: BTreeSet<String> = of_areas.into_iter().flatten().collect();
    assert_eq!(all_names.len(), all, "the name of an event tells its area");
    let stored = |line: &str| line.split('"').nth(1).unwrap_or_default().to_owned();
    assert_eq!(STORED.lines().map(stored).collect::<BTreeSet<_>>(), all_names);
    for refusal in names::<Refusal>() {
        let form = if refusal == "permission" {
            r#"{"why":{"permission":"#.to_owned()
        } else {
            format!(r#"{{"why":"{refusal}"}}"#)
        };
        assert!(STORED.contains(&form), "{refusal}");
    }
}

#[test]
fn actions_are_told_apart() {
    let events = STORED.lines().map(|line| serde_json::from_str::<Event>(line).unwrap());
    let actions: BTreeSet<&str> = events.map(|event| event.facts().action).collect();
    let names: BTreeSet<&str> = STORED.lines().filter_map(|line| line.split('"').nth(1)).collect();
    assert_eq!(actions.len(), names.len());
}

/// An address has an @; nothing else that is stored of an event does.
#[test]
fn nothing_of_a_deleted_user_stays_but_ids() {
    for line in STORED.lines() {
        let event: Event = serde_json::from_str(line).unwrap();
        let left = event.pseudonymised().unwrap_or_else(|| event.clone());
        let written = serde_json::to_string(&left).unwrap();
        assert!(!written.contains('@'), "{line} keeps an address as {written}");
        assert_eq!(left.facts().user, event.facts().user, "{line} is about the same user");
        assert_eq!(left.pseudonymised().as_ref().unwrap_or(&left), &left, "{line}: nothing more to take away");
    }
}
