//! Single verdicts, each with its calculation by hand.

use zhiheng_base::{Decimal, Lang};
use zhiheng_judge::subject::{Cause, Need, Rules, SubjectVerdict, explain, run_examples, verdict};

use super::{date, scheme, shipped, statements};

fn graded(id: &str, rows: &[&str], day: &str) -> SubjectVerdict {
    let catalog = shipped();
    let mut rules = Rules::new(scheme(catalog, id));
    let statements = statements(&mut rules, rows);
    verdict(&rules, "91110000802100433B", &statements, date(day))
}

fn points(verdict: &SubjectVerdict) -> String {
    verdict.points.map(|points| points.normalize().to_string()).unwrap_or_default()
}

#[test]
fn shipped_examples_give_what_they_say() {
    let catalog = shipped();
    let mut n = 0;
    for scheme in catalog.subject_schemes.values() {
        let said: Vec<String> = run_examples(scheme).iter().map(|one| one.message(Lang::En)).collect();
        assert!(said.is_empty(), "{said:#?}");
        n += scheme.examples.len();
    }
    assert!(n >= 9, "only {n} examples");
}

#[test]
fn an_example_that_does_not_hold_is_told() {
    let mut catalog = shipped().clone();
    let scheme = catalog.subject_schemes.get_mut("credit.jiangsu").unwrap();
    let example = &mut scheme.examples[0];
    example.grade = "AAA".into();
    example.points = Some(Decimal::ONE);
    example.next = example.since;
    let said: Vec<String> = run_examples(scheme).iter().map(|one| one.message(Lang::En)).collect();
    assert_eq!(said.len(), 3, "{said:#?}");
    assert!(said[0].contains("AAA"), "{said:#?}");
}

/// From A on 2011-11-18: the waits of the clocks C4.aa (two years) and C4.aaa (the next year) as the catalog's clocks state them.
#[test]
fn the_waits_are_those_of_the_clocks() {
    let clocks = include_str!("../../../../catalog/clocks/procedure.toml");
    let clock = |id: &str| {
        let at = clocks.find(&format!("\"{id}\"")).unwrap();
        let end = clocks[at..].find("[[clock]]").map_or(clocks.len(), |end| at + end);
        clocks[at..end].to_owned()
    };
    let value = |text: &str, key: &str, nth: usize| {
        let lines: Vec<&str> = text.lines().filter_map(|line| line.trim().strip_prefix(key)).collect();
        date(lines[nth].trim_start_matches([' ', '=']).trim())
    };
    let catalog = shipped();
    let zhiheng_catalog::model::Grades::Ladder(rungs) = &scheme(catalog, "credit.jiangsu").grades else {
        panic!("a ladder");
    };
    let mut n = 0;
    for rung in rungs {
        let (Some(id), Some(wait)) = (&rung.clock, rung.after) else { continue };
        let text = clock(id);
        // The example of each clock: its start, and the first day that is open. The first `start` and `opens` are rules.
        assert_eq!(wait.over(value(&text, "start ", 1)), value(&text, "opens ", 1), "{id}");
        n += 1;
    }
    assert_eq!(n, 2);
}

#[test]
fn windows_include_the_corresponding_day_and_end_after_it() {
    // A failed sampling costs 20 of 40 points for two years: from 2012-02-29 to 2014-02-28, there being no 29 February in 2014.
    // With 60 for the rest (20 inspection, 15 complaints; no certificate, no commitment): 40 + 20 + 15 = 75, or 55 with the failure.
    let rows = ["kind=basic on_day=2010-01-01", "kind=sampling-fail on_day=2012-02-29"];
    for (day, wanted) in [
        ("2010-01-01", "75"),
        ("2012-02-28", "75"),
        ("2012-02-29", "55"),
        ("2014-02-28", "55"),
        ("2014-03-01", "75"),
    ] {
        assert_eq!(points(&graded("credit.jiangsu", &rows, day)), wanted, "{day}");
    }
    let told = graded("credit.jiangsu", &rows, "2013-06-30");
    assert_eq!(told.items[0].rows, [2]);
    assert_eq!(told.items[0].leaves, Some(date("2014-03-01")));
    assert_eq!(told.later[0].day, date("2014-03-01"));
    assert_eq!(told.later[0].points, Some(Decimal::from(75)));
}

#[test]
fn validity_includes_both_ends() {
    // A certificate gives 15 while valid: from 2012-01-10 to 2012-12-31, though it was issued on 2012-01-05.
    let rows = ["kind=certificate on_day=2012-01-05 from_day=2012-01-10 until_day=2012-12-31"];
    for (day, wanted) in
        [("2012-01-09", "75"), ("2012-01-10", "90"), ("2012-12-31", "90"), ("2013-01-01", "75")]
    {
        assert_eq!(points(&graded("credit.jiangsu", &rows, day)), wanted, "{day}");
    }
    assert_eq!(graded("credit.jiangsu", &rows, "2012-01-04").grade, None);
}

