//! Input that nobody means well, or that somebody mistyped: a diagnostic in both languages, never a panic.

use std::time::Instant;

use zhiheng_act::clock::{Calendar, Facts, Moment, Pause, Reading, reckon};
use zhiheng_base::{Date, Diagnostic, Lang};

use super::{CALENDAR, HOLIDAYS, clock, clocks, day, text};

/// The code, after making sure that both languages have message and hint without gaps.
fn code(problem: &Diagnostic) -> String {
    for lang in [Lang::Zh, Lang::En] {
        let message = problem.message(lang) + &problem.hint(lang).unwrap_or_default();
        assert!(!message.contains('«') && !message.contains("{$"), "{message}");
    }
    problem.code.to_string()
}

fn refused(rule: &str) -> String {
    let (clocks, problems) = clocks(&text(rule));
    assert!(clocks.is_empty() && problems.len() == 1, "{rule}: {clocks:?} {problems:?}");
    code(&problems[0])
}

#[test]
fn definitions() {
    for (rule, wanted) in [
        ("days = 0", "ZH8105"),
        ("days = -60", "ZH8105"),
        ("days = 1000000000", "ZH8105"),
        ("days = 9223372036854775807", "ZH8105"),
        ("days = 9223372036854775808", "ZH2004"),
        ("days = 1.5", "ZH2004"),
        ("months = 3601", "ZH8105"),
        ("hours = -2", "ZH8105"),
        ("fortnights = 2", "ZH2019"),
        ("days = 5\nkind = \"banking\"", "ZH2023"),
        ("days = 5\nbound = \"about\"", "ZH2023"),
        ("days = 5\nsense = \"wish\"", "ZH2023"),
        ("months = 5\nkind = \"working\"", "ZH8106"),
        ("days = 5\nmonths = 1", "ZH8106"),
        ("", "ZH8106"),
        ("days = 5\nopens = { days = 2 }", "ZH8106"),
        ("hours = 2\npauses = [\"testing\"]", "ZH8106"),
        ("every = { hours = 2 }", "ZH8106"),
        ("first = []", "ZH8106"),
        ("first = [{ counter = \"km\", limit = 3000 }]", "ZH8106"),
        ("first = [{ days = 5 }, { counter = \"km\", limit = -1 }]", "ZH8105"),
        ("first = [{ days = 5, counter = \"km\" }]", "ZH8106"),
        ("by = \"02-29\"", "ZH8108"),
        ("by = \"13-01\"", "ZH8108"),
        ("by = \"6-30\"", "ZH8108"),
        ("days = 5\nremind = [-1]", "ZH8105"),
        ("days = 5\nregion = \"6211x2\"", "ZH1004"),
        ("days = 5\nsince = 2024-02-30", "ZH2001"),
        ("days = 5\nsince = 2024-02-20T10:00:00", "ZH2004"),
        ("days = 5\n[[clock.example]]\nstart = 2024-02-20T10:00:00", "ZH8108"),
    ] {
        assert_eq!(refused(rule), wanted, "{rule}");
    }
    let twice = text("days = 5") + &text("days = 6");
    let (kept, problems) = clocks(&twice);
    assert_eq!((kept.len(), code(&problems[0])), (1, "ZH8109".to_owned()));
    assert_eq!(clocks("[[clock").1.len(), 1);
    assert_eq!(clocks(&"[".repeat(100_000)).0, []);
}

#[test]
fn a_definition_is_placed_at_its_line() {
    let (_, problems) = clocks(&format!("# two lines\n\n{}", text("days = 0")));
    let place = zhiheng_base::render::place(&problems[0].at, Lang::En).unwrap();
    assert!(place.starts_with("clocks/procedure.toml:3:"), "{place}");
}

#[test]
fn calendars() {
    let parse = |text: &str| code(&Calendar::parse(text, "").unwrap_err());
    let known = "# known: 2024-01-01..2024-12-24\n";
    assert_eq!(parse(""), "ZH8102");
    assert_eq!(parse("# known: 2024-12-24..2024-01-01\n"), "ZH8102");
    assert_eq!(parse("# known: 0001-01-01..9999-12-31\n"), "ZH8102");
    for line in [
        "2024-02-30,work,春节,Spring Festival,both",
        "2024-02-04,maybe,春节,Spring Festival,both",
        "2024-02-04,work,,Spring Festival,both",
        "2024-02-04,work,春节,Spring Festival",
        "1899-12-31,work,春节,Spring Festival,both",
        "20240204,work,春节,Spring Festival,both",
        "\u{0},,,,",
    ] {
        assert_eq!(parse(&format!("{known}{line}\n")), "ZH8101", "{line}");
    }
    let row = "2024-02-04,work,春节,Spring Festival,both\n";
    assert_eq!(parse(&format!("{known}{row}{row}")), "ZH8103");
    assert_eq!(code(&Calendar::parse(HOLIDAYS, "2024-02-04").unwrap_err()), "ZH8101");
}

