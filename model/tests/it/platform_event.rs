//! Every stored form of a platform event reads, and is written as it was. Lines that are there never change.

use model::{PlatformEvent, PlatformEventKind};

const STORED: &str = include_str!("platform_events.jsonl");

#[test]
fn stored_forms_stay() {
    let mut kinds = Vec::new();
    for line in STORED.lines() {
        let event: PlatformEvent = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), line);
        assert!(line.contains(&format!("\"kind\":\"{}\"", event.kind().name())), "{line}");
        kinds.push(event.kind());
    }
    for kind in PlatformEventKind::ALL {
        assert!(kinds.contains(kind), "{kind:?} has no line");
        assert_eq!(kind.name().parse(), Ok(*kind));
    }
}