#[test]
fn the_ladder_from_b_to_aaa_and_down() {
    // 75 points and 10 for the commitment are 85: enough for every rung, so the waits alone decide.
    let rows = [
        "kind=commitment on_day=2011-01-01",
        "kind=application grade=A on_day=2011-11-18",
        "kind=application grade=AA on_day=2012-11-18",
        "kind=application grade=AA on_day=2013-12-20",
        "kind=application grade=AAA on_day=2013-12-31",
        "kind=application grade=AAA on_day=2014-01-01",
        "kind=penalty severity=serious on_day=2015-05-04",
    ];
    let told = graded("credit.jiangsu", &rows, "2018-05-04");
    let steps: Vec<(String, String)> =
        told.history.iter().map(|step| (step.day.to_string(), step.grade.clone().unwrap())).collect();
    let wanted = [
        ("2011-01-01", "B"),
        ("2011-11-18", "A"),
        // 2012-11-18 is a year too early; 2013-12-20 is after 2013-11-18.
        ("2013-12-20", "AA"),
        // AAA in the year after AA.
        ("2014-01-01", "AAA"),
        ("2015-05-04", "B"),
    ];
    assert_eq!(steps, wanted.map(|(day, grade)| (day.to_owned(), grade.to_owned())));
    assert_eq!(told.cause(), Some(Cause::Veto(7)));
    // The veto of 2015-05-04 is in force up to 2018-05-04.
    let next = told.next.clone().unwrap();
    assert_eq!((next.grade.as_str(), next.opens), ("A", Some(date("2018-05-05"))));
    assert!(matches!(next.needs.as_slice(), [Need::Veto(hit), Need::Asking] if hit.entry == 7), "{next:?}");
    assert_eq!(graded("credit.jiangsu", &rows, "2018-05-05").next.unwrap().needs, [Need::Asking]);
}

#[test]
fn points_below_a_rung_take_it_at_once() {
    // A wants 60. 75 with nothing else; one failure leaves 55: B on that very day, and after the window one must ask again.
    let rows = [
        "kind=application grade=A on_day=2012-01-01",
        "kind=sampling-fail on_day=2012-06-01",
        "kind=application grade=A on_day=2014-06-01",
        "kind=application grade=A on_day=2014-06-02",
    ];
    for (day, grade, since) in [
        ("2012-05-31", "A", "2012-01-01"),
        ("2012-06-01", "B", "2012-06-01"),
        // The window has its last day on 2014-06-01: the application of that day fails.
        ("2014-06-01", "B", "2012-06-01"),
        ("2014-06-02", "A", "2014-06-02"),
    ] {
        let told = graded("credit.jiangsu", &rows, day);
        assert_eq!((told.grade.as_deref(), told.since), (Some(grade), Some(date(since))), "{day}");
    }
    let next = graded("credit.jiangsu", &rows[..2], "2012-06-01").next.unwrap();
    assert_eq!(next.opens, Some(date("2014-06-02")));
    assert_eq!(next.needs, [Need::Points(Decimal::from(55), Decimal::from(60)), Need::Asking]);
}

#[test]
fn a_fall_begins_the_wait_anew() {
    let rows = [
        "kind=commitment on_day=2010-01-01",
        "kind=application grade=A on_day=2010-01-01",
        // 85 - 20 = 65: still A. A second one: 45, B.
        "kind=sampling-fail on_day=2011-12-01",
        "kind=sampling-fail on_day=2011-12-15",
        "kind=application grade=A on_day=2013-12-16",
        "kind=application grade=AA on_day=2013-12-17",
        "kind=application grade=AA on_day=2015-12-16",
    ];
    assert_eq!(graded("credit.jiangsu", &rows, "2011-12-14").grade.as_deref(), Some("A"));
    assert_eq!(graded("credit.jiangsu", &rows, "2011-12-15").grade.as_deref(), Some("B"));
    assert_eq!(graded("credit.jiangsu", &rows, "2013-12-17").grade.as_deref(), Some("A"));
    assert_eq!(graded("credit.jiangsu", &rows, "2015-12-15").grade.as_deref(), Some("A"));
    assert_eq!(graded("credit.jiangsu", &rows, "2015-12-16").grade.as_deref(), Some("AA"));
}

