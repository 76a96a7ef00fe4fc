use model::Day;

#[test]
fn days_of_the_calendar_alone() {
    for day in ["2026-11-26", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
        assert_eq!(day.parse::<Day>().map(|day| day.to_string()).as_deref(), Ok(day));
    }
    for text in [
        "",
        "2026-11-31",
        "2027-02-29",
        "1900-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-1-1",
        "26-11-2026",
        "0000-01-01",
        "2026-11-26T00:00",
        "+026-11-26",
        "２０２６-11-26",
        "2026-11-26 ",
    ] {
        assert!(text.parse::<Day>().is_err(), "{text}");
    }
}
