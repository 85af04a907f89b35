//! Evidence that proves, that does not, and that serves twice.

use zhiheng_base::{Date, Lang, Period, RegionCode};
use zhiheng_catalog::model::Unproven;
use zhiheng_judge::{Entry, Evidence, Given, Sheets, Stage, State, explain, judge_given, prove, unfiled};

use crate::help::{catalog, figures, item, region};

fn items(unproven: &str) -> String {
    let rules = format!("evidence = [\"plan\", \"minutes\"]\n{unproven}score =");
    item("one", "60", "a", "{ checklist = { each = 1 } }").replace("score =", &rules)
        + &item("two", "40", "b", "{ checklist = { each = 1 } }")
}

fn held(hash: char, kind: &str, item: &str, place: usize, year: i16) -> Evidence {
    Evidence {
        sha256: hash.to_string().repeat(64),
        kind: kind.to_owned(),
        item: item.to_owned(),
        region: region(place),
        period: Period::year(year).unwrap(),
        valid: (None, None),
    }
}

fn found(held: &[Evidence]) -> (Vec<String>, Given) {
    let catalog = catalog(&items(""));
    let mut given = Given::default();
    let year = Period::year(2013).unwrap();
    let problems = prove(&catalog.schemes["t.s"], year, held, &mut given);
    for problem in &problems {
        let text = problem.message(Lang::Zh) + &problem.message(Lang::En);
        assert!(!text.contains('{') && !text.contains("ZH91"), "{text}");
    }
    (problems.iter().map(|problem| problem.code.to_string()).collect(), given)
}

#[test]
fn an_item_is_proven_by_every_kind_over_the_whole_period() {
    let date = |year, month, day| Some(Date::new(year, month, day).unwrap());
    let plan = held('a', "plan", "one", 0, 2013);
    let minutes = held('b', "minutes", "one", 0, 2013);
    let valid = |from, until| Evidence { valid: (from, until), ..minutes.clone() };
    let cases = [
        (minutes.clone(), vec![], true),
        (valid(date(2013, 1, 1), date(2013, 12, 31)), vec![], true),
        (valid(date(2013, 1, 2), None), vec!["ZH9122"], false),
        (valid(None, date(2013, 12, 30)), vec!["ZH9122"], false),
        (valid(date(2014, 1, 1), date(2012, 1, 1)), vec!["ZH9122"], false),
        (held('b', "plan", "one", 0, 2013), vec![], false),
        (held('b', "minutes", "one", 0, 2012), vec![], false),
        (held('b', "minutes", "none", 0, 2013), vec!["ZH9121"], false),
        (Evidence { sha256: "B".repeat(64), ..minutes.clone() }, vec![], true),
        (Evidence { sha256: "b".repeat(63), ..minutes.clone() }, vec!["ZH9120"], false),
        (Evidence { sha256: "质".repeat(64), ..minutes.clone() }, vec!["ZH9120"], false),
        (Evidence { sha256: "g".repeat(64), ..minutes.clone() }, vec!["ZH9120"], false),
    ];
    for (second, codes, proven) in cases {
        let (said, given) = found(&[plan.clone(), second.clone()]);
        assert_eq!(
            (said, given.is_proven("one", region(0))),
            (codes.iter().map(|code| (*code).to_owned()).collect(), proven),
            "{second:?}"
        );
    }
}

#[test]
fn a_file_that_serves_twice_is_told_and_counts() {
    let one = held('a', "plan", "one", 0, 2013);
    for (other, code) in [
        (held('A', "plan", "two", 0, 2013), "ZH9123"),
        (held('a', "plan", "one", 1, 2013), "ZH9124"),
        (held('a', "plan", "one", 0, 2012), "ZH9125"),
    ] {
        let (codes, given) = found(&[one.clone(), other, held('b', "minutes", "one", 0, 2013)]);
        assert_eq!(codes, [code]);
        assert!(given.is_proven("one", region(0)));
    }
    // Twice for the same item and period, or only in years gone by: nothing to tell.
    assert_eq!(found(&[one.clone(), one.clone()]).0, [""; 0]);
    assert_eq!(found(&[held('a', "plan", "one", 0, 2011), held('a', "plan", "two", 0, 2012)]).0, [""; 0]);
}

/// Without evidence the figure gives nothing, and nothing is shared out: 40 of the other item, or no grade at all.
#[test]
fn an_item_without_evidence_goes_by_its_rule() {
    for (rule, state, points, says) in [
        ("unproven = \"zero\"\n", Unproven::Zero, Some(40), "evidence is missing (plan, minutes), 0 of 60"),
        ("", Unproven::Open, None, "evidence is missing (plan, minutes), left open"),
        ("missing = \"redistribute\"\n", Unproven::Open, None, "left open"),
    ] {
        let catalog = catalog(&items(rule));
        let scheme = &catalog.schemes["t.s"];
        let figures = figures(&[("a", &["60"]), ("b", &["40"])]);
        let mut given = Given::default();
        let of = |given: &Given| judge_given(scheme, &[region(0)], &figures, given).remove(0);
        let found = of(&given);
        assert_eq!((found.points, found.items[0].state), (points.map(Into::into), State::NoEvidence(state)));
        let said = explain(scheme, &found, &catalog.regions, Lang::En).lines(Lang::En).join("\n");
        assert!(said.contains(says), "{said}");
        given.prove("one", region(0));
        assert_eq!(of(&given).points, Some(100.into()));
    }
}

#[test]
fn points_that_rest_on_a_file_that_nobody_handed_in_are_told() {
    let catalog = catalog(&items(""));
    let entry = |place: RegionCode| Entry {
        region: place,
        item: "one".to_owned(),
        stage: Stage::Own,
        points: 60.into(),
        reason: String::new(),
        evidence: vec!["a".repeat(64)],
        scored_by: "office".to_owned(),
    };
    let (sheets, _) = Sheets::new(&catalog.schemes["t.s"], &[entry(region(0)), entry(region(1))]);
    let told = unfiled(&sheets, &[held('A', "plan", "one", 0, 2013)]);
    assert_eq!((told.len(), &*told[0].code), (1, "ZH9117"));
    assert_eq!(told[0].args["region"], region(1).to_string());
}