fn pause(from: &str, to: Option<&str>) -> Pause {
    Pause { from: day(from), to: to.map(day), reason: "testing".to_owned() }
}

#[test]
fn facts() {
    let wrong = |rule: &str, facts: Facts| {
        let clock = clock(rule);
        code(&reckon(&clock, &facts, &CALENDAR).unwrap_err())
    };
    let on = |text: &str| Facts::on(day(text));
    let paused = "days = 5\npauses = [\"testing\"]";
    assert_eq!(wrong("days = 5", on("1899-12-31")), "ZH8122");
    assert_eq!(wrong("days = 5", on("2201-01-01")), "ZH8122");
    assert_eq!(wrong("days = 5", Facts::on(Date::MIN)), "ZH8122");
    assert_eq!(wrong("days = 5", Facts::on(Date::MAX)), "ZH8122");
    assert_eq!(wrong("hours = 5", Facts::at(jiff::Timestamp::MAX)), "ZH8122");
    assert_eq!(wrong("days = 5", on("2200-12-30")), "ZH8123");
    assert_eq!(wrong("days = 5\nkind = \"working\"", on("2200-12-30")), "ZH8123");
    assert_eq!(wrong("months = 1", on("2200-12-30")), "ZH8123");
    assert_eq!(wrong("by = \"06-30\"", on("2200-12-30")), "ZH8123");
    assert_eq!(wrong("hours = 200", Facts::at("2200-12-30T00:00:00Z".parse().unwrap())), "ZH8123");
    assert_eq!(wrong("before = { days = 60 }", on("1900-01-20")), "ZH8123");
    assert_eq!(wrong("hours = 2", on("2024-02-29")), "ZH8124");
    assert_eq!(wrong("days = 5\nsince = 2024-03-01", on("2024-02-29")), "ZH8128");
    assert_eq!(wrong("days = 5\nuntil = 2024-02-29", on("2024-02-29")), "ZH8128");
    assert_eq!(wrong("opens = { days = 90 }\ncloses = { days = 60 }", on("2024-02-29")), "ZH8110");
    let pauses = vec![pause("2024-03-02", Some("2024-03-01"))];
    assert_eq!(wrong(paused, Facts { pauses, ..on("2024-02-29") }), "ZH8120");
    let pauses = vec![pause("2024-03-02", Some("9999-12-31"))];
    assert_eq!(wrong(paused, Facts { pauses, ..on("2024-02-29") }), "ZH8122");
    let pauses = vec![pause("2024-03-02", Some("2200-12-31"))];
    assert_eq!(wrong(paused, Facts { pauses, ..on("2024-02-29") }), "ZH8123");
    let restarts = vec![Moment::Day(day("2024-02-28"))];
    assert_eq!(wrong("days = 5", Facts { restarts, ..on("2024-02-29") }), "ZH8125");
    let done = vec![day("2024-03-01"); 4000];
    assert_eq!(wrong("every = { months = 3 }", Facts { done, ..on("2024-02-29") }), "ZH8123");
}

#[test]
fn what_is_ignored_is_said() {
    let pauses = vec![pause("2024-03-02", None), pause("2024-04-02", None)];
    let clock_days = clock("days = 5");
    let facts = Facts { pauses, ..Facts::on(day("2024-02-29")) };
    let reckoned = reckon(&clock_days, &facts, &CALENDAR).unwrap();
    assert_eq!(reckoned.due(), Some(day("2024-03-05")));
    assert_eq!(reckoned.remarks.iter().map(code).collect::<Vec<_>>(), ["ZH8126"]);

    let reading = |on: &str, value| Reading { counter: "km".to_owned(), on: day(on), value };
    let miles = Reading { counter: "miles".to_owned(), ..reading("2024-03-02", 9000) };
    let readings = vec![reading("2024-03-01", 900), miles, reading("2024-03-05", 400)];
    let clock_first = clock("first = [{ days = 60 }, { counter = \"km\", limit = 3000 }]");
    let facts = Facts { readings, ..Facts::on(day("2024-02-29")) };
    let reckoned = reckon(&clock_first, &facts, &CALENDAR).unwrap();
    assert_eq!(reckoned.remarks.iter().map(code).collect::<Vec<_>>(), ["ZH8127", "ZH8129"]);
}

#[test]
fn a_hundred_thousand_pauses_and_a_century_are_quick() {
    let begin = Instant::now();
    let one = pause("2024-03-02", Some("2024-03-04"));
    let facts = Facts { pauses: vec![one; 100_000], ..Facts::on(day("2024-02-29")) };
    let clock_paused = clock("days = 5\npauses = [\"testing\"]");
    assert_eq!(reckon(&clock_paused, &facts, &CALENDAR).unwrap().due(), Some(day("2024-03-08")));
    let long = clock("days = 70000\nkind = \"working\"");
    let facts = Facts::on(day("1900-01-01"));
    for _ in 0..1000 {
        assert!(reckon(&long, &facts, &CALENDAR).unwrap().due().is_some());
    }
    assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
}
