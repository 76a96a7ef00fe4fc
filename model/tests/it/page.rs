use crate::support::en;
use model::{Cursor, Page, SortKey, Total, Towards, limit};
use proptest::prelude::*;

fn cursors() -> impl Strategy<Value = Cursor> {
    let at = prop_oneof![any::<i64>().prop_map(SortKey::Number), "\\PC{0,20}".prop_map(SortKey::Text)];
    (at, any::<u128>(), any::<u64>(), any::<bool>()).prop_map(|(at, id, before, older)| Cursor {
        at,
        id: uuid::Uuid::from_u128(id),
        before,
        towards: if older { Towards::Older } else { Towards::Newer },
    })
}

proptest! {
    #[test]
    fn a_cursor_reads_back_from_its_text(cursor in cursors()) {
        prop_assert_eq!(cursor.to_string().parse(), Ok(cursor.clone()));
        let json = serde_json::to_string(&cursor).unwrap();
        prop_assert_eq!(serde_json::from_str::<Cursor>(&json).unwrap(), cursor);
    }

    #[test]
    fn any_text_is_a_cursor_or_refused(text in "\\PC{0,80}") {
        let _ = text.parse::<Cursor>();
    }

    #[test]
    fn a_caption_is_written_for_any_numbers(before: u64, total: u64) {
        let total = Total::counted(total);
        let page = Page { rows: vec![1, 2].into(), before, total, newer: None, older: None };
        prop_assert!(en(page.caption()).ends_with(&en(total)));
    }
}

#[test]
fn a_cursor_with_something_behind_it_is_none() {
    let cursor = format!("o.50.12.{}", uuid::Uuid::nil().simple());
    assert!(cursor.parse::<Cursor>().is_ok());
    let nil = uuid::Uuid::nil().simple();
    assert!(format!("o.50._616e61.{nil}").parse::<Cursor>().is_ok());
    let keys = ["_zz", "_6", "_ff", "_00", "ana"].map(|key| format!("o.50.{key}.{nil}"));
    let others =
        [format!("{cursor}.x"), format!("x{cursor}"), String::new(), "o.1.2".to_owned(), "o.-1.2.3".to_owned()];
    for text in keys.into_iter().chain(others) {
        assert!(text.parse::<Cursor>().is_err(), "{text:?}");
    }
}

#[test]
fn captions() {
    let page = |rows: usize, before, total| {
        let total = Total::counted(total);
        Page { rows: vec![(); rows].into(), before, total, newer: None, older: None }
    };
    assert_eq!(en(page(50, 0, 62).caption()), "1 to 50 of 62");
    assert_eq!(en(page(12, 50, 62).caption()), "51 to 62 of 62");
    assert_eq!(en(page(0, 0, 0).caption()), "None");
    assert!(en(page(2, u64::MAX, 2).caption()).ends_with(" of 2"), "the number came with a request");
    assert_eq!(en(page(50, 0, 10_001).caption()), "1 to 50 of 10,000+");
}

#[test]
fn a_total_is_counted_up_to_a_limit() {
    let totals = [
        (Total::counted(0), "0", Some(0)),
        (Total::counted(limit::TOTAL), "10000", Some(limit::TOTAL)),
        (Total::counted(limit::TOTAL + 1), r#""10,000+""#, None),
        (Total::counted(u64::MAX), r#""10,000+""#, None),
        (Total::NONE, "null", None),
    ];
    for (total, json, rows) in totals {
        assert_eq!(serde_json::to_string(&total).unwrap(), json);
        assert_eq!(serde_json::from_str::<Total>(json).unwrap(), total);
        assert_eq!(total.rows(), rows);
    }
    assert!(Total::counted(limit::TOTAL + 1).is_at_least(limit::TOTAL + 1));
    assert!(!Total::counted(limit::TOTAL).is_at_least(limit::TOTAL + 1));
    assert!(!Total::NONE.is_at_least(0));
}
