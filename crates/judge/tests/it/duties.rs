//! Who owes what: the end of the ranking with ties at its border, grades, and what is still open.

use zhiheng_base::Lang;
use zhiheng_catalog::model::DutyOf;
use zhiheng_judge::duties;

use crate::help::{catalog, figures, item, load, region, verdicts};

const DUTIES: &str = "[[scheme.s.duty]]\nbottom = 3\n\
    says = { zh = \"一个月内书面报告\", en = \"report in writing\" }\n\
    [[scheme.s.duty]]\ngrade = \"D\"\nsays = { zh = \"约谈\", en = \"be summoned to talks\" }\n";

#[test]
fn the_end_of_the_ranking_and_bad_grades_oblige() {
    let catalog = catalog(&(item("one", "100", "a", "{ checklist = { each = 1 } }") + DUTIES));
    let mut scheme = catalog.schemes["t.s"].clone();
    scheme.duties[0].clock = Some("A1".to_owned());
    scheme.duties[0].opens = Some("rectification".to_owned());
    let scheme = &scheme;
    // Points, then places from below: 50 → 1, 60 → 2, 70 and 70 → 3; 95 with a veto is not at the end and has a D; one is open.
    let rows = figures(&[("a", &["70", "95", "50", "70", "60", "99", ""]), ("incidents", &["", "1"])]);
    let found = duties(scheme, &verdicts(&catalog, &rows, 7));
    let told: Vec<(usize, usize, Option<u32>, bool)> = (found.owed.iter())
        .map(|one| {
            let place = (0..7).find(|&at| region(at) == one.region).unwrap();
            (one.duty, place, one.from_below, one.tied)
        })
        .collect();
    let expected = [
        (0, 2, Some(1), false),
        (0, 4, Some(2), false),
        (0, 0, Some(3), true),
        (0, 3, Some(3), true),
        (1, 2, None, false),
        (1, 1, None, false),
    ];
    assert_eq!(told, expected);
    assert_eq!(found.open, [region(6)]);
    assert!(found.owed[0].provisional && !found.owed[4].provisional);
    assert_eq!(
        (found.owed[0].clock.as_deref(), found.owed[0].opens.as_deref()),
        (Some("A1"), Some("rectification"))
    );
    assert_eq!(found.owed[5].of, DutyOf::Grade("D".to_owned()));
    let said = found.owed[2].explain(scheme, &catalog.regions, Lang::En).lines(Lang::En).join("\n");
    for part in [
        "number 3 from the end with 70.0 points (the last 3 owe it): report in writing",
        "clock A1",
        "equal points at the border",
        "provisional",
    ] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
    // Three places with different points and nobody open: nothing is tied or provisional, and the best owes nothing.
    let rows = figures(&[("a", &["70", "80", "90", "95"])]);
    let found = duties(scheme, &verdicts(&catalog, &rows, 4));
    assert_eq!(found.owed.len(), 3);
    assert!(found.open.is_empty() && found.owed.iter().all(|one| !one.tied && !one.provisional));
    assert!(duties(scheme, &[]).owed.is_empty());
}

#[test]
fn duties_that_say_nothing_are_refused() {
    let with = |duty: &str| {
        load(&format!(
            "{}[[scheme.s.duty]]\nsays = {{ zh = \"报告\", en = \"report\" }}\n{duty}\n",
            item("one", "100", "a", "{ checklist = { each = 1 } }")
        ))
    };
    for (duty, code) in [
        ("", "ZH2905"),
        ("bottom = 3\ngrade = \"D\"", "ZH2905"),
        ("grade = \"E\"", "ZH2908"),
        ("grade = \"D\"\nclock = \"nothing\"", "ZH2912"),
        ("bottom = 3\nopens = \"nothing\"", "ZH2912"),
    ] {
        let loaded = with(duty);
        let codes: Vec<&str> = loaded.problems.iter().map(|problem| &*problem.code).collect();
        assert!(codes.contains(&code) && !loaded.catalog.schemes.contains_key("t.s"), "{duty}: {codes:?}");
    }
    assert!(!with("bottom = 0").catalog.schemes.contains_key("t.s"));
    // People score without a figure, everything else scores a figure, and weights have a range.
    let one = item("one", "100", "a", "{ checklist = { each = 1 } }");
    for (bad, code) in [
        (one.replace("measure = \"t.a\"\n", ""), "ZH2910"),
        (one.replace("{ checklist = { each = 1 } }", "{ judged = { } }"), "ZH2910"),
        (one.replace("score =", "weights = { within = 1 }\nscore ="), "ZH2911"),
        (one.replace("score =", "weights = { within = -0.1 }\nscore ="), "ZH2911"),
    ] {
        let loaded = load(&bad);
        let codes: Vec<&str> = loaded.problems.iter().map(|problem| &*problem.code).collect();
        assert!(codes.contains(&code), "{bad}: {codes:?}");
    }
}
