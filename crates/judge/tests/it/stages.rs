//! Four stages side by side, entries that are refused, and what stays open.

use zhiheng_base::{Decimal, Lang, RegionCode};
use zhiheng_judge::{Entry, Given, Sheets, Stage, State, explain, judge_given, stages};

use crate::help::{catalog, decimal, figures, item, region};

/// 60 points by a figure, 30 by people at three levels, 10 by people freely, a bonus of 5 by people.
fn items() -> String {
    let judged = |id: &str, points: &str, score: &str| {
        item(id, points, "none", score).replace("measure = \"t.none\"\n", "")
    };
    let levels = "{ judged = { levels = [\
        { points = 30, says = { zh = \"列入发展规划\", en = \"in the development plan\" } }, \
        { points = 15, says = { zh = \"列入部门计划\", en = \"in a department's plan\" } }, \
        { points = 0, says = { zh = \"没有\", en = \"in none\" } }] } }";
    item("rate", "60", "a", "{ between = { best = 100, worst = 0 } }")
        + &judged("plan", "30", levels)
        + &judged("free", "10", "{ judged = { } }")
        + &item("more", "5", "b", "{ bonus = { each = 1 } }")
}

fn entry(item: &str, stage: Stage, points: &str, reason: &str) -> Entry {
    Entry {
        region: region(0),
        item: item.to_owned(),
        stage,
        points: decimal(points),
        reason: reason.to_owned(),
        evidence: Vec::new(),
        scored_by: "review-office".to_owned(),
    }
}

#[test]
fn four_stages_stand_side_by_side() {
    let catalog = catalog(&items());
    let scheme = &catalog.schemes["t.s"];
    let entries = [
        // Out of order on purpose: stages have an order of their own.
        entry("plan", Stage::Final, "15", "only the department's plan names it"),
        entry("rate", Stage::Own, "60", ""),
        entry("plan", Stage::Own, "30", ""),
        entry("free", Stage::Own, "9", ""),
        entry("rate", Stage::Review, "50", "counted anew"),
        entry("free", Stage::OnSite, "7.5", "one room was locked"),
        entry("free", Stage::Final, "7.5", ""),
    ];
    let (sheets, problems) = Sheets::new(scheme, &entries);
    assert_eq!(problems, []);
    let mut given = Given::default();
    sheets.give(&mut given);
    let figures = figures(&[("a", &["80", "80"])]);
    let verdicts = judge_given(scheme, &[region(0), region(1)], &figures, &given);
    // By hand: 60 · 80 % = 48, and 15, and 7.5; the other place has nobody's points and stays open.
    assert_eq!((verdicts[0].points, verdicts[0].grade.as_deref()), (Some(decimal("70.5")), Some("C")));
    assert_eq!((verdicts[1].points, verdicts[1].items[1].state), (None, State::NotGiven(scheme.missing)));
    let found = stages(scheme, &verdicts[0], &sheets);
    let numbers =
        |at: usize| found.items[at].points.map(|points| points.map(|points| points.normalize().to_string()));
    let told = |row: [&str; 4]| row.map(|text| (!text.is_empty()).then(|| text.to_owned()));
    assert_eq!(numbers(0), told(["60", "50", "", "48"]));
    assert_eq!(numbers(1), told(["30", "", "", "15"]));
    assert_eq!(numbers(2), told(["9", "", "7.5", "7.5"]));
    assert!(found.items[0].by_figure && !found.items[1].by_figure);
    // 60 + 30 + 9; 50 + 30 + 9; 50 + 30 + 7.5; the verdict's.
    assert_eq!(found.sums, ["99", "89", "87.5", "70.5"].map(|sum| Some(decimal(sum))));
    let changes: Vec<Option<Decimal>> = found.items[2].said.iter().map(|said| said.change).collect();
    assert_eq!(changes, [None, Some(decimal("-1.5")), Some(0.into())]);
    assert_eq!(found.items[1].said[1].entry.reason, "only the department's plan names it");
    let said =
        |at: usize| explain(scheme, &verdicts[at], &catalog.regions, Lang::En).lines(Lang::En).join("\n");
    assert!(
        said(0).contains("15 of 30 points, given by people") && said(0).contains("in a department's plan"),
        "{}",
        said(0)
    );
    assert!(said(1).contains("nobody has given points yet"), "{}", said(1));
    // As long as an item of the full sum has no points in a stage or before it, there is no sum.
    let (only, _) = Sheets::new(scheme, &entries[1..3]);
    assert_eq!(stages(scheme, &verdicts[1], &only).sums, [None; 4]);
    assert_eq!(only.places(), [region(0)]);
}

/// What breaks a rule is told and does not count.
#[test]
fn entries_that_break_a_rule_are_refused() {
    let catalog = catalog(&items());
    let scheme = &catalog.schemes["t.s"];
    let own = entry("plan", Stage::Own, "30", "");
    let elsewhere = Entry { region: RegionCode::parse("621100").unwrap(), ..own.clone() };
    let cases: Vec<(Vec<Entry>, &str, usize)> = vec![
        (vec![entry("nothing", Stage::Own, "1", "")], "ZH9110", 0),
        (vec![entry("free", Stage::Own, "10.1", "")], "ZH9111", 0),
        (vec![entry("free", Stage::Own, "-1", "")], "ZH9111", 0),
        (vec![entry("more", Stage::Own, "6", "")], "ZH9111", 0),
        (vec![entry("free", Stage::Own, "9999999999999999999999999999", "")], "ZH9111", 0),
        (vec![entry("plan", Stage::Own, "20", "")], "ZH9112", 0),
        (vec![own.clone(), entry("plan", Stage::Final, "15", " ")], "ZH9113", 1),
        (vec![own.clone(), own.clone(), own.clone()], "ZH9114", 0),
        (vec![entry("rate", Stage::Final, "60", "as it was")], "ZH9115", 0),
        (vec![elsewhere], "ZH9116", 0),
    ];
    for (entries, code, left) in cases {
        let (sheets, problems) = Sheets::new(scheme, &entries);
        let codes: Vec<&str> = problems.iter().map(|problem| &*problem.code).collect();
        assert_eq!((codes, sheets.entries().count()), (vec![code], left), "{entries:?}");
        for lang in [Lang::Zh, Lang::En] {
            let text = problems[0].message(lang);
            assert!(!text.contains('{') && !text.contains("ZH91"), "{text}");
        }
    }
    // A refused final score leaves the item open: 15 points without a reason are nobody's points.
    let (sheets, _) = Sheets::new(scheme, &[own, entry("plan", Stage::Final, "15", "")]);
    let mut given = Given::default();
    sheets.give(&mut given);
    assert_eq!(given.points("plan", region(0)), None);
    for stage in Stage::ALL {
        assert_eq!(Stage::parse(stage.word()), Some(stage));
        assert_eq!(serde_json::to_value(stage).unwrap(), stage.word());
    }
}