#[test]
fn objections() {
    // Each penalty costs 5 of 20. Upheld: as if it were not there. Raised and rejected: counted.
    for (objection, wanted, doubtful, left_out) in
        [("none", "70", 0, 0), ("raised", "70", 1, 0), ("rejected", "70", 0, 0), ("upheld", "75", 0, 1)]
    {
        let row = format!("kind=penalty severity=general objection={objection} on_day=2012-03-01");
        let told = graded("credit.jiangsu", &[&row], "2012-06-30");
        assert_eq!(points(&told), wanted, "{objection}");
        assert_eq!((told.doubtful.len(), told.left_out.len()), (doubtful, left_out), "{objection}");
        let sentences = explain(scheme(shipped(), "credit.jiangsu"), &told, Lang::En).lines(Lang::En);
        assert_eq!(
            sentences.iter().any(|line| line.contains("under objection")),
            doubtful == 1,
            "{sentences:#?}"
        );
    }
    // A veto under an upheld objection is none.
    let told = graded("credit.jiangsu", &["kind=listing objection=upheld on_day=2012-03-01"], "2012-06-30");
    assert!(told.vetoes.is_empty());
}

#[test]
fn risk_sums_counts_levels_and_deductions() {
    // Penalties 100 each up to 250; fines of 60,000 in all: 20; complaints 10 each; rectified 30 off.
    let rows = [
        "kind=penalty amount=30000 on_day=2022-01-01",
        "kind=penalty amount=20000 on_day=2022-06-01",
        "kind=penalty amount=10000 on_day=2023-01-01",
        "kind=complaint on_day=2023-05-01",
        "kind=rectified on_day=2023-05-02",
    ];
    let told = graded("credit.risk", &rows, "2023-06-30");
    assert_eq!((points(&told).as_str(), told.grade.as_deref()), ("250", Some("B")));
    let by_item: Vec<(&str, String)> = (told.items.iter())
        .map(|item| (item.id.as_str(), item.points.unwrap().normalize().to_string()))
        .filter(|(_, points)| points != "0")
        .collect();
    let wanted = [("penalty", "250"), ("fines", "20"), ("complaint", "10"), ("rectified", "-30")];
    assert_eq!(by_item, wanted.map(|(id, points)| (id, points.to_owned())));
    assert_eq!(told.items[2].value, Decimal::from(60_000));
    // One penalty leaves on 2025-01-02: two are 200, the fines 30,000 still 20, the rest has left by then.
    assert_eq!(graded("credit.risk", &rows, "2025-01-02").points, Some(Decimal::from(220)));
    // Never below 0.
    assert_eq!(
        graded("credit.risk", &["kind=rectified on_day=2023-05-02"], "2023-06-30").points,
        Some(Decimal::ZERO)
    );
}

#[test]
fn a_veto_of_bands_begins_and_ends() {
    let rows = ["kind=basic on_day=2020-01-01", "kind=accident severity=serious on_day=2020-02-29"];
    let told = graded("credit.risk", &rows, "2022-01-01");
    let steps: Vec<(String, &str, Cause)> = (told.history.iter())
        .map(|step| (step.day.to_string(), step.grade.as_deref().unwrap(), step.cause))
        .collect();
    // One year from 29 February ends on 28 February.
    let wanted = [
        ("2020-01-01".to_owned(), "A", Cause::Began),
        ("2020-02-29".to_owned(), "D", Cause::Veto(2)),
        ("2021-03-01".to_owned(), "A", Cause::VetoOver),
    ];
    assert_eq!(steps, wanted);
}

#[test]
fn statements_of_the_future_do_not_exist_yet() {
    let rows = ["kind=basic on_day=2020-01-01", "kind=sampling-fail on_day=2020-06-01"];
    let told = graded("credit.jiangsu", &rows, "2020-05-31");
    assert_eq!(points(&told), "75");
    assert!(told.later.is_empty(), "{:?}", told.later);
    let none = graded("credit.jiangsu", &[], "2020-05-31");
    assert_eq!((none.grade, none.points, none.next), (None, None, None));
}

#[test]
fn huge_amounts_and_days_do_no_harm() {
    let huge = Decimal::MAX.to_string();
    let row = format!("kind=penalty amount={huge} on_day=9999-12-31");
    let told = graded("credit.risk", &[&row, &row], "9999-12-31");
    assert_eq!(told.grade.as_deref(), Some("B"), "{told:?}");
    let old = graded("credit.jiangsu", &["kind=sampling-fail on_day=0001-01-01"], "9999-12-31");
    assert_eq!(points(&old), "75");
}

#[test]
fn the_explanation_names_rows_rules_and_what_comes() {
    let rows = ["kind=commitment on_day=2011-01-01", "kind=sampling-fail on_day=2012-06-01"];
    let told = graded("credit.jiangsu", &rows, "2012-06-30");
    let catalog = shipped();
    for lang in [Lang::Zh, Lang::En] {
        let lines = explain(scheme(catalog, "credit.jiangsu"), &told, lang).lines(lang);
        let all = lines.join("\n");
        // No message is missing: a missing one would show its id.
        assert!(!all.contains("credit-") && !all.contains("judge-"), "{all}");
        assert!(all.contains("2014-06-02") && all.contains("65.0"), "{all}");
    }
}
